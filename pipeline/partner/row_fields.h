// The members of one canonical JSON object, unread: names, and values as they stand.  For rows of tables, whose lines
// the program has written (core/json.h); anything else gives an empty list.
// Tested by tests/pipeline/partner/row_fields_test.cpp.
#pragma once
#include <string_view>
#include <vector>

namespace evtriage {

struct RowField {
  std::string_view name, value;                // value: JSON text
};
std::vector<RowField> row_fields(std::string_view line);
std::string_view row_value(const std::vector<RowField>& fields, std::string_view name);  // empty if there is none

}  // namespace evtriage
