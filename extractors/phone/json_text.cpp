// Plain stretches are runs of the map 1:1; an escape, or a character that was put together, is a run of its own.
// Tested by tests/extractors/phone/json_tree_test.cpp.
#include "extractors/phone/json_text.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <vector>

#include "pipeline/core/text.h"

namespace evtriage::phone {
namespace {

struct Unit {
  char32_t code = 0;
  std::size_t begin = 0, end = 0;  // of the bytes that say it
};

std::optional<char32_t> hex4(std::string_view text, std::size_t at) {
  if (text.size() < 4 || at > text.size() - 4) return std::nullopt;
  char32_t unit = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    const char c = text[i], low = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9') unit = unit * 16 + static_cast<char32_t>(c - '0');
    else if (low >= 'a' && low <= 'f') unit = unit * 16 + static_cast<char32_t>(low - 'a' + 10);
    else return std::nullopt;
  }
  return unit;
}

// raw[at] is a backslash.
Unit escape_at(std::string_view raw, std::size_t at) {
  if (raw.size() - at < 2) return {U'\\', at, raw.size()};
  constexpr std::string_view names = "\"\\/bfnrt", values = "\"\\/\b\f\n\r\t";
  if (const std::size_t found = names.find(raw[at + 1]); found != names.npos) return {static_cast<char32_t>(values[found]), at, at + 2};
  const auto unit = raw[at + 1] == 'u' ? hex4(raw, at + 2) : std::nullopt;
  if (!unit) return {U'\\', at, at + 1};
  if (*unit < 0xd800 || *unit >= 0xe000) return {*unit, at, at + 6};
  const bool pair = *unit < 0xdc00 && raw.size() - at >= 12 && raw[at + 6] == '\\' && raw[at + 7] == 'u';
  const auto low = pair ? hex4(raw, at + 8) : std::nullopt;
  if (!low || *low < 0xdc00 || *low >= 0xe000) return {U'\ufffd', at, at + 6};
  return {0x10000 + ((*unit - 0xd800) << 10) + (*low - 0xdc00), at, at + 12};
}

// The next character of a string, whatever it is.
Unit unit_at(std::string_view raw, std::size_t at) {
  if (raw[at] == '\\') return escape_at(raw, at);
  if (static_cast<unsigned char>(raw[at]) < 0x80) return {static_cast<char32_t>(raw[at]), at, at + 1};
  const std::string_view character = raw.substr(at, 4);
  if (valid_utf8_prefix(character) == 0) return {U'\ufffd', at, at + 1};
  const Character found = decode_utf8(character, 0);
  return {found.code, at, at + found.length};
}

void append_unit(const Unit& unit, std::uint64_t at, MappedText& out) {
  const std::size_t before = out.text.size();
  append_utf8(out.text, unit.code);
  out.map.append(out.text.size() - before, {at + unit.begin, at + unit.end}, 0, 0);
}

// How many bytes of a character of UTF-8 begin with this one; 0 if none does.
std::size_t length_of(unsigned char first) { return first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0; }

}  // namespace

std::size_t json_string_end(std::string_view text, bool& escaped) {
  escaped = false;
  for (std::size_t at = 0;;) {
    const auto* const quote = static_cast<const char*>(std::memchr(text.data() + at, '"', text.size() - at));
    const std::size_t end = quote == nullptr ? text.size() : static_cast<std::size_t>(quote - text.data());
    const auto* const slash = static_cast<const char*>(std::memchr(text.data() + at, '\\', end - at));
    if (slash == nullptr) return end;
    escaped = true;
    at = std::min(static_cast<std::size_t>(slash - text.data()) + 2, text.size());
  }
}

void append_json_string(std::string_view raw, std::uint64_t at, MappedText& out) {
  for (std::size_t done = 0; done < raw.size();) {
    std::size_t plain = std::min(raw.find('\\', done), raw.size()) - done;
    plain = valid_utf8_prefix(raw.substr(done, plain));
    if (plain > 0) {
      out.text += raw.substr(done, plain);
      out.map.append(plain, {at + done, at + done + plain});
      done += plain;
      continue;
    }
    const Unit unit = unit_at(raw, done);
    append_unit(unit, at, out);
    done = unit.end;
  }
}

void append_meta_string(std::string_view raw, std::uint64_t at, MappedText& out) {
  std::vector<Unit> units;
  std::string bytes;
  for (std::size_t i = 0; i < raw.size(); i = units.back().end) {
    units.push_back(unit_at(raw, i));
    if (units.back().code > 0xff) return append_json_string(raw, at, out);
    bytes += static_cast<char>(units.back().code);
  }
  const bool plain = std::none_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (plain || !is_valid_utf8(bytes)) return append_json_string(raw, at, out);
  for (std::size_t i = 0; i < units.size();) {
    const std::size_t length = std::max<std::size_t>(1, length_of(static_cast<unsigned char>(bytes[i])));
    const std::size_t last = std::min(i + length, units.size()) - 1;
    const ByteRange source{at + units[i].begin, at + units[last].end};
    out.text += bytes.substr(i, length);
    const bool same = length == 1 && source.size() == 1;
    out.map.append(length, source, same ? 1 : 0, same ? 1 : 0);
    i += length;
  }
}

}  // namespace evtriage::phone
