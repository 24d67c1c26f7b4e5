// What all readers of this folder add to mapped text: labels that stand for bytes, excerpts, names with addresses.
//
// Tested by tests/extractors/phone/chat_json_test.cpp and applications_test.cpp.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>

#include "extractors/html_text.h"
#include "pipeline/core/text.h"

namespace evtriage::phone {

// Made text (a label, a number) that stands for the range.
inline void append_made(MappedText& out, std::string_view text, ByteRange source) {
  out.text += text;
  out.map.append(text.size(), source, 0, 0);
}

// The text that the table of messages keeps of a body.
inline std::string body_excerpt(std::string_view text) {
  constexpr std::size_t body_bytes = 4096;
  return printable(text.substr(0, floor_char(text, std::min(text.size(), body_bytes))));
}

// "Ama <+221...>", or the one that there is.
inline std::string with_address(const std::string& name, const std::string& address) {
  if (name.empty() || name == address) return address;
  return address.empty() ? name : name + " <" + address + ">";
}

// A number to call, an address of mail, an identifier of a messenger: what names can be given to.
inline bool is_address(std::string_view word) {
  constexpr std::size_t longest = 256, fewest_digits = 3;
  if (word.size() > longest) return false;
  if (word.find('@') != word.npos) return word.find(' ') == word.npos;
  const auto digits = std::count_if(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  return static_cast<std::size_t>(digits) >= fewest_digits && word.find_first_not_of("+0123456789 -().\xc2\xa0/") == word.npos;
}

// "Ama Example <+221...>", for the property contact:name.
inline std::string contact_name(std::string_view name, std::string_view address) {
  constexpr std::size_t longest = 200;
  std::string out = printable(name.substr(0, floor_char(name, std::min(name.size(), longest))));
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out + " <" + printable(address) + ">";
}

}  // namespace evtriage::phone
