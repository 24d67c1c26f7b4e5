// The text of a script: what JavaScript and JSON write as escapes is undone, so that words and numbers can be found.
// Tested by tests/extractors/html_test.cpp.
#pragma once
#include <string_view>

#include "extractors/html_text.h"

namespace evtriage {

// Appends html[range] to `to`; ECMA-262, sections 12.9.4 and 12.9.6: \uXXXX, \xXX, \n, \/ and their like.
void append_script_text(std::string_view html, ByteRange range, MappedText& to);

}  // namespace evtriage
