// Content lines: what vCard and iCalendar are made of (RFC 5545 section 3.1, RFC 6350 section 3.2, vCard 2.1).
//
//   [group "."] NAME *(";" PARAMETER) ":" VALUE, folded by a line end and a blank.
// Unfolded with the way back to each byte.  A line that holds no colon goes on the line before it if that one is
// quoted-printable and ends in "=", else it is a line without a name.
// Tested by tests/extractors/plain/vcard_test.cpp and calendar_test.cpp.
#pragma once
#include <string>
#include <string_view>

#include "extractors/plain/text_stream.h"

namespace evtriage {

struct ContentLine {
  std::string name;        // upper case, without its group
  std::string parameters;  // as written, from the first ';' on, without it
  MappedText value;        // after the colon, unfolded; escapes stand
  ByteRange source;        // of the whole line in the item

  // The value of a parameter, without quotes; also of "TYPE" where vCard 2.1 writes the bare word.  Empty if absent.
  std::string parameter(std::string_view wanted) const;
  bool has_word(std::string_view upper) const;  // a parameter or one of its values is this word
};

class ContentLines {
 public:
  static constexpr std::size_t line_bytes = 24u << 20;  // unfolded; a longer one is cut and told

  ContentLines(TextStream& in, std::string_view stage, Emit& emit) : in_(in), stage_(stage), emit_(emit) {}
  bool next(ContentLine& line);  // false: the item is at its end

 private:
  std::size_t line_end(std::size_t at);
  TextStream& in_;
  std::string stage_;
  Emit& emit_;
  bool told_ = false;
};

// The value with "\n", "\,", "\;", "\\" undone (RFC 5545 section 3.3.11).
MappedText unescape(const MappedText& value);

// A part of a text with its part of the map.
MappedText part_of(const MappedText& whole, std::size_t begin, std::size_t end);

// Undoes quoted-printable and the CHARSET parameter of vCard 2.1.
MappedText decode_printable(const MappedText& value, std::string_view charset);

}  // namespace evtriage
