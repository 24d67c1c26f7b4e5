// A telephone number as people write it: groups of digits with what stands between them.
// Tested by tests/extractors/contacts/parts_test.cpp.
#pragma once
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace evtriage::contacts {

struct DigitGroup {
  std::size_t begin = 0, end = 0;  // bytes in the text
  unsigned digits_before = 0;      // digits in the groups before it
  unsigned digits = 0;
  char separator = '\0';           // before it: ' ' any blank, '-', '.', '/', '(' a bracket; '\0' for the first
};

struct WrittenNumber {
  static constexpr unsigned kMaxGroups = 12, kMaxDigits = 20;
  std::array<DigitGroup, kMaxGroups> groups;
  unsigned count = 0;              // of groups
  std::string digits;              // ASCII, all groups together; "(0)" left out
  bool too_long = false;           // the last group did not fit
};

// Reads groups from `at` (a digit, or blanks and one bracket before one).  Between two groups may stand one
// blank, '-', '.', '/', a closing or opening bracket with a blank, "(0)"; a tab or line end stops.
// loose: also one line end, or up to three blanks, as in numbers that a page has broken.
WrittenNumber read_number(std::string_view text, std::size_t at, bool loose = false);

}  // namespace evtriage::contacts
