// Reads the canonical JSON lines of a case back: one flat object a line, arrays of texts inside.
// The lines are ours, but a case may have been changed by others: anything that is no JSON gives an Error.
// Tested by tests/reports/json_read_test.cpp.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/result.h"

namespace evtriage::reports {

struct JsonField {
  std::string key;
  std::string text;     // a string: decoded; anything else: as it stands in the line
  char kind = 's';      // s string, a array, o object, n number, true, false or null
};

Result<std::vector<JsonField>> read_json_object(std::string_view line);
// The same into a vector that is used again; after an error it holds nothing of worth.
Result<void> read_json_object(std::string_view line, std::vector<JsonField>& fields);

// The texts of an array; numbers as they stand.  Not an array: an empty list.
std::vector<std::string> read_json_texts(std::string_view array);

// The text of `key`, or an empty view.
std::string_view field(const std::vector<JsonField>& object, std::string_view key);

}  // namespace evtriage::reports
