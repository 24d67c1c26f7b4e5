// Numbering plans of the home region, dated: what is dialled there today, and what was until when.
// Tested by tests/extractors/contacts/parts_test.cpp.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace evtriage::contacts {

struct PlanRange {
  std::string_view country;      // ISO 3166-1 alpha-2
  std::string_view code;         // country calling code
  std::uint8_t national_digits;  // length without country code and trunk 0
  bool former;                   // no longer dialled: an older device may hold it
  std::string_view prefixes;     // "01-07 44-46 50": first national digits; ranges of equal length
};
std::span<const PlanRange> plan_ranges();      // the data
bool has_trunk_zero(std::string_view country);  // a 0 is dialled before national numbers

struct PlanAnswer {
  enum class Kind : std::uint8_t { current, former, refused, silent } kind = Kind::silent;
  std::string digits;        // country code first, without a trunk 0; a former number in its present form where that follows
  std::string_view country;
};
// digits: country code first.  silent: not one of our countries, or a range that the table does not list.
// refused: one of our countries, with a length that it never had.
PlanAnswer ask_plans(std::string_view digits);

// Does `national` (without trunk 0) fit the present plan of `country`, or a former one?
enum class Fit : std::uint8_t { none, former, current };
Fit fits_plan(std::string_view country, std::string_view national);
bool has_length(std::string_view country, std::size_t national_digits);  // of a present number

// The present form of a former number: Benin 2024, Ivory Coast 2021, Gabon 2019, Nigeria 2024 (sources: the notices of the
// regulators as libphonenumber's migrator and its metadata give them).  As it is where no rule says: Ivory Coast's fixed lines.
std::string present_form(std::string_view country, std::string_view national);
std::string_view calling_code(std::string_view country);  // empty: not in the table

}  // namespace evtriage::contacts
