// Encodings of text: finding out which one it is, and decoding it with the way back to its bytes.
//
// Names are the lower-case names of the IANA registry ("utf-8", "utf-16le", "windows-1256", "gb18030").
// ISO-8859-1 is read as its superset Windows-1252, GB2312 as GB18030, as the WHATWG Encoding Standard has
// it: that is what labelled text really holds.
// Tested by tests/extractors/encoding_test.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/core/offset_map.h"

namespace evtriage {

// The name of the encoding that a label ("Latin1", "cp1252", "x-sjis") means; empty if it is not known
// here.  "us-ascii" is "utf-8".
std::string_view encoding_named(std::string_view label);

// The value of "charset" in a media type with parameters, without quotes; empty if there is none.
std::string_view charset_of(std::string_view media_type_with_parameters);

struct EncodingHint {
  std::string_view claimed;     // label from a container or a tag; believed if the bytes decode under it
  bool known_text = false;      // something else already says that it is text: more control bytes are borne
  bool cut = false;             // the sample is cut: a broken character at its end means nothing
};

// The encoding of text that begins with `head`; nullopt if it is not text.
std::optional<std::string> detect_encoding(std::string_view head, const EncodingHint& hint);

// Number of bytes of the byte order mark of `encoding` at the start of `bytes`, or 0.
std::size_t bom_length(std::string_view bytes, std::string_view encoding);

struct Decoded {
  std::string utf8;         // always valid; what cannot be decoded is U+FFFD
  OffsetMap map;            // utf8 offset -> source_begin + offset in the bytes given
  std::uint64_t broken = 0;  // number of U+FFFD written for broken input
};

// An unknown encoding is read as UTF-8.  No byte order mark is skipped.
Decoded decode(std::string_view bytes, std::string_view encoding, std::uint64_t source_begin);

// The first text offset whose character begins at or after the source offset.  The map's source must be
// monotone, as that of decode() is.
std::uint64_t text_offset(const OffsetMap& map, std::uint64_t source_offset);

// The upper half of a single-byte encoding: 128 units, 0 = unassigned; nullptr if it is not one.
const char16_t* upper_half(std::string_view encoding);

// 1, 2 or 4: bytes of a code unit, for the alignment of pages.
unsigned code_unit_bytes(std::string_view encoding);

}  // namespace evtriage
