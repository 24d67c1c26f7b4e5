// Why a text is or is not flagged, for people.
// Tested by tests/rules/explain_test.cpp.
#pragma once
#include <string>
#include <string_view>

#include "rules/scan.h"

namespace evtriage {

// The text is read as one message.
std::string explain(const Program& program, std::string_view text, RuleScratch& scratch);

}  // namespace evtriage
