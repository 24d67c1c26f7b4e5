// Which encoding: byte order mark, then what only one encoding can look like (UTF-8, UTF-16 by the shape of
// its units), then the claim if it decodes, then a tie-break among single-byte encodings by whether the
// characters form words of one script, with uchardet as one more voice and as the judge of East Asian ones.
// Tested by tests/extractors/encoding_test.cpp.
#include <uchardet/uchardet.h>

#include <algorithm>
#include <array>

#include "extractors/encoding.h"
#include "extractors/script.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr std::size_t sample_bytes = 16 << 10;

struct Label {
  std::string_view label, name;  // label: lower case letters and digits only
};
constexpr Label labels[] = {
    {"utf8", "utf-8"}, {"usascii", "utf-8"}, {"ascii", "utf-8"}, {"utf16", "utf-16le"}, {"utf16le", "utf-16le"},
    {"utf16be", "utf-16be"}, {"utf32", "utf-32le"}, {"utf32le", "utf-32le"}, {"utf32be", "utf-32be"},
    {"iso88591", "windows-1252"}, {"latin1", "windows-1252"}, {"cp1252", "windows-1252"}, {"ansi", "windows-1252"},
    {"windows1252", "windows-1252"}, {"iso885915", "iso-8859-15"}, {"latin9", "iso-8859-15"},
    {"windows1256", "windows-1256"}, {"cp1256", "windows-1256"}, {"iso88596", "iso-8859-6"},
    {"macintosh", "macintosh"}, {"macroman", "macintosh"}, {"xmacroman", "macintosh"}, {"maccentraleurope", ""},
    {"macarabic", "mac-arabic"}, {"xmacarabic", "mac-arabic"}, {"ibm850", "ibm850"}, {"cp850", "ibm850"},
    {"ibm437", "ibm437"}, {"cp437", "ibm437"}, {"ibm858", "ibm858"}, {"cp858", "ibm858"}, {"ibm866", "ibm866"},
    {"cp866", "ibm866"}, {"ibm864", "ibm864"}, {"cp864", "ibm864"}, {"cp720", "ibm720"}, {"dos720", "ibm720"},
    {"windows1250", "windows-1250"}, {"cp1250", "windows-1250"}, {"windows1251", "windows-1251"},
    {"cp1251", "windows-1251"}, {"windows1253", "windows-1253"}, {"windows1254", "windows-1254"},
    {"iso88599", "windows-1254"}, {"windows1255", "windows-1255"}, {"windows1257", "windows-1257"},
    {"windows1258", "windows-1258"}, {"iso88592", "iso-8859-2"}, {"iso88595", "iso-8859-5"},
    {"iso88597", "iso-8859-7"}, {"iso88598", "iso-8859-8"}, {"iso88598i", "iso-8859-8"}, {"koi8r", "koi8-r"},
    {"koi8u", "koi8-u"}, {"shiftjis", "shift_jis"}, {"sjis", "shift_jis"}, {"xsjis", "shift_jis"},
    {"windows31j", "shift_jis"}, {"gb18030", "gb18030"}, {"gbk", "gb18030"}, {"gb2312", "gb18030"},
    {"hzgb2312", "hz-gb-2312"}, {"big5", "big5"}, {"big5hkscs", "big5"}, {"eucjp", "euc-jp"}, {"euckr", "euc-kr"},
    {"ksc56011987", "euc-kr"}, {"uhc", "euc-kr"}, {"euctw", "euc-tw"}, {"iso2022jp", "iso-2022-jp"},
    {"iso2022kr", "iso-2022-kr"}, {"tis620", "windows-874"}, {"windows874", "windows-874"}};

// C0 without layout and ESC, and DEL.
std::size_t control_bytes(std::string_view s) {
  constexpr std::size_t block = 128;  // counts fit a byte: the compiler makes vectors of the inner loop
  std::size_t count = 0;
  for (std::size_t at = 0; at < s.size(); at += block) {
    std::uint8_t found = 0;
    for (const char ch : s.substr(at, block)) {
      const auto c = static_cast<std::uint8_t>(ch);
      const bool layout = (c >= 9) & (c <= 13);
      found = static_cast<std::uint8_t>(found + (((c < 0x20) & !layout & (c != 27)) | (c == 0x7f)));
    }
    count += found;
  }
  return count;
}

bool bearable(std::size_t controls, std::size_t size, bool known_text) {
  return controls * (known_text ? 4 : 50) <= size;
}

