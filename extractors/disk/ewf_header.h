// The acquisition data of an EWF image: a small table of tab-separated words.
// Tested by tests/extractors/disk/ewf_test.cpp.
#pragma once
#include <string_view>
#include <vector>

#include "pipeline/core/records.h"

namespace evtriage::disk {

// `text`: the inflated section; UTF-16 with a byte order mark if `is_utf16`, else bytes of an unknown code page.
std::vector<Property> ewf_header_properties(std::string_view text, bool is_utf16);

}  // namespace evtriage::disk
