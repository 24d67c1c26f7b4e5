// Classes of characters by short tables of ranges: the full Unicode tables would say little more about
// where an address ends, and cost a look-up for each character.
// Tested by tests/extractors/contacts/parts_test.cpp.
#include "extractors/contacts/characters.h"

#include "pipeline/core/text.h"

namespace evtriage::contacts {
namespace {

struct Range {
  char32_t first, last;
};
constexpr Range kNoWord[] = {
    {0x0080, 0x00A9}, {0x00AB, 0x00B4}, {0x00B6, 0x00B9}, {0x00BB, 0x00BF}, {0x00D7, 0x00D7}, {0x00F7, 0x00F7},
    {0x02B9, 0x02DF}, {0x037E, 0x037E}, {0x0387, 0x0387}, {0x055A, 0x055F}, {0x0589, 0x058F}, {0x05BE, 0x05BE},
    {0x05F3, 0x05F4}, {0x0600, 0x060F}, {0x061B, 0x061F}, {0x066A, 0x066D}, {0x06D4, 0x06D4}, {0x0964, 0x0965},
    {0x1361, 0x1368}, {0x1680, 0x1680}, {0x2000, 0x206F}, {0x20A0, 0x20CF}, {0x2100, 0x2BFF}, {0x2E00, 0x2E7F},
    {0x3000, 0x3004}, {0x3008, 0x3020}, {0x3030, 0x3030}, {0x30FB, 0x30FB}, {0xE000, 0xF8FF}, {0xFD3E, 0xFD3F},
    {0xFE10, 0xFE6F}, {0xFEFF, 0xFEFF}, {0xFF01, 0xFF0F}, {0xFF1A, 0xFF20}, {0xFF3B, 0xFF40}, {0xFF5B, 0xFF65},
    {0xFFE0, 0xFFFF}, {0x1F000, 0x1FAFF}, {0xE0000, 0x10FFFF}};

}  // namespace

bool is_word_character(char32_t code) {
  for (const auto& range : kNoWord) {
    if (code < range.first) return true;
    if (code <= range.last) return false;
  }
  return true;
}

bool is_latin_character(char32_t code) { return code < 0x0370 || (code >= 0x1E00 && code <= 0x1EFF); }

Digit digit_at(std::string_view text, std::size_t at) {
  const char c = byte_at(text, at);
  if (is_digit(c)) return {static_cast<unsigned>(c - '0'), 1};
  if (!is_high(c)) return {};
  const auto lead = static_cast<unsigned char>(c);
  const auto next = static_cast<unsigned char>(byte_at(text, at + 1));
  if (lead == 0xD9 && next >= 0xA0 && next <= 0xA9) return {next - 0xA0u, 2};
  if (lead == 0xDB && next >= 0xB0 && next <= 0xB9) return {next - 0xB0u, 2};
  return {};
}

std::size_t blank_length(std::string_view text, std::size_t at) {
  const char c = byte_at(text, at);
  if (c == ' ') return 1;
  if (!is_high(c)) return 0;
  const auto rest = text.substr(at);
  if (rest.starts_with("\xC2\xA0")) return 2;
  for (const auto* blank : {"\xE2\x80\xAF", "\xE2\x80\x87", "\xE2\x80\x89", "\xE2\x80\x85"}) {
    if (rest.starts_with(blank)) return 3;
  }
  return 0;
}

std::size_t invisible_length(std::string_view text, std::size_t at) {
  if (!is_high(byte_at(text, at)) || at + 3 > text.size()) return 0;
  const auto code = decode_utf8(text, at).code;
  const bool invisible = (code >= 0x200B && code <= 0x200F) || (code >= 0x202A && code <= 0x202E) ||
                         (code >= 0x2060 && code <= 0x2069) || code == 0xFEFF;
  return invisible ? 3 : 0;
}

bool is_in_row(std::string_view text, std::size_t begin) {
  const char before = byte_before(text, begin);
  return (before == ' ' || before == '\t') && begin >= 2 && is_digit(text[begin - 2]);
}

std::size_t previous_character(std::string_view text, std::size_t at) { return floor_char(text, at - 1); }

std::string lower_host(std::string_view host) {
  std::string out;
  out.reserve(host.size());
  for (std::size_t at = 0; at < host.size();) {
    if (!is_high(host[at])) {
      out += lower(host[at++]);
      continue;
    }
    const auto [code, length] = decode_utf8(host, at);
    char32_t small = code;
    if ((code >= 0xC0 && code <= 0xDE && code != 0xD7) || (code >= 0x391 && code <= 0x3A9) || (code >= 0x410 && code <= 0x42F)) {
      small = code + 0x20;
    } else if (code >= 0x400 && code <= 0x40F) {
      small = code + 0x50;
    }
    append_utf8(out, small);
    at += length;
  }
  return out;
}

bool equals_folded(std::string_view text, std::string_view word) {
  if (text.size() != word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (lower(text[i]) != word[i]) return false;
  }
  return true;
}

bool starts_folded(std::string_view text, std::size_t at, std::string_view word) {
  return at <= text.size() && equals_folded(text.substr(at, word.size()), word);
}

bool ends_folded(std::string_view text, std::size_t end, std::string_view word) {
  return end >= word.size() && equals_folded(text.substr(end - word.size(), word.size()), word);
}

}  // namespace evtriage::contacts
