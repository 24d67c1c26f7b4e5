// The suffix of a file name, as the tables of formats spell it.
// Tested by tests/extractors/formats_test.cpp.
#pragma once
#include <string>
#include <string_view>

namespace evtriage {

// ASCII lower case, without the dot; empty if there is none or it is longer than 8 bytes.
inline std::string suffix_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == name.npos || name.size() - dot > 9) return {};
  std::string suffix(name.substr(dot + 1));
  for (char& c : suffix) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return suffix;
}

}  // namespace evtriage
