// How a number in a cell is shown: a count, a date, a telephone number with its zeros.
//
// Not the whole language of number formats (ISO/IEC 29500-1, 18.8.30): dates become ISO 8601, formats of zeros keep
// their zeros, all else is the plain number without exponent and without separators, so that it is found as it was
// typed.  Tested by tests/extractors/office/cell_format_test.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/office/package.h"

namespace evtriage {

struct CellFormat {
  enum class Kind : std::uint8_t { plain, date, time, date_time, padded };
  Kind kind = Kind::plain;
  std::uint8_t digits = 0;  // padded: at least so many
  bool has_plus = false;    // padded: "+" stands before
};

// Of a format code ("yyyy\-mm\-dd", "0000000000") and of a built-in number (14 is a date).
CellFormat format_of_code(std::string_view code);
CellFormat format_of_number(std::uint32_t built_in);

// Appends the number `raw` ("45000.5", "2.2670000010E10") as it is shown; what is no number is appended as it is.
void append_shown(std::string& out, std::string_view raw, CellFormat format, bool from_1904);

constexpr std::size_t most_styles = 100'000;  // Excel itself stops at 65,490

class CellStyles {  // the cell formats of xl/styles.xml by their index
 public:
  void read(Part& part);
  void add(CellFormat format) {
    if (formats_.size() < most_styles) formats_.push_back(format);
  }
  CellFormat at(std::uint64_t index) const { return index < formats_.size() ? formats_[index] : CellFormat{}; }

 private:
  std::vector<CellFormat> formats_;
};

}  // namespace evtriage
