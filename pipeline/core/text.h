// TextSegment: text that is ready for scanners, with the way back to the item's bytes.
// UTF-8 checks and the escape that makes any bytes printable.
// Tested by tests/pipeline/core/text_test.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/core/content.h"
#include "pipeline/core/offset_map.h"

namespace evtriage {

struct TextSegment {
  std::uint32_t number = 0;  // set by the engine: 0, 1, ... inside the item
  Blob utf8;                 // always valid UTF-8; a slice of the item when the item is UTF-8
  OffsetMap map;             // utf8 offset -> byte offset in the item
  ByteRange owned;           // utf8 range whose matches count; the rest is margin, owned by a neighbour page
  std::string origin;        // body, header, metadata, comment, strings, ...
  std::string place;         // human locator where bytes mean little: "page 3", "row 118"
  std::string language;      // ISO 639-1 if known, else empty
  bool is_message = false;   // the segment is one message: it is a unit of judgement of its own
  bool is_whole_item = false;  // utf8 is exactly the item's bytes

  // The usual segment: everything owned.
  static TextSegment of(Blob utf8, OffsetMap map, std::string origin) {
    TextSegment segment;
    segment.owned = {0, utf8.size()};
    segment.utf8 = std::move(utf8);
    segment.map = std::move(map);
    segment.origin = std::move(origin);
    return segment;
  }
};

// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_valid_utf8(std::string_view bytes);

// Bytes in [0, n) are valid UTF-8 and the byte at n starts an invalid sequence; size if all is valid.
std::size_t valid_utf8_prefix(std::string_view bytes);

// One character: its code point and length in bytes.  Precondition: `at` < text.size(), valid UTF-8 at it.
struct Character {
  char32_t code = 0;
  unsigned length = 1;
};
Character decode_utf8(std::string_view text, std::size_t at);
void append_utf8(std::string& out, char32_t code);

// For people: valid UTF-8 as it is, every other byte as \xHH.  Never fails, never longer than 4 x size.
std::string printable(std::string_view bytes);

// The largest n <= at (smallest >= at) that is no continuation byte of `text`: never cuts a character.
std::size_t floor_char(std::string_view text, std::size_t at);
std::size_t ceil_char(std::string_view text, std::size_t at);

}  // namespace evtriage
