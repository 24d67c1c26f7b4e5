// Writing several reports at once, and telling the custody log of each file.
// Tested by tests/whole/cli_test.py.
#pragma once
#include <string>
#include <vector>

#include "pipeline/app/case_dir.h"
#include "pipeline/custody/custody.h"

namespace evtriage {

// Formats times languages (a format without words is written once).  A file inside the case gets a "report"
// event with its digest, so that `verify` can check it; reports written elsewhere get a "report-out" event.
Result<void> write_report_set(const CaseDir& dir, const std::vector<std::string>& formats,
                              const std::vector<std::string>& languages, const std::string& out_dir, CustodyLog& custody);

}  // namespace evtriage
