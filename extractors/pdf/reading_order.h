// Lines with right-to-left text, from the order in which they are seen to the order in which they are read.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// The library writes each run of Hebrew or Arabic letters in reading order, but leaves the runs of a line and the
// groups of a number where the eye sees them, so that "+218 91 555" in an Arabic sentence comes out as "555 91 218+".
// Its embedding marks (U+202A to U+202C) say how to get back what is seen; from there the rules of the Unicode
// Bidirectional Algorithm (UAX 9) are run backwards, without levels: a line has one direction, and runs against it.
// Tested by tests/extractors/pdf/reading_order_test.cpp.
#pragma once
#include <string>
#include <string_view>

namespace evtriage {

// `text` as the library writes it (valid UTF-8) with every line that holds embedding marks put in reading order and
// the marks taken out.  Linear.
std::string in_reading_order(std::string_view text);

// A word that was divided at a line end by a soft hyphen (U+00AD, with or without the hyphen that was drawn for it).
std::string without_soft_breaks(std::string text);

}  // namespace evtriage
