// Reports for people are written once a language, tables once: a table's words are the contract's.
// Tested by tests/whole/cli_test.py.
#include "pipeline/app/report_set.h"

#include <filesystem>

#include "reports/reports.h"

namespace evtriage {

Result<void> write_report_set(const CaseDir& dir, const std::vector<std::string>& formats,
                              const std::vector<std::string>& languages, const std::string& out_dir, CustodyLog& custody) {
  std::error_code error;
  std::filesystem::create_directories(out_dir, error);
  if (error) return Error{Code::io_read, "cannot create the folder for reports '" + out_dir + "': " + error.message()};
  const bool inside = out_dir == dir.reports();
  for (const std::string& format : formats) {
    const std::size_t rounds = format == "html" ? languages.size() : 1;
    for (std::size_t i = 0; i < rounds; ++i) {
      const Result<std::vector<ReportFile>> files = write_report({dir.path, languages[i]}, format, out_dir);
      if (!files) return files.error();
      for (const ReportFile& file : *files) {
        const auto noted = custody.append({inside ? "report" : "report-out",
                                           {{"file", (inside ? "reports/" : "") + file.name}, {"sha256", file.sha256}}});
        if (!noted) return noted.error();
      }
    }
  }
  return {};
}

}  // namespace evtriage
