// The door of the reports: pure functions of a sealed case.
//
// A report shows indicators and never a verdict on a person.  It knows the store's reader and the custody
// log only.  Tested by tests/reports (golden files, reviewed) and rendered in tests/whole.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/core/result.h"
#include "pipeline/store/store.h"

namespace evtriage {

struct ReportInput {
  std::string case_dir;                 // holds results.sqlite, custody.jsonl, seal.json
  std::string language = "en";          // en, fr, pt, ar
};

struct ReportFile {
  std::string name;                     // "report.en.html", "items.csv"
  std::string sha256;                   // hex
};

// "html", "csv", "jsonl", "xlsx" (case.xlsx), "case-uco" (case.jsonld), "dfxml" (files.dfxml), "hashdeep"
// (hashdeep.LABEL.txt, one for each exhibit), "graphml" (graph.graphml).  Writes into `out_dir` (exists); a file is written under a temporary name, synced
// and renamed.  Unknown format or language: Error (unsupported) that lists the known ones.
Result<std::vector<ReportFile>> write_report(const ReportInput& input, std::string_view format,
                                             const std::string& out_dir);
std::span<const std::string_view> report_formats();
std::span<const std::string_view> report_languages();

// Whether "case.NAME" or "exhibit.LABEL.NAME" with this value may stand in a case file; gives the label of the
// exhibit, empty for the case.  Error (unsupported): one line that says why not.
struct CaseFileName {
  std::string label;
};
Result<CaseFileName> check_case_file(std::string_view name, std::string_view value);

// One table as JSON Lines or spreadsheet-safe CSV to a sink; "events" is the custody log.
Result<void> export_table(const std::string& case_dir, std::string_view table, std::string_view format,
                          const std::function<bool(std::string_view)>& write);

}  // namespace evtriage
