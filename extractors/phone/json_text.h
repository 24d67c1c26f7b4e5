// Strings of JSON as text with the way back to their bytes.
//
// Tested by tests/extractors/phone/json_tree_test.cpp (python3's json as judge) and tests/fuzz/fuzz_chat_json.cpp.
#pragma once
#include <cstdint>
#include <string_view>

#include "extractors/phone/mapped.h"

namespace evtriage::phone {

// The size of the string whose first byte behind the quote is text[0]: where its closing quote stands, or text.size().
// `escaped` tells whether a backslash was met.
std::size_t json_string_end(std::string_view text, bool& escaped);

// What stands between the quotes of a string, which begins at `at` in the item, escapes undone (RFC 8259); always valid UTF-8:
// what is none, and halves of surrogate pairs, become U+FFFD.
void append_json_string(std::string_view raw, std::uint64_t at, MappedText& out);

// The same for exports of Facebook and Instagram, which write each byte of UTF-8 as the Latin-1 character of its number:
// "caf\u00c3\u00a9" is "café".  A string that does not become UTF-8 in this way is read as it stands.
void append_meta_string(std::string_view raw, std::uint64_t at, MappedText& out);

}  // namespace evtriage::phone
