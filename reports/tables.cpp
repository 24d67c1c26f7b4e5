// Tables for programs and for spreadsheets.  A CSV is made from the fields of the canonical line, so that it
// can never tell another story than the JSON Lines.
// Tested by tests/reports/tables_test.cpp
#include "reports/tables.h"

#include <algorithm>
#include <vector>

#include "reports/escape.h"
#include "reports/json_read.h"
#include "reports/report_file.h"

namespace evtriage::reports {
namespace {

using Columns = std::span<const std::string_view>;
constexpr std::string_view exhibits[] = {"label", "name", "kind", "size", "digests", "stored_digests", "media", "items"};
constexpr std::string_view items[] = {"id", "parent", "exhibit", "address", "path", "name", "kind", "size", "media_type", "type_mismatch",
                                      "md5", "sha1", "sha256", "sha512", "created", "modified", "accessed", "changed", "deleted", "encrypted",
                                      "outcome", "known", "duplicate_of", "text_bytes", "score"};
constexpr std::string_view issues[] = {"item", "stage", "code", "detail", "begin", "end", "reproducible"};
constexpr std::string_view properties[] = {"item", "name", "value"};
constexpr std::string_view texts[] = {"item", "segment", "origin", "place", "language", "text", "id", "text_begin", "text_bytes", "text_sha256"};
constexpr std::string_view contacts[] = {"id", "type", "value", "country", "countries", "confidence", "mentions", "items", "first_item", "label"};
constexpr std::string_view mentions[] = {"contact", "item", "segment", "begin", "end", "place", "raw", "context", "confidence"};
constexpr std::string_view messages[] = {"item", "application", "conversation", "sender", "recipients", "sent", "direction", "body", "deleted", "attachments"};
constexpr std::string_view hits[] = {"item", "segment", "begin", "end", "place", "rule", "pack", "offence", "category", "elements", "weight", "language",
                                     "matched", "context", "rule_version"};
constexpr std::string_view findings[] = {"subject", "item", "begin", "end", "offence", "band", "score", "elements", "categories", "rules", "why",
                                         "segment", "place", "against", "excerpt", "score_milli"};
constexpr std::string_view links[] = {"a", "b", "kind", "items", "weight", "first_seen", "last_seen"};
constexpr std::string_view packs[] = {"id", "version", "licence", "maintainer", "sha256", "signer", "languages", "rules"};
constexpr std::string_view rules[] = {"id", "pack", "version", "offence", "category", "element", "article", "weight", "title"};
constexpr std::string_view profile[] = {"n", "line"};
constexpr std::string_view events[] = {"seq", "time", "action", "fields", "prev", "digest"};

struct Table {
  std::string_view name;
  Columns columns;
};
constexpr Table tables[] = {{"exhibits", exhibits}, {"items", items}, {"issues", issues}, {"properties", properties}, {"texts", texts},
                            {"contacts", contacts}, {"mentions", mentions}, {"messages", messages}, {"hits", hits}, {"findings", findings},
                            {"links", links}, {"packs", packs}, {"rules", rules}, {"profile", profile}, {"events", events}};
constexpr std::string_view names[] = {"exhibits", "items", "issues", "properties", "texts", "contacts", "mentions", "messages",
                                      "hits", "findings", "links", "packs", "rules", "profile", "events"};
static_assert(std::size(tables) == std::size(names));

std::string joined(const std::vector<std::string>& texts_of) {
  std::string out;
  for (const auto& text : texts_of) {
    if (!out.empty()) out += "; ";
    out += text;
  }
  return out;
}

using Row = std::span<const CaseReader::Field>;

// What an event says beyond its fixed columns, so that no field of the log is lost in the spreadsheet.
std::string other_fields(Row row, Columns columns) {
  std::string out;
  for (const auto& one : row) {
    if (std::find(columns.begin(), columns.end(), one.name) != columns.end()) continue;
    if (!out.empty()) out += "; ";
    out.append(one.name).append("=").append(one.text);
  }
  return out;
}

void append_row(std::string& out, Row row, Columns columns) {
  bool first = true;
  for (const auto column : columns) {
    if (!first) out += ',';
    first = false;
    const auto found = std::find_if(row.begin(), row.end(), [&](const auto& one) { return one.name == column; });
    if (found == row.end()) {
      if (column == "fields") append_csv_cell(out, other_fields(row, columns));
      continue;
    }
    const bool is_list = found->is_json && found->text.starts_with('[') && found->text.find('{') == std::string_view::npos;
    append_csv_cell(out, is_list ? joined(read_json_texts(found->text)) : found->text);
  }
  out += "\r\n";
}

Error unknown_table(std::string_view table) {
  return {Code::unsupported, "unknown table '" + std::string(table) + "'; known: " + joined({std::begin(names), std::end(names)})};
}

// The custody log has lines only.
Result<void> each_event(const std::string& custody_file, const std::function<bool(Row)>& take) {
  Result<void> broken;
  std::vector<JsonField> event;
  std::vector<CaseReader::Field> row;
  const auto walked = each_file_line(custody_file, [&](std::string_view line) {
    broken = read_json_object(line, event);
    if (!broken) return false;
    row.clear();
    for (const JsonField& one : event) row.push_back({one.key, one.text, one.kind == 'a' || one.kind == 'o'});
    return take(row);
  });
  return walked ? broken : walked;
}

}  // namespace

Columns csv_columns(std::string_view table) {
  const auto found = std::find_if(std::begin(tables), std::end(tables), [&](const Table& one) { return one.name == table; });
  return found == std::end(tables) ? Columns() : found->columns;
}

std::span<const std::string_view> exported_tables() { return names; }

Result<void> write_csv(CaseReader& reader, const std::string& custody_file, std::string_view table, const Write& write) {
  const auto columns = csv_columns(table);
  if (columns.empty()) return unknown_table(table);
  std::string out = "\xEF\xBB\xBF";
  for (std::size_t i = 0; i < columns.size(); ++i) out.append(i == 0 ? "" : ",").append(columns[i]);
  out += "\r\n";
  if (!write(out)) return {};
  const auto take = [&](Row row) {
    out.clear();
    append_row(out, row, columns);
    return write(out);
  };
  return table == "events" ? each_event(custody_file, take) : reader.each_row(table, take);
}

Result<void> write_json_lines(CaseReader& reader, const std::string& custody_file, std::string_view table, const Write& write) {
  if (csv_columns(table).empty()) return unknown_table(table);
  std::string out;
  const auto take = [&](std::string_view line) {
    out.assign(line).append("\n");
    return write(out);
  };
  return table == "events" ? each_file_line(custody_file, take) : reader.each_line(table, take);
}

}  // namespace evtriage::reports