// Units that running text of the scripts of the world's offices is made of.
bool plausible_unit(char32_t c) {
  if (c < 0x80) return c >= 0x20 ? c != 0x7f : c == 9 || c == 10 || c == 13;
  return (c >= 0xa0 && c < 0x180) || (c >= 0x370 && c < 0x530) || (c >= 0x5d0 && c < 0x700) ||
         (c >= 0x2010 && c < 0x2040) || c == 0x20ac || (c >= 0x3000 && c < 0x3100) || (c >= 0x4e00 && c < 0xa000) ||
         (c >= 0xac00 && c < 0xd7a4) || (c >= 0xfe70 && c <= 0xfefc) || (c >= 0xff00 && c < 0xffa0);
}

bool is_ideograph(char32_t c) { return c >= 0x4e00 && c < 0xa000; }

bool is_kana_or_hangul(char32_t c) { return (c >= 0x3040 && c < 0x3100) || (c >= 0xac00 && c < 0xd7a4); }

// What parts words and sentences: East Asian text has no blanks, but stops, commas and wide blanks.
bool is_pause(char32_t c) {
  return c == ' ' || c == '\n' || c == '\t' || (c >= 0x3000 && c <= 0x3002) || c == 0xff0c || c == 0xff0e || c == 0xff01 || c == 0xff1a || c == 0xff1b || c == 0xff1f;
}

// Text in UTF-16 without a mark: nearly all units are letters of text, and pauses stand among them.  Pairs of ASCII
// letters look like ideographs, but then no low byte lies outside ASCII.
// `has_controls`: bytes such as 00, 04, 06, which all other scripts leave in every second place.
bool looks_utf16(std::string_view s, bool big, bool has_controls) {
  s = s.substr(0, std::min<std::size_t>(s.size(), 64 << 10));
  std::size_t good = 0, pauses = 0, ideographs = 0, others = 0, no_ascii = 0;
  const std::size_t units = s.size() / 2;
  for (std::size_t i = 0; i < units; ++i) {
    const auto a = static_cast<unsigned char>(s[2 * i]), b = static_cast<unsigned char>(s[2 * i + 1]);
    const char32_t unit = static_cast<char32_t>(big ? a << 8 | b : b << 8 | a);
    good += plausible_unit(unit) || (unit >= 0xd83c && unit < 0xd840) || (unit >= 0xdc00 && unit < 0xe000) ? 1u : 0u;
    if ((i + 1 - good) * 20 > units) return false;  // more than 5 of 100 already: most binaries end here
    pauses += is_pause(unit) ? 1u : 0u;
    const bool ideograph = is_ideograph(unit);
    ideographs += ideograph ? 1u : 0u;
    others += is_kana_or_hangul(unit) ? 1u : 0u;
    no_ascii += ideograph && ((unit & 0xff) < 0x20 || (unit & 0xff) > 0x7e) ? 1u : 0u;
  }
  if (units < 4 || good * 100 < units * 95) return false;
  if ((ideographs + others) * 2 < units) return has_controls && pauses * 64 >= units;
  return (has_controls || units >= 16) && pauses > 0 && pauses * 200 >= units && no_ascii * 3 >= ideographs;
}

// How much the high bytes read like words under one single-byte encoding; may be negative.
int score(std::string_view s, const char16_t* upper) {
  int points = 0;
  Script before = Script::none;
  bool before_small = false;
  for (const char ch : s) {
    const auto c = static_cast<unsigned char>(ch);
    const char16_t unit = c < 0x80 ? static_cast<char16_t>(c) : upper[c - 0x80];
    const Script script = script_of(unit);
    const bool letter = script != Script::none;
    const bool capital = is_capital(unit);
    if (c >= 0x80) {
      if (unit == 0 || (unit >= 0x80 && unit < 0xa0)) points -= 12;
      else if (!letter) points += before == Script::none ? 0 : unit == 0x2019 ? 2 : -3;
      else points += is_common_letter(unit) ? 4 : 1;
    }
    if (letter && before != Script::none && (c >= 0x80 || before != Script::latin)) {
      points += before == script ? 2 : -6;
      if (capital && before_small) points -= 6;
    }
    before = script;
    before_small = letter && !capital && script != Script::arabic && script != Script::other;
  }
  return points;
}

std::string_view by_uchardet(std::string_view sample) {
  const uchardet_t detector = uchardet_new();
  if (detector == nullptr) return {};
  uchardet_handle_data(detector, sample.data(), sample.size());
  uchardet_data_end(detector);
  const std::string_view name = encoding_named(uchardet_get_charset(detector));
  uchardet_delete(detector);
  return name;
}

// East Asian text: at most one character in 200 is broken, and the characters are of those scripts.
bool decodes_cleanly(std::string_view sample, std::string_view encoding) {
  const Decoded decoded = decode(sample, encoding, 0);
  return decoded.broken * 200 <= sample.size() && decoded.broken <= 1 + sample.size() / 400;
}

