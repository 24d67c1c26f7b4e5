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

}  // namespace evtriage::phone
