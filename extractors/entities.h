// Character references of HTML: numeric ones and the names of HTML 4.01 that people's pages use.
// Tested by tests/extractors/html_test.cpp.
#pragma once
#include <cstdint>
#include <string_view>

namespace evtriage {

struct Entity {
  char32_t code = 0;    // 0: no character reference begins here
  std::size_t length = 0;  // bytes, from '&' on
};

// `text` begins with '&'.
Entity entity_at(std::string_view text);

}  // namespace evtriage
