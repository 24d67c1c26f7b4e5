// What is found in a text, and why near misses were not: the door of `evtriage contacts --text`.
// Tested by tests/extractors/contacts/scanner_test.cpp.
#pragma once
#include <string>
#include <string_view>

#include "extractors/builtin.h"

namespace evtriage {

// One line for each contact, then one for each near miss, fields separated by tabs:
//   found    TYPE  VALUE  CONFIDENCE  COUNTRY-or-'-'  BEGIN..END  RAW  [LABEL  NOTE: what was checked]
//   refused  TYPE  BEGIN..END  RAW  WHY
// Bytes that are no UTF-8 stand as \xHH before the search; offsets count after that.
std::string explain_contacts(std::string_view text, const ContactOptions& options);

}  // namespace evtriage
