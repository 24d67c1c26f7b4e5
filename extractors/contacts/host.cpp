// Host names inside text.  The run is taken whole first and judged after, so that "bar.baz.min.js" is
// refused as a whole instead of being cut down to something that happens to be a domain.
// Tested by tests/extractors/contacts/parts_test.cpp.
#include "extractors/contacts/host.h"

#include <array>

#include "extractors/contacts/characters.h"
#include "extractors/contacts/tld.h"
#include "pipeline/core/text.h"

namespace evtriage::contacts {
namespace {

constexpr auto kPlainHostBytes = [] {
  std::array<bool, 256> table{};
  for (unsigned c = 0; c < 128; ++c) table[c] = is_alnum(static_cast<char>(c)) || c == '-' || c == '.';
  return table;
}();
bool is_plain_host_byte(char c) { return kPlainHostBytes[static_cast<unsigned char>(c)]; }

}  // namespace

std::size_t host_end(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at <= kMaxHost) {
    if (is_plain_host_byte(text[end])) {
      if (text[end] == '.' && byte_at(text, end + 1) == '.') break;
      ++end;
    } else if (is_high(text[end])) {
      const auto [code, length] = decode_utf8(text, end);
      if (!is_word_character(code)) break;
      end += length;
    } else {
      break;
    }
  }
  while (end > at && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
  return end;
}

std::size_t host_begin(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin <= kMaxHost) {
    if (is_plain_host_byte(text[begin - 1])) {
      if (text[begin - 1] == '.' && byte_at(text, begin) == '.') break;
      --begin;
    } else if (is_high(text[begin - 1])) {
      const std::size_t first = previous_character(text, begin);
      if (!is_word_character(decode_utf8(text, first).code)) break;
      begin = first;
    } else {
      break;
    }
  }
  while (begin < at && (text[begin] == '.' || text[begin] == '-')) ++begin;
  return begin;
}

std::string_view last_label(std::string_view host) {
  const auto dot = host.rfind('.');
  return dot == std::string_view::npos ? host : host.substr(dot + 1);
}

bool is_well_formed_host(std::string_view text) {
  if (text.empty() || text.size() > kMaxHost) return false;
  while (true) {
    const auto dot = text.find('.');
    const auto label = text.substr(0, dot);
    if (label.empty() || label.size() > kMaxLabel || label.front() == '-' || label.back() == '-') return false;
    for (const char c : label) {
      if (!is_alnum(c) && c != '-' && !is_high(c)) return false;
    }
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

std::optional<std::string> known_host(std::string_view text) {
  if (text.find('.') == std::string_view::npos || !is_well_formed_host(text)) return std::nullopt;
  std::string host = lower_host(text);
  if (!is_tld(last_label(host))) return std::nullopt;
  return host;
}

std::optional<std::string> known_host_before_sentence(std::string_view text, std::size_t& length) {
  length = text.size();
  auto host = known_host(text);
  if (host) return host;
  const auto last = last_label(text);
  const bool next_sentence = !last.empty() && last.size() < text.size() && last.front() >= 'A' && last.front() <= 'Z' &&
                             last.size() > 1 && last[1] >= 'a';
  if (!next_sentence) return std::nullopt;
  length = text.size() - last.size() - 1;
  return known_host(text.substr(0, length));
}

bool is_ipv4(std::string_view text) {
  unsigned numbers = 0;
  while (true) {
    const auto dot = text.find('.');
    const auto part = text.substr(0, dot);
    if (part.empty() || part.size() > 3 || (part.size() > 1 && part.front() == '0')) return false;
    unsigned value = 0;
    for (const char c : part) {
      if (!is_digit(c)) return false;
      value = value * 10 + static_cast<unsigned>(c - '0');
    }
    if (value > 255) return false;
    ++numbers;
    if (dot == std::string_view::npos) return numbers == 4;
    if (numbers == 4) return false;
    text.remove_prefix(dot + 1);
  }
}

}  // namespace evtriage::contacts
