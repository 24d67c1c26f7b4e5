// The language of a text, cheaply: script first, then function words.
//
// A hint for rules, reports and reviewers; never a reason to leave a text unread.  Looks at the first
// 2 KiB only, allocates nothing but the answer, same answer on every machine.
// Tested by tests/pipeline/core/language_test.cpp.
#pragma once
#include <string>
#include <string_view>

namespace evtriage {

// ISO 639-1: "ar", "de", "en", "es", "fr", "ha", "it", "pt"; empty if unsure (too short, mixed, a
// language or a script that is not known here).  Bytes that are no UTF-8 do no harm.
std::string detect_language(std::string_view utf8_sample);

}  // namespace evtriage