std::string_view by_words(std::string_view sample) {
  constexpr std::string_view candidates[] = {"windows-1252", "windows-1256", "macintosh", "ibm850", "iso-8859-6",
                                             "windows-1251", "windows-1250", "koi8-r", "ibm866", "iso-8859-15",
                                             "windows-1253", "windows-1254", "windows-1255"};
  const std::string_view voice = by_uchardet(sample);
  if (!voice.empty() && upper_half(voice) == nullptr && code_unit_bytes(voice) == 1 && voice != "utf-8" &&
      decodes_cleanly(sample, voice)) {
    return voice;
  }
  std::string_view best = candidates[0];
  int most = -1'000'000'000;
  for (const std::string_view name : candidates) {  // ties: the earlier one, as the table is by frequency
    const int points = score(sample, upper_half(name));
    const int with_voice = points + (name == voice ? std::abs(points) / 10 + 2 : 0);
    if (with_voice > most) {
      most = with_voice;
      best = name;
    }
  }
  return best;
}

// The part of the head that tells most: from shortly before the first byte above ASCII.
std::string_view telling_sample(std::string_view head) {
  std::size_t first = 0;
  while (first < head.size() && static_cast<unsigned char>(head[first]) < 0x80) ++first;
  const std::size_t from = first > 64 ? first - 64 : 0;
  return head.substr(from, sample_bytes);
}

bool is_utf8(std::string_view head, bool cut) {
  const std::size_t good = valid_utf8_prefix(head);
  if (good == head.size()) return true;
  return cut && head.size() - good < 4 && (static_cast<unsigned char>(head[good]) & 0xc0) == 0xc0;
}

}  // namespace

std::string_view encoding_named(std::string_view label) {
  std::string plain;
  for (const char c : label.substr(0, 40)) {
    if (c >= 'A' && c <= 'Z') plain += static_cast<char>(c + 32);
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) plain += c;
  }
  for (const Label& entry : labels) {
    if (entry.label == plain) return entry.name;
  }
  return {};
}

std::string_view charset_of(std::string_view type) {
  constexpr std::string_view key = "charset=";
  for (std::size_t at = 0; at + key.size() <= type.size(); ++at) {
    const bool same = std::equal(key.begin(), key.end(), type.begin() + static_cast<std::ptrdiff_t>(at), [](char a, char b) {
      return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
    });
    if (!same) continue;
    std::string_view value = type.substr(at + key.size());
    const bool quoted = !value.empty() && (value[0] == '"' || value[0] == '\'');
    if (quoted) value.remove_prefix(1);
    return value.substr(0, value.find_first_of(quoted ? "\"'" : "; \t\r\n\"'/>"));
  }
  return {};
}

std::optional<std::string> detect_encoding(std::string_view head, const EncodingHint& hint) {
  for (const std::string_view name : {"utf-8", "utf-32le", "utf-32be", "utf-16le", "utf-16be", "gb18030"}) {
    if (bom_length(head, name) == 0) continue;
    const bool wide = code_unit_bytes(name) != 1;
    if (!wide || hint.known_text || head.size() < 64 || decode(head.substr(0, 4096), name, 0).broken < 32) return std::string(name);
  }
  if (head.empty()) return std::nullopt;
  const std::string_view sample = head.substr(0, std::min<std::size_t>(head.size(), 64 << 10));
  const std::size_t sample_controls = control_bytes(sample);
  const bool few_controls = bearable(sample_controls, sample.size(), hint.known_text);
  const std::string_view claimed = encoding_named(hint.claimed);
  const bool good_utf8 = few_controls && is_utf8(head, hint.cut);
  if (!good_utf8 || code_unit_bytes(claimed) == 2) {
    for (const bool big : {false, true}) {
      if (looks_utf16(sample, big, !few_controls)) return std::string(big ? "utf-16be" : "utf-16le");
    }
  }
  if (!few_controls) return std::nullopt;
  if (claimed.starts_with("iso-2022") || claimed.starts_with("hz-")) return std::string(claimed);
  if (good_utf8) return "utf-8";
  if (bearable(control_bytes(head), head.size(), hint.known_text) == false) return std::nullopt;
  const std::string_view telling = telling_sample(head);
  if (!claimed.empty() && code_unit_bytes(claimed) == 1 && claimed != "utf-8" && decodes_cleanly(telling, claimed)) {
    return std::string(claimed);
  }
  // Mostly UTF-8 with damage: broken bytes are rarer than good characters.
  const Decoded as_utf8 = decode(telling, "utf-8", 0);
  std::size_t high = 0;
  for (const char c : telling) high += static_cast<unsigned char>(c) >= 0x80 ? 1u : 0u;
  if (as_utf8.broken * 4 <= high) return "utf-8";
  if (!hint.known_text && high * 10 > telling.size() * 9) return std::nullopt;  // no blanks, no digits: no text
  return std::string(by_words(telling));
}

}  // namespace evtriage
