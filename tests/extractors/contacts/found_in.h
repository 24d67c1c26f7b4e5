// What the search finds in a text, as "type value" lines: the common yardstick of the tests of the families.
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "extractors/contacts/search.h"

namespace evtriage::contacts {

inline std::vector<Found> search_text(std::string_view text, const std::vector<std::string>& regions = {}) {
  PhoneMemo memo;
  Search search;
  search.text = text;
  search.regions = &regions;
  search.memo = &memo;
  find_contacts(search);
  return search.found;
}

// Values of one type, in the order of the text.
inline std::vector<std::string> values(std::string_view type, std::string_view text, const std::vector<std::string>& regions = {}) {
  std::vector<std::string> out;
  for (const auto& found : search_text(text, regions)) {
    if (found.type == type) out.push_back(found.value);
  }
  return out;
}

}  // namespace evtriage::contacts
