// One walk: runs of plain ASCII are copied whole, since nearly all of a report is that.
// Tested by tests/reports/xml_test.cpp
#include "reports/xml.h"

#include <array>

#include "pipeline/core/text.h"

namespace evtriage::reports {
namespace {

constexpr char hex_digits[] = "0123456789ABCDEF";

constexpr auto is_plain = [] {
  std::array<bool, 256> table{};
  for (unsigned byte = 0x20; byte < 0x7f; ++byte) table[byte] = byte != '<' && byte != '>' && byte != '&' && byte != '"' && byte != '\'';
  return table;
}();

void append_byte(std::string& out, unsigned char byte) {
  const char sign[] = {'\\', 'x', hex_digits[byte >> 4], hex_digits[byte & 15]};
  out.append(sign, sizeof sign);
}

void append_ascii(std::string& out, char c) {
  switch (c) {
    case '<': out += "&lt;"; break;
    case '>': out += "&gt;"; break;
    case '&': out += "&amp;"; break;
    case '"': out += "&quot;"; break;
    case '\'': out += "&#39;"; break;
    case '\t': out += "&#9;"; break;
    case '\n': out += "&#10;"; break;
    case '\r': out += "&#13;"; break;
    default: append_byte(out, static_cast<unsigned char>(c));
  }
}

}  // namespace

void append_xml(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t plain = at;
    while (plain < text.size() && is_plain[static_cast<unsigned char>(text[plain])]) ++plain;
    out += text.substr(at, plain - at);
    if ((at = plain) == text.size()) return;
    const auto byte = static_cast<unsigned char>(text[at]);
    const unsigned length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    const auto sequence = text.substr(at, length);
    if (byte < 0x80) append_ascii(out, text[at]);
    else if (sequence.size() < length || !is_valid_utf8(sequence)) {
      append_byte(out, byte);
      ++at;
      continue;
    } else if (const auto code = decode_utf8(sequence, 0).code; code == 0xfffe || code == 0xffff) {
      out += code == 0xfffe ? "\\u{FFFE}" : "\\u{FFFF}";
    } else {
      out += sequence;
    }
    at += length;
  }
}

}  // namespace evtriage::reports
