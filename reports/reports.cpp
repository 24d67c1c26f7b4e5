// The door: which formats and languages there are, and how a sealed case becomes files.
// Tested by tests/reports/reports_test.cpp
#include "reports/reports.h"

#include <algorithm>
#include <functional>

#include "pipeline/custody/custody.h"
#include "reports/exchange.h"
#include "reports/html.h"
#include "reports/report_file.h"
#include "reports/tables.h"
#include "reports/xlsx.h"

namespace evtriage {
namespace {

using reports::ReportWriter;

constexpr std::string_view formats[] = {"html", "csv", "jsonl", "xlsx", "case-uco", "dfxml", "hashdeep", "graphml"};
constexpr std::string_view languages[] = {"en", "fr", "pt", "ar"};
// A format that is one file without words of its own.
struct SingleFile {
  std::string_view format, name;
  Result<void> (*write)(const reports::CaseInput&, const reports::Sink&);
};
constexpr SingleFile single_files[] = {{"dfxml", "files.dfxml", reports::write_dfxml},
                                        {"graphml", "graph.graphml", reports::write_graphml},
                                        {"case-uco", "case.jsonld", reports::write_case_uco}};

constexpr std::string_view spreadsheets[] = {"items", "contacts", "hits", "findings", "mentions", "issues", "messages"};

std::string listed(std::span<const std::string_view> names) {
  std::string out;
  for (const auto name : names) out.append(out.empty() ? "" : ", ").append(name);
  return out;
}

std::string custody_file(const std::string& case_dir) { return case_dir + "/custody.jsonl"; }

Result<ReportFile> finished(ReportWriter& writer, const std::string& name) {
  const auto path = writer.finish();
  if (!path) return path.error();
  const auto digest = sha256_of_file(*path);
  if (!digest) return digest.error();
  return ReportFile{name, *digest};
}

reports::CaseInput case_input(const ReportInput& input, CaseReader& reader, reports::Language language) {
  return {&reader, reports::read_custody(custody_file(input.case_dir)), read_seal(input.case_dir), language};
}

// `write` fills a file of this name.
Result<ReportFile> one_file(const std::string& out_dir, const std::string& name, const std::function<Result<void>(const reports::Sink&)>& write) {
  ReportWriter writer(out_dir, name);
  const auto written = write([&](std::string_view bytes) { writer.write(bytes); });
  if (!written) return written.error();
  return finished(writer, name);
}

Result<std::vector<ReportFile>> html_report(const ReportInput& input, CaseReader& reader, const std::string& out_dir) {
  const auto language = reports::parse_language(input.language);
  if (!language) return Error{Code::unsupported, "unknown language '" + input.language + "'; known: " + listed(languages)};
  const auto page = case_input(input, reader, *language);
  auto file = one_file(out_dir, "report." + input.language + ".html", [&](const reports::Sink& sink) { return reports::write_html(page, sink); });
  if (!file) return file.error();
  return std::vector{*std::move(file)};
}

Result<std::vector<ReportFile>> workbook(const ReportInput& input, CaseReader& reader, const std::string& out_dir) {
  const std::string name = "case.xlsx";
  ReportWriter writer(out_dir, name);  // makes the temporary file, private to its owner; the library writes into it
  if (!writer.failed()) {
    const auto written = reports::write_xlsx(case_input(input, reader, reports::Language::en), writer.part(), out_dir);
    if (!written) return written.error();
  }
  auto file = finished(writer, name);
  if (!file) return file.error();
  return std::vector{*std::move(file)};
}

// Labels are letters, digits, . _ -; a case that others made may hold anything, and this becomes a file name.
std::string safe_label(std::string label) {
  for (char& c : label) {
    const bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    if (!fine) c = '_';
  }
  return label.substr(0, 100);
}

Result<std::vector<ReportFile>> hashdeep_lists(const ReportInput& input, CaseReader& reader, const std::string& out_dir) {
  std::vector<std::string> labels;
  const auto read = reader.query("SELECT label FROM exhibits ORDER BY number", {}, [&](const CaseReader::Row& row) {
    labels.push_back(row[0].value_or(""));
    return true;
  });
  if (!read) return read.error();
  const auto facts = case_input(input, reader, reports::Language::en);
  std::vector<ReportFile> files;
  for (const auto& label : labels) {
    auto file = one_file(out_dir, "hashdeep." + safe_label(label) + ".txt",
                         [&](const reports::Sink& sink) { return reports::write_hashdeep(facts, label, sink); });
    if (!file) return file.error();
    files.push_back(*std::move(file));
  }
  return files;
}

Result<void> stream_table(CaseReader& reader, const std::string& case_dir, std::string_view table, std::string_view format,
                          const reports::Write& write) {
  if (format == "csv") return reports::write_csv(reader, custody_file(case_dir), table, write);
  if (format == "jsonl") return reports::write_json_lines(reader, custody_file(case_dir), table, write);
  return Error{Code::unsupported, "unknown format '" + std::string(format) + "'; known: jsonl, csv"};
}

Result<std::vector<ReportFile>> table_files(const ReportInput& input, CaseReader& reader, std::string_view format,
                                            std::span<const std::string_view> names, const std::string& out_dir) {
  std::vector<ReportFile> files;
  for (const auto table : names) {
    const std::string name = std::string(table) + "." + std::string(format);
    ReportWriter writer(out_dir, name);
    const auto written = stream_table(reader, input.case_dir, table, format, [&](std::string_view bytes) {
      writer.write(bytes);
      return !writer.failed();
    });
    if (!written) return written.error();
    auto file = finished(writer, name);
    if (!file) return file.error();
    files.push_back(*std::move(file));
  }
  return files;
}

}  // namespace

std::span<const std::string_view> report_formats() { return formats; }
std::span<const std::string_view> report_languages() { return languages; }

Result<std::vector<ReportFile>> write_report(const ReportInput& input, std::string_view format, const std::string& out_dir) {
  if (std::find(std::begin(formats), std::end(formats), format) == std::end(formats)) {
    return Error{Code::unsupported, "unknown report format '" + std::string(format) + "'; known: " + listed(formats)};
  }
  const auto reader = open_case(input.case_dir + "/results.sqlite");
  if (!reader) return reader.error();
  if (format == "html") return html_report(input, **reader, out_dir);
  if (format == "xlsx") return workbook(input, **reader, out_dir);
  if (format == "hashdeep") return hashdeep_lists(input, **reader, out_dir);
  for (const auto& single : single_files) {
    if (single.format != format) continue;
    const auto facts = case_input(input, **reader, reports::Language::en);
    auto file = one_file(out_dir, std::string(single.name), [&](const reports::Sink& sink) { return single.write(facts, sink); });
    if (!file) return file.error();
    return std::vector{*std::move(file)};
  }
  if (format == "csv") return table_files(input, **reader, format, spreadsheets, out_dir);
  return table_files(input, **reader, format, table_names(), out_dir);
}

Result<void> export_table(const std::string& case_dir, std::string_view table, std::string_view format,
                          const std::function<bool(std::string_view)>& write) {
  const auto reader = open_case(case_dir + "/results.sqlite");
  if (!reader) return reader.error();
  return stream_table(**reader, case_dir, table, format, write);
}

}  // namespace evtriage
