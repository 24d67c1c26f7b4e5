// The values of an XMP packet as lines of text.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/pdf/xmp_test.cpp; fuzzed by tests/fuzz/fuzz_pdf_xmp.cpp.
#pragma once
#include <string>
#include <string_view>

namespace evtriage {

// One value a line: "dc:title: Price list".  Not an XML parser: a tag reader that keeps the name of the nearest
// element that is not RDF's own, in linear time, whatever the bytes are.  The answer is valid UTF-8.
std::string xmp_lines(std::string_view packet);

}  // namespace evtriage
