// One walk over the line: only strings and brackets matter for where a value ends.
// Tested by tests/pipeline/partner/row_fields_test.cpp.
#include "pipeline/partner/row_fields.h"

namespace evtriage {
namespace {

// The place after the string that begins at `at` with its quote; npos if it has no end.
std::size_t after_string(std::string_view line, std::size_t at) {
  for (++at; at < line.size(); ++at) {
    if (line[at] == '\\') ++at;
    else if (line[at] == '"') return at + 1;
  }
  return std::string_view::npos;
}

std::size_t after_value(std::string_view line, std::size_t at) {
  std::size_t depth = 0;
  while (at < line.size()) {
    const char c = line[at];
    if (c == '"') {
      at = after_string(line, at);
      if (at == std::string_view::npos) return at;
      if (depth == 0) return at;
      continue;
    }
    if (depth == 0 && (c == ',' || c == '}')) return at;
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return at + 1;
    ++at;
  }
  return std::string_view::npos;
}

}  // namespace

std::vector<RowField> row_fields(std::string_view line) {
  std::vector<RowField> fields;
  if (line.size() < 2 || line.front() != '{' || line.back() != '}') return {};
  for (std::size_t at = 1; at + 1 < line.size();) {
    if (line[at] != '"') return {};
    const std::size_t name_end = after_string(line, at);
    if (name_end == std::string_view::npos || name_end >= line.size() || line[name_end] != ':') return {};
    const std::size_t value_end = after_value(line, name_end + 1);
    if (value_end == std::string_view::npos || value_end >= line.size()) return {};
    fields.push_back({line.substr(at + 1, name_end - at - 2), line.substr(name_end + 1, value_end - name_end - 1)});
    const bool last = value_end + 1 == line.size();
    if (last ? line[value_end] != '}' : line[value_end] != ',') return {};
    at = value_end + 1;
  }
  return fields;
}

std::string_view row_value(const std::vector<RowField>& fields, std::string_view name) {
  for (const RowField& field : fields) {
    if (field.name == name) return field.value;
  }
  return {};
}

}  // namespace evtriage
