// What a report says of the custody log: the facts of the case and the acts up to the seal.
//
// Only the acts that the seal covers are shown, and the seal itself: reports written later are recorded in
// the log too, and a report that listed its elder brothers would never be the same twice.
// Tested by tests/reports/custody_view_test.cpp.
#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/core/result.h"

namespace evtriage::reports {

struct CustodyAct {
  std::string time, action, who, detail;
};

struct CustodyView {
  std::map<std::string, std::string> facts;  // case_number, examiner, ..., case.NAME, exhibit.LABEL.NAME: the last said
  std::string started, sealed;               // RFC 3339, empty if not found
  std::vector<CustodyAct> acts;              // at most `act_limit`
  std::uint64_t acts_not_shown = 0;
  bool readable = false;
};

inline constexpr std::size_t act_limit = 200;

// A line that is no JSON ends the reading; `verify` is the one who says what is wrong with a log.
CustodyView read_custody(const std::string& custody_file);

}  // namespace evtriage::reports
