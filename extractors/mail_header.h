// Values of header fields: text with encoded words (RFC 2047), media types and their parameters (RFC 2045, RFC 2231).
//
// Mail breaks these rules daily, so nothing is refused: raw 8-bit bytes, words with blanks, characters that are cut
// between two words, unknown charsets and lying ones are all read as well as can be.
// Tested by tests/extractors/mail_header_test.cpp, python3's email package as judge.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/core/offset_map.h"

namespace evtriage {

struct HeaderText {
  std::string text;  // valid UTF-8, unfolded
  OffsetMap map;     // text -> begin + offset in `raw`
};

// `charset` is believed for raw 8-bit bytes that are no UTF-8 (it may be empty); `begin` is the place of raw[0].
HeaderText header_text(std::string_view raw, std::uint64_t begin, std::string_view charset);

// "Text/HTML; charset=x" -> "text/html"; `fallback` if there is none.
std::string media_type_of(std::string_view value, std::string_view fallback);

// The parameter `name` (lower case), valid UTF-8; empty if there is none.  Continuations are joined in the order of
// their numbers, percent codes and encoded words are undone.
std::string mime_parameter(std::string_view value, std::string_view name);

}  // namespace evtriage
