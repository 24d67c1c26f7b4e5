// TextGroup: text of one origin out of one part, cut into segments of about 64 KiB between units.
//
// A unit is what a person counts: a paragraph, a comment, a row.  The place of a segment names the units in it.
// Tested by tests/extractors/office/package_test.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "extractors/office/package.h"

namespace evtriage {

// One segment, if there is more than blanks in it.  What is no UTF-8 becomes \xHH.
void emit_segment(Emit& emit, std::string text, ByteRange source, std::string_view origin, std::string place);

struct UnitPlace {
  std::string unit;         // "paragraph", or the whole place ("slide 2") if units are not counted
  std::string suffix;       // stands behind: " of header 1"
  bool is_counted = true;
};

// "[author, date] " before what somebody wrote or deleted; "" if neither is known.
std::string written_by(std::string_view author, std::string_view date);

class TextGroup {
 public:
  // Part and emit outlive the group.
  TextGroup(Part& part, Emit& emit, std::string_view origin, UnitPlace place) : part_(part), emit_(emit), origin_(origin), place_(std::move(place)) {}

  // `from`: position of the part's reader before the text, if it was read before the last event.
  void add(std::string_view text, std::uint64_t from = ~std::uint64_t{0});
  // What was added since the last end is unit `number`; ends its line.
  void end_unit(std::uint64_t number);
  // Adds a whole unit with the next number.
  void add_unit(std::string_view text, std::uint64_t from = ~std::uint64_t{0}) {
    add(text, from);
    end_unit(last_ + 1);
  }
  void flush();  // once at the end, too
  bool is_empty() const { return text_.empty(); }

 private:
  void emit_now(std::string text, std::uint64_t last);
  Part& part_;
  Emit& emit_;
  std::string origin_, text_;
  UnitPlace place_;
  std::uint64_t first_ = 0, last_ = 0;  // units in text_
  std::uint64_t begin_ = 0, end_ = 0;   // positions of the part's reader: text_ came from between
};

}  // namespace evtriage
