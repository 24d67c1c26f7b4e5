// The structure of a MIME message (RFC 5322, RFC 2045, RFC 2046): which bytes are header fields, which are bodies.
//
// One pass over the lines with a table of the open boundaries: linear for any nesting, no recursion, nothing copied.
// Enclosed messages are leaves: they are items of their own.
// Tested by tests/extractors/mime_test.cpp, python3's email package as judge.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/result.h"

namespace evtriage {

struct MimeField {
  std::string_view name;   // as written, without blanks around it
  std::string_view value;  // as written, folds inside, without blanks around it
  ByteRange range;         // name to last line end
};

struct MimePart {
  static constexpr std::uint32_t no_parent = 0xffffffff;
  enum class Kind : std::uint8_t { leaf, multipart, outside };  // outside: before the first or after the last boundary

  std::vector<MimeField> fields;
  ByteRange body;                     // of a multipart: all that it encloses
  std::string media_type;             // lower case; the default of RFC 2046 where none or nonsense is given
  std::uint32_t parent = no_parent;   // index of the multipart around it
  Kind kind = Kind::leaf;

  std::string_view value_of(std::string_view lower_name) const;  // of the first such field, or empty
};

struct MimeStructure {
  std::vector<MimePart> parts;     // in the order of the bytes; the first is the message itself
  std::uint64_t fields_left_out = 0;
  std::uint64_t unclosed = 0;      // multiparts whose last boundary is missing
  std::uint64_t unbounded = 0;     // multiparts that name no boundary, or one that never comes: leaves here
  std::uint64_t read_until = 0;    // less than the end if the parts were too many
};

constexpr std::size_t most_mime_parts = 10'000;
constexpr std::size_t most_mime_fields = 100'000;  // of all parts

// `message` is bytes [begin, end) of `whole`; all ranges count from the start of `whole`.
MimeStructure take_apart(std::string_view whole, ByteRange message);

// RFC 5322 section 2.2: printable ASCII but ":", then ":".
bool is_header_line(std::string_view line);

bool equals_ignoring_case(std::string_view a, std::string_view b);  // ASCII, here and below
bool ends_ignoring_case(std::string_view text, std::string_view ending);

}  // namespace evtriage
