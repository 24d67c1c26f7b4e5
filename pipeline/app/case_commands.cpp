// Commands over a sealed case: report, export, verify.
// Tested by tests/whole/cli_test.py and tests/whole/forgery_test.py.
#include <cstdio>
#include <filesystem>

#include "pipeline/app/case_dir.h"
#include "pipeline/app/commands.h"
#include "pipeline/app/report_set.h"
#include "pipeline/app/scratch_dir.h"
#include "pipeline/app/verify_evidence.h"
#include "pipeline/custody/custody.h"
#include "pipeline/partner/partner.h"
#include "pipeline/store/store.h"
#include "reports/reports.h"

namespace evtriage {
namespace {

Result<std::string> case_argument(const Typed& typed) {
  if (!typed.arguments.empty()) return typed.arguments[0];
  return Error{Code::unsupported, typed.command + " needs the case folder, for instance: evtriage " + typed.command + " /cases/2026-014"};
}

Result<CaseDir> case_to_read(const Typed& typed) {
  const Result<std::string> path = case_argument(typed);
  if (!path) return path.error();
  return find_case(*path);
}

// A case is a folder that holds a seal or a results file; what else exists can only be a package.
bool is_package(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) return std::filesystem::exists(path, error);
  return !find_case(path) && std::filesystem::exists(path + "/bagit.txt", error);
}

int verify_received(const Typed& typed) {
  if (!typed.evidence.empty()) return complain(kUsage, "--evidence goes with a case folder; a package does not hold what it needs");
  const Result<PackageVerdict> verdict = verify_package(typed.arguments[0], typed.certificates, typed.opened);
  if (!verdict) return complain(verdict.error().code == Code::unsupported ? kUsage : kNotIntact, verdict.error().detail);
  const bool intact = verdict->differences.empty();
  if (!typed.quiet && intact) {  // of a package that is not intact nothing is proved
    for (const std::string& sentence : verdict->proved) say("proved: " + sentence);
    for (const std::string& sentence : verdict->not_proved) say("not proved: " + sentence);
  }
  for (const std::string& difference : verdict->differences) say("DIFFERS: " + difference);
  say(intact ? "intact" : "NOT INTACT");
  return intact ? kComplete : kNotIntact;
}

Result<std::vector<std::string>> check_evidence(const CaseDir& dir, const Typed& typed) {
  std::vector<std::string> differences;
  const Result<std::vector<ExhibitSpec>> exhibits = parse_exhibits(typed.evidence);
  if (!exhibits) return exhibits.error();
  Result<std::unique_ptr<CaseReader>> reader = open_case(dir.results());
  if (!reader) return reader.error();
  const ScratchDir scratch;
  if (scratch.path().empty()) return Error{Code::io_read, "cannot create a folder for temporary files; set TMPDIR"};
  for (const ExhibitSpec& exhibit : *exhibits) {
    const Result<EvidenceVerdict> verdict = verify_evidence(**reader, exhibit, scratch.path());
    if (!verdict) return verdict.error();
    for (const std::string& difference : verdict->differences) differences.push_back("evidence " + exhibit.label + ": " + difference);
    if (verdict->unnamed != 0) {
      differences.push_back("evidence " + exhibit.label + ": and " + std::to_string(verdict->unnamed) + " more differences");
    }
    say("checked: evidence " + exhibit.label + ": " + std::to_string(verdict->files) + " files read again, " +
        std::to_string(verdict->bytes) + " bytes");
  }
  return differences;
}

}  // namespace

Result<CaseDir> sealed_case(const Typed& typed) {
  const Result<std::string> path = case_argument(typed);
  if (!path) return path.error();
  Result<CaseDir> dir = inspect_case(*path, {});
  if (!dir || dir->state == CaseState::finished) return dir;
  const std::string what = dir->state == CaseState::fresh ? "there is no case at '" : "the run is not finished (run the same command again): '";
  return Error{Code::unsupported, what + typed.arguments[0] + "'"};
}

int command_report(const Typed& typed) {
  const Result<CaseDir> dir = sealed_case(typed);
  if (!dir) return complain(kUsage, dir.error().detail);
  const Result<std::unique_ptr<Clock>> clock = make_clock(typed);
  if (!clock) return complain(kUsage, clock.error().detail);
  const Result<std::unique_ptr<CustodyLog>> custody = open_custody_log(dir->custody(), **clock);
  if (!custody) return complain(kUsage, custody.error().detail);
  const std::string out = typed.out.empty() ? dir->reports() : typed.out;
  const auto written = write_report_set(*dir, typed.formats, typed.languages, out, **custody);
  if (!written) return complain(written.error().code == Code::unsupported ? kUsage : kIncomplete, written.error().detail);
  if (!typed.quiet) say("reports: " + out);
  return kComplete;
}

int command_export(const Typed& typed) {
  const Result<CaseDir> dir = case_to_read(typed);
  if (!dir) return complain(kUsage, dir.error().detail);
  if (typed.formats.size() != 1 && typed.formats != std::vector<std::string>{"html", "csv"}) {
    return complain(kUsage, "export writes one --format: jsonl or csv");
  }
  const std::string format = typed.formats.size() == 1 ? typed.formats[0] : "jsonl";
  const auto written = export_table(dir->path, typed.table, format, [](std::string_view bytes) {
    return std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size();
  });
  if (!written) return complain(written.error().code == Code::unsupported ? kUsage : kIncomplete, written.error().detail);
  return std::fflush(stdout) == 0 ? kComplete : complain(kIncomplete, "the output could not be written whole");
}

int command_verify(const Typed& typed) {
  if (!typed.arguments.empty() && is_package(typed.arguments[0])) return verify_received(typed);
  const Result<CaseDir> dir = case_to_read(typed);
  if (!dir) return complain(kUsage, dir.error().detail);
  Result<Verdict> verdict = verify_case(dir->path);
  if (!verdict) return complain(kNotIntact, verdict.error().detail);
  if (!typed.quiet) {
    for (const std::string& checked : verdict->checked) say("checked: " + checked);
  }
  if (!typed.evidence.empty()) {
    const Result<std::vector<std::string>> more = check_evidence(*dir, typed);
    if (!more) return complain(more.error().code == Code::unsupported ? kUsage : kNotIntact, more.error().detail);
    verdict->differences.insert(verdict->differences.end(), more->begin(), more->end());
  }
  for (const std::string& difference : verdict->differences) say("DIFFERS: " + difference);
  say(verdict->differences.empty() ? "intact" : "NOT INTACT");
  return verdict->differences.empty() ? kComplete : kNotIntact;
}

}  // namespace evtriage
