// The last resort: runs of text out of bytes of no known format, in 8 bits (ASCII, UTF-8, Latin-1 letters
// inside words, Arabic of Windows-1256) and in UTF-16 of both byte orders.  byte_masks.h proposes places at
// memory speed, shape.h throws out what only looks printable.
// Tested by tests/extractors/strings_test.cpp.
#include <algorithm>
#include <array>
#include <bit>

#include "extractors/builtin.h"
#include "extractors/byte_masks.h"
#include "extractors/encoding.h"
#include "extractors/shape.h"
#include "pipeline/core/language.h"

namespace evtriage {
namespace {

constexpr std::size_t enough = 6;  // characters

unsigned char byte(std::string_view s, std::size_t i) { return static_cast<unsigned char>(s[i]); }

// One line for each run; every encoding has its own text, so that offsets only ever rise.
struct Lines {
  std::string text;
  OffsetMap map;
  std::size_t free = 0;  // page offset behind the last run

  void add(std::string_view utf8, OffsetMap part, std::uint64_t source_end) {
    const auto& runs = part.runs();
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const std::uint64_t end = i + 1 < runs.size() ? runs[i + 1].text_begin : part.text_size();
      map.append(end - runs[i].text_begin, runs[i].source, runs[i].text_unit, runs[i].source_unit);
    }
    text += utf8;
    map.append(1, {source_end, source_end}, 0, 0);
    text += '\n';
  }
};

struct Taken {
  char32_t code = 0;
  unsigned bytes = 0;  // 0: no text here
};

// A character of UTF-8 text at `i`: printable ASCII, a letter, or punctuation of running text.
Taken narrow_at(std::string_view s, std::size_t i) {
  const unsigned char c = byte(s, i);
  if (c < 0x80) return {c, c >= 0x20 && c < 0x7f ? 1u : 0u};
  const std::size_t length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
  if (c < 0xc3 || s.size() - i < length || !is_valid_utf8(s.substr(i, length))) return {};
  const Character character = decode_utf8(s, i);
  const char32_t code = character.code;
  const bool text = script_of(code) != Script::none || (code >= 0x2010 && code < 0x2040) || code == 0x20ac ||
                    (code >= 0x600 && code < 0x700) || (code >= 0x1f300 && code < 0x1fb00);
  return {code, text ? character.length : 0};
}

bool is_ascii_letter(unsigned char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

// A Latin-1 letter between ASCII letters: "recu" with a cedilla in an old file.
bool is_accent(std::string_view s, std::size_t i) {
  return i > 0 && i + 1 < s.size() && byte(s, i) >= 0xc0 && byte(s, i) != 0xd7 && byte(s, i) != 0xf7 &&
         is_ascii_letter(byte(s, i - 1)) && (is_ascii_letter(byte(s, i + 1)) || byte(s, i + 1) == ' ');
}

// What a run of ASCII holds, counted in one look-up a byte: 16 bits each for characters, letters and blanks,
// digits, and @.  Runs that are no text are mostly refused here:
// strings went from 40 to 36 % of all CPU on 742 MB of shared libraries.
constexpr std::size_t glance_bytes = 4096;
constexpr auto glances = [] {
  std::array<std::uint64_t, 256> table{};
  for (unsigned c = 0x20; c < 0x7f; ++c) {
    const bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    table[c] = 1 | std::uint64_t{letter || c == ' '} << 16 | std::uint64_t{c >= '0' && c <= '9'} << 32 | std::uint64_t{c == '@'} << 48;
  }
  return table;
}();

// False: Shape would not call such a run text, in whatever order the characters stand.
bool may_be_text(std::uint64_t counts) {
  const std::uint64_t characters = counts & 0xffff, worded = counts >> 16 & 0xffff;
  return counts >> 48 > 0 || (counts >> 32 & 0xffff) >= 7 || (worded >= 6 && worded * 3 >= characters * 2);
}

// Is the run at `begin` short and plain, and no text?  Then `end` is where it ends.
bool is_plain_noise(std::string_view s, std::size_t begin, std::size_t& end) {
  const std::size_t limit = std::min(s.size() - begin, glance_bytes) + begin;
  std::uint64_t counts = 0;
  for (end = begin; end < limit && glances[byte(s, end)] != 0; ++end) counts += glances[byte(s, end)];
  if (may_be_text(counts)) return false;
  return end == s.size() || (end < limit && narrow_at(s, end).bytes == 0 && !is_accent(s, end));
}

void narrow_run(std::string_view s, std::size_t begin, std::uint64_t base, Lines& lines) {
  if (is_plain_noise(s, begin, lines.free)) return;
  Shape shape;
  std::size_t end = begin, characters = 0;
  bool accents = false;
  while (end < s.size()) {
    if (glances[byte(s, end)] != 0) {
      shape.feed(byte(s, end++));
      ++characters;
      continue;
    }
    Taken taken = narrow_at(s, end);
    if (taken.bytes == 0 && is_accent(s, end)) {
      taken = {byte(s, end), 1};
      accents = true;
    }
    if (taken.bytes == 0) break;
    shape.feed(taken.code);
    end += taken.bytes;
    ++characters;
  }
  lines.free = end;
  if (characters < enough || !shape.is_text()) return;
  const std::string_view run = s.substr(begin, end - begin);
  if (!accents) return lines.add(run, OffsetMap::identity(run.size(), base + begin), base + end);
  std::string text;
  OffsetMap map;
  for (std::size_t i = begin; i < end;) {
    const Taken taken = narrow_at(s, i);
    const std::size_t before = text.size();
    append_utf8(text, taken.bytes != 0 ? taken.code : byte(s, i));
    const std::uint64_t n = text.size() - before;
    const std::uint64_t source = std::max(taken.bytes, 1u);
    const bool same = n == source;
    map.append(n, {base + i, base + i + source}, same ? 1 : static_cast<std::uint8_t>(n), 1);
    i += source;
  }
  lines.add(text, std::move(map), base + end);
}

char32_t unit_at(std::string_view s, std::size_t i, bool big) {
  return static_cast<char32_t>(big ? byte(s, i) << 8 | byte(s, i + 1) : byte(s, i + 1) << 8 | byte(s, i));
}

bool wide_text(char32_t c) {
  return (c >= 0x20 && c < 0x7f) || script_of(c) != Script::none || (c >= 0x600 && c < 0x700) ||
         (c >= 0x2010 && c < 0x2040) || c == 0x20ac;
}

std::size_t wide_end(std::string_view s, std::size_t begin, bool big) {
  while (s.size() - begin >= 2 && wide_text(unit_at(s, begin, big))) begin += 2;
  return begin;
}

void wide_run(std::string_view s, std::size_t begin, std::uint64_t base, bool big, Lines& lines) {
  const std::size_t end = wide_end(s, begin, big);
  lines.free = std::max(begin + 1, end);
  if (end - begin < 2 * enough) return;
  // The same bytes read one byte off, in the other order, are text as well: the longer reading is the true
  // one, and of two equal ones the one at an even offset, where programs keep their strings.
  const std::size_t other_begin = begin > 0 && wide_text(unit_at(s, begin - 1, !big)) ? begin - 1 : begin + 1;
  const std::size_t other = wide_end(s, other_begin, !big) - other_begin;
  if (other > end - begin || (other == end - begin && (base + begin) % 2 != 0)) return;
  Shape shape;
  for (std::size_t i = begin; i < end; i += 2) shape.feed(unit_at(s, i, big));
  if (!shape.is_text()) return;
  Decoded decoded = decode(s.substr(begin, end - begin), big ? "utf-16be" : "utf-16le", base + begin);
  lines.add(decoded.utf8, std::move(decoded.map), base + end);
}

// Arabic words are two to twelve letters long, and a third of them is alef, lam, yeh, waw, meem and noon.
void arabic_run(std::string_view s, std::size_t begin, std::uint64_t base, const char16_t* upper, Lines& lines) {
  constexpr std::u16string_view frequent = u"\u0627\u0644\u064a\u0648\u0645\u0646";
  std::size_t end = begin, letters = 0, common = 0, words = 1, word = 0;
  bool long_word = false, foreign = false;
  for (; end < s.size() && (byte(s, end) >= 0xc0 || byte(s, end) == ' '); ++end) {
    if (byte(s, end) == ' ') {
      words += word > 0 ? 1u : 0u;
      word = 0;
      continue;
    }
    const char16_t unit = upper[byte(s, end) - 0x80];
    if (script_of(unit) == Script::arabic || (unit >= 0x64b && unit < 0x653)) ++letters;
    else foreign = true;
    common += frequent.find(unit) != frequent.npos ? 1u : 0u;
    long_word = long_word || ++word > 14;
  }
  lines.free = end;
  if (end - begin < 12 || long_word || foreign || words < 3 || common * 5 < letters * 2 || common * 5 > letters * 4) return;
  if (is_valid_utf8(s.substr(begin, end - begin))) return;
  Decoded decoded = decode(s.substr(begin, end - begin), "windows-1256", base + begin);
  lines.add(decoded.utf8, std::move(decoded.map), base + end);
}

// Calls `take` at each proposed place that no earlier run has covered.
template <class Take>
void visit(const Mask& mask, std::size_t block, const Lines& lines, std::size_t size, Take take) {
  for (std::size_t word = 0; word < mask_words; ++word) {
    std::uint64_t left = mask[word];
    while (left != 0) {
      const std::size_t at = block + 64 * word + static_cast<std::size_t>(std::countr_zero(left));
      if (at >= size) return;
      if (at >= lines.free) take(at);
      const std::size_t skip = lines.free > block + 64 * word ? lines.free - (block + 64 * word) : 0;
      if (skip >= 64) break;
      left &= left - 1;
      left &= ~std::uint64_t{0} << skip;
    }
  }
}

void emit_lines(Lines lines, const Page& page, Emit& emit) {
  if (lines.text.empty()) return;
  const ByteRange owned{text_offset(lines.map, page.owned.begin), text_offset(lines.map, page.owned.end)};
  if (owned.begin == owned.end) return;
  TextSegment segment = TextSegment::of(Blob::own(std::move(lines.text)), std::move(lines.map), "strings");
  segment.owned = owned;
  segment.language = detect_language(segment.utf8.chars().substr(owned.begin));
  emit.text(std::move(segment));
}

class Strings final : public PageExtractor {
 public:
  std::string_view name() const override { return "strings"; }
  std::uint32_t version() const override { return 1; }
  std::optional<std::string> plan(ByteView, std::uint64_t, const Identity&) const override { return "strings"; }

  void extract(const Page& page, std::string_view, Emit& emit) const override {
    const std::string_view s = page.bytes.chars();
    const char16_t* const arabic_upper = upper_half("windows-1256");
    Lines narrow, little, big, arabic;
    Proposals proposals;
    for (std::size_t block = 0; block < s.size(); block += mask_block_bytes) {
      propose(s, block, proposals);
      visit(proposals.narrow, block, narrow, s.size(), [&](std::size_t at) { narrow_run(s, at, page.begin, narrow); });
      visit(proposals.little, block, little, s.size(), [&](std::size_t at) { wide_run(s, at, page.begin, false, little); });
      visit(proposals.big, block, big, s.size(), [&](std::size_t at) { wide_run(s, at, page.begin, true, big); });
      visit(proposals.arabic, block, arabic, s.size(),
            [&](std::size_t at) { arabic_run(s, at, page.begin, arabic_upper, arabic); });
      if (emit.stop_requested()) return;
    }
    emit_lines(std::move(narrow), page, emit);
    emit_lines(std::move(little), page, emit);
    emit_lines(std::move(big), page, emit);
    emit_lines(std::move(arabic), page, emit);
  }
};

}  // namespace

std::unique_ptr<const PageExtractor> make_strings_extractor() { return std::make_unique<Strings>(); }

}  // namespace evtriage
