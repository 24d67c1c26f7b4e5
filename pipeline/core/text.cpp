// UTF-8 checks and printing: sixteen bytes at a time where the text is ASCII, else one sequence.  See text.h.
// Tested by tests/pipeline/core/text_test.cpp.
#include "pipeline/core/text.h"

#include <emmintrin.h>

#include <bit>
#include <cstring>

namespace evtriage {
namespace {

unsigned char at(std::string_view s, std::size_t i) { return static_cast<unsigned char>(s[i]); }

// Length of the valid sequence at `i`, or 0.  Table 3-7 of the Unicode Standard.
unsigned sequence(std::string_view s, std::size_t i) {
  const unsigned char lead = at(s, i);
  if (lead < 0x80) return 1;
  const std::size_t left = s.size() - i;
  const auto tail = [&](std::size_t k, unsigned char low = 0x80, unsigned char high = 0xbf) {
    return at(s, i + k) >= low && at(s, i + k) <= high;
  };
  if (lead >= 0xc2 && lead <= 0xdf) return left >= 2 && tail(1) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    const unsigned char low = lead == 0xe0 ? 0xa0 : 0x80, high = lead == 0xed ? 0x9f : 0xbf;
    return left >= 3 && tail(1, low, high) && tail(2) ? 3 : 0;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const unsigned char low = lead == 0xf0 ? 0x90 : 0x80, high = lead == 0xf4 ? 0x8f : 0xbf;
    return left >= 4 && tail(1, low, high) && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::size_t valid_utf8_prefix(std::string_view bytes) {
  std::size_t i = 0;
  while (i < bytes.size()) {
    if (bytes.size() - i >= 16) {  // most text is ASCII; a letter of more bytes is found without asking each before it
      const auto high = static_cast<unsigned>(_mm_movemask_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes.data() + i))));
      if (high == 0) {
        i += 16;
        continue;
      }
      i += static_cast<std::size_t>(std::countr_zero(high));
    }
    const unsigned length = sequence(bytes, i);
    if (length == 0) return i;
    i += length;
  }
  return bytes.size();
}

bool is_valid_utf8(std::string_view bytes) { return valid_utf8_prefix(bytes) == bytes.size(); }

Character decode_utf8(std::string_view text, std::size_t i) {
  const unsigned char lead = at(text, i);
  if (lead < 0x80) return {lead, 1};
  const auto low = [&](std::size_t k) { return static_cast<char32_t>(at(text, i + k) & 0x3f); };
  if (lead < 0xe0) return {(static_cast<char32_t>(lead & 0x1f) << 6) | low(1), 2};
  if (lead < 0xf0) return {(static_cast<char32_t>(lead & 0x0f) << 12) | (low(1) << 6) | low(2), 3};
  return {(static_cast<char32_t>(lead & 0x07) << 18) | (low(1) << 12) | (low(2) << 6) | low(3), 4};
}

void append_utf8(std::string& out, char32_t code) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xc0 | (code >> 6));
    put(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    put(0xe0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3f));
    put(0x80 | (code & 0x3f));
  } else {
    put(0xf0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3f));
    put(0x80 | ((code >> 6) & 0x3f));
    put(0x80 | (code & 0x3f));
  }
}

std::string printable(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  while (!bytes.empty()) {
    const std::size_t good = valid_utf8_prefix(bytes);
    out += bytes.substr(0, good);
    bytes.remove_prefix(good);
    if (bytes.empty()) break;
    out += "\\x";
    out += digits[at(bytes, 0) >> 4];
    out += digits[at(bytes, 0) & 15];
    bytes.remove_prefix(1);
  }
  return out;
}

std::size_t floor_char(std::string_view text, std::size_t i) {
  if (i >= text.size()) return text.size();
  while (i > 0 && (at(text, i) & 0xc0) == 0x80) --i;
  return i;
}

std::size_t ceil_char(std::string_view text, std::size_t i) {
  while (i < text.size() && (at(text, i) & 0xc0) == 0x80) ++i;
  return std::min(i, text.size());
}

}  // namespace evtriage
