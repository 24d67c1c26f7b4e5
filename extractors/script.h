// Scripts of characters, as far as finding text among bytes needs them: coarse blocks, not the full
// property tables of Unicode.
// Tested by tests/extractors/encoding_test.cpp.
#pragma once
#include <cstdint>
#include <string_view>

namespace evtriage {

enum class Script : std::uint8_t { none, latin, greek, cyrillic, hebrew, arabic, other };

constexpr Script script_of(char32_t c) {  // none: no letter
  if (c < 0x80) return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? Script::latin : Script::none;
  if (c < 0xc0) return c == 0xaa || c == 0xba ? Script::latin : Script::none;
  if (c < 0x250) return c == 0xd7 || c == 0xf7 ? Script::none : Script::latin;
  if (c >= 0x1e00 && c < 0x1f00) return Script::latin;
  if (c >= 0x386 && c < 0x400) return Script::greek;
  if (c >= 0x400 && c < 0x530) return Script::cyrillic;
  if (c >= 0x5d0 && c < 0x5eb) return Script::hebrew;
  if ((c >= 0x620 && c < 0x660) || (c >= 0x66e && c < 0x6d4) || (c >= 0x750 && c < 0x780)) return Script::arabic;
  if (c >= 0xfe70 && c < 0xfefd) return Script::arabic;
  if ((c >= 0x3040 && c < 0x3100) || (c >= 0x4e00 && c < 0xa000) || (c >= 0xac00 && c < 0xd7a4)) return Script::other;
  return Script::none;
}

constexpr bool is_capital(char32_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c < 0xdf && c != 0xd7) || (c >= 0x391 && c < 0x3ac) ||
         (c >= 0x400 && c < 0x430) || c == 0x152 || c == 0x160 || c == 0x178;
}

// The accented letters of French and Portuguese, the letters of Arabic, the frequent ones of Russian.
constexpr bool is_common_letter(char32_t c) {
  if (c >= 0x627 && c <= 0x64a) return c != 0x640;
  if (c >= 0x430 && c < 0x450) return true;
  constexpr std::u32string_view latin = U"éèêëàâáãçîïíôõóûùúüœñÉÀÇÊÃÕÁÓ";
  return latin.find(c) != latin.npos;
}

}  // namespace evtriage
