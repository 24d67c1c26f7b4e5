// Lines: "1", "main", names, values.  Values are shown as they stand; dates in seconds become RFC 3339.
// Tested by tests/extractors/disk/ewf_test.cpp.
#include "extractors/disk/ewf_header.h"

#include <algorithm>
#include <string>

#include "pipeline/core/byte_reader.h"
#include "pipeline/core/text.h"
#include "pipeline/core/time.h"

namespace evtriage::disk {
namespace {

constexpr std::size_t value_most = 4096;

struct Name {
  std::string_view key, name;
};
constexpr Name names[] = {
    {"a", "ewf:description"},   {"c", "ewf:case-number"},  {"n", "ewf:evidence-number"}, {"e", "ewf:examiner"},
    {"t", "ewf:notes"},         {"m", "ewf:acquired"},     {"u", "ewf:system-date"},     {"av", "ewf:software"},
    {"ov", "ewf:system"},       {"md", "ewf:model"},       {"sn", "ewf:serial-number"},  {"l", "ewf:label"},
};

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xc0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xe0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3f));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  }
}

std::string from_utf16(std::string_view bytes) {
  std::string out;
  ByteReader in(bytes);
  while (in.left() >= 2) {
    char32_t c = in.u16le();
    if (c == 0xfeff) continue;
    if (c >= 0xd800 && c < 0xdc00 && in.left() >= 2) {
      const char32_t low = in.u16le();
      c = low >= 0xdc00 && low < 0xe000 ? 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00) : char32_t{0xfffd};
    } else if (c >= 0xd800 && c < 0xe000) {
      c = 0xfffd;
    }
    append_utf8(out, c);
  }
  return out;
}

std::vector<std::string_view> split(std::string_view text, char by) {
  std::vector<std::string_view> out;
  while (out.size() < 64) {
    const std::size_t end = std::min(text.find(by), text.size());
    out.push_back(text.substr(0, end));
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
  }
  return out;
}

std::string shown(std::string_view name, std::string_view value) {
  const bool is_date = name == "ewf:acquired" || name == "ewf:system-date";
  const bool is_seconds = is_date && value.size() <= 10 && value.find_first_not_of("0123456789") == std::string_view::npos;
  if (!is_seconds) return printable(value.substr(0, floor_char(value, std::min(value.size(), value_most))));
  std::int64_t seconds = 0;
  for (const char c : value) seconds = seconds * 10 + (c - '0');
  return seconds > 9'000'000'000 ? std::string(value) : rfc3339(seconds * 1'000'000'000);
}

}  // namespace

std::vector<Property> ewf_header_properties(std::string_view text, bool is_utf16) {
  const std::string decoded = is_utf16 ? from_utf16(text) : std::string(text);
  std::vector<std::string_view> lines = split(decoded, '\n');
  for (std::string_view& line : lines) {
    if (line.ends_with('\r')) line.remove_suffix(1);
  }
  std::vector<Property> out;
  if (lines.size() < 4) return out;
  const std::vector<std::string_view> keys = split(lines[2], '\t'), values = split(lines[3], '\t');
  for (std::size_t i = 0; i < std::min(keys.size(), values.size()); ++i) {
    const auto known = std::find_if(std::begin(names), std::end(names), [&](const Name& name) { return name.key == keys[i]; });
    if (known == std::end(names) || values[i].empty()) continue;
    out.push_back({std::string(known->name), shown(known->name, values[i])});
  }
  return out;
}

}  // namespace evtriage::disk
