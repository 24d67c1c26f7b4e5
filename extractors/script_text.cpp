// Escapes of JavaScript strings, undone wherever they stand: outside strings they do not occur in what people read.
// Tested by tests/extractors/html_test.cpp.
#include "extractors/script_text.h"

#include <optional>

#include "pipeline/core/text.h"

namespace evtriage {
namespace {

struct Escape {
  char32_t code = 0;
  std::size_t length = 0;  // 0: none
};

std::optional<char32_t> hex_at(std::string_view text, std::size_t at, std::size_t digits) {
  if (text.size() < at || text.size() - at < digits) return std::nullopt;
  char32_t value = 0;
  for (const char c : text.substr(at, digits)) {
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    if (digit < 0) return std::nullopt;
    value = value * 16 + static_cast<char32_t>(digit);
  }
  return value;
}

Escape unicode_escape(std::string_view text) {  // text begins with "\u"
  const std::optional<char32_t> unit = hex_at(text, 2, 4);
  if (!unit) return {};
  if (*unit < 0xd800 || *unit > 0xdfff) return {*unit, 6};
  const std::optional<char32_t> low = text.substr(6, 2) == "\\u" ? hex_at(text, 8, 4) : std::nullopt;
  if (*unit > 0xdbff || !low || *low < 0xdc00 || *low > 0xdfff) return {0xfffd, 6};
  return {0x10000 + ((*unit - 0xd800) << 10) + (*low - 0xdc00), 12};
}

Escape escape_at(std::string_view text) {  // text begins with a backslash
  switch (text.size() > 1 ? text[1] : '\0') {
    case 'u': return unicode_escape(text);
    case 'x': {
      const std::optional<char32_t> code = hex_at(text, 2, 2);
      return code ? Escape{*code, 4} : Escape{};
    }
    case 'n': return {U'\n', 2};
    case 't': return {U'\t', 2};
    case 'r': return {U'\r', 2};
    case '/': return {U'/', 2};
    case '"': return {U'"', 2};
    case '\'': return {U'\'', 2};
    case '\\': return {U'\\', 2};
    default: return {};
  }
}

}  // namespace

void append_script_text(std::string_view html, ByteRange range, MappedText& to) {
  const auto plain = [&](std::size_t begin, std::size_t end) {
    to.text += html.substr(begin, end - begin);
    to.map.append(end - begin, {begin, end});
  };
  const std::string_view text = html.substr(0, range.end);
  std::size_t done = range.begin;
  for (std::size_t at = text.find('\\', done); at != text.npos; at = text.find('\\', at)) {
    const Escape escape = escape_at(text.substr(at));
    if (escape.length == 0) {
      ++at;
      continue;
    }
    plain(done, at);
    const std::size_t before = to.text.size();
    append_utf8(to.text, escape.code);
    to.map.append(to.text.size() - before, {at, at + escape.length}, 0, 0);
    at += escape.length;
    done = at;
  }
  plain(done, text.size());
}

}  // namespace evtriage
