// Folds text in one pass: blocks of 16 ASCII bytes by SSE, all else by a two-level table.
// The offset map holds a breakpoint only where the shift between folded and original offsets changes, so
// English needs none and French one for each accent.
// Tested by tests/rules/fold_test.cpp against make_fold_table.py's definition, one character at a time.
#include "rules/fold.h"

#include <tmmintrin.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "pipeline/core/text.h"

namespace evtriage {
namespace {

struct FoldEntry {
  std::uint8_t length;
  char bytes[8];
};
#include "rules/fold_table.inc"

constexpr FoldEntry kBlank = {1, " "};
constexpr FoldEntry kRemoved = {0, ""};
constexpr FoldEntry kOtherLetter = {4, "____"};

// Ideographs beyond the table are letters; tags and variation selectors fall away; the rest is blank.
const FoldEntry& entry_of(char32_t code) {
  if (code < 0x20000) return kFoldEntries[kFoldRows[kFoldPages[code >> 8]][code & 0xff]];
  if (code < 0x40000) return kOtherLetter;
  if (code >= 0xe0000 && code < 0xe0200) return kRemoved;
  return kBlank;
}

// Which ASCII bytes stay: one bit for each row of 16, one set of rows for each column.
struct AsciiFold {
  // Rows: 0 (line break), 2 (! $ .), 3 (digits ; ?), 4 and 6 (A-O), 5 and 7 (P-Z).
  __m128i rows = _mm_setr_epi8(1, 0, 2, 4, 8, 16, 8, 16, 0, 0, 0, 0, 0, 0, 0, 0);
  __m128i columns = _mm_setr_epi8(4 | 16, 2 | 4 | 8 | 16, 4 | 8 | 16, 4 | 8 | 16, 2 | 4 | 8 | 16, 4 | 8 | 16,
                                  4 | 8 | 16, 4 | 8 | 16, 4 | 8 | 16, 4 | 8 | 16, 1 | 8 | 16, 4 | 8, 8, 8, 2 | 8,
                                  4 | 8);
  __m128i low_nibble = _mm_set1_epi8(0x0f);
  __m128i blank = _mm_set1_epi8(' ');
  __m128i before_a = _mm_set1_epi8('A' - 1), after_z = _mm_set1_epi8('Z' + 1);
  __m128i operator()(__m128i bytes) const {
    const __m128i high = _mm_and_si128(_mm_srli_epi16(bytes, 4), low_nibble);
    const __m128i low = _mm_and_si128(bytes, low_nibble);
    const __m128i known = _mm_and_si128(_mm_shuffle_epi8(rows, high), _mm_shuffle_epi8(columns, low));
    const __m128i drop = _mm_cmpeq_epi8(known, _mm_setzero_si128());
    const __m128i upper = _mm_and_si128(_mm_cmpgt_epi8(bytes, before_a), _mm_cmpgt_epi8(after_z, bytes));
    const __m128i lower = _mm_or_si128(bytes, _mm_and_si128(upper, blank));
    return _mm_or_si128(_mm_andnot_si128(drop, lower), _mm_and_si128(drop, blank));
  }
};

}  // namespace

std::size_t FoldedText::fold_character(std::string_view utf8, std::size_t at) {
  const Character character = decode_utf8(utf8, at);
  const FoldEntry& entry = entry_of(character.code);
  std::memcpy(buffer_.get() + size_, entry.bytes, 8);
  size_ += entry.length;
  const std::size_t next = at + character.length;
  // Equal folded offsets stay side by side: the first ends what came before, the last begins what follows.
  if (entry.length != character.length)
    breaks_.push_back({static_cast<std::uint32_t>(size_), static_cast<std::uint32_t>(next)});
  return next;
}

void FoldedText::assign(std::string_view utf8) {
  const std::size_t n = utf8.size();
  const std::size_t needed = 2 * n + 2 * kFoldPadding;  // no entry is longer than twice its character
  if (capacity_ < needed) {
    buffer_ = std::make_unique_for_overwrite<char[]>(needed);
    capacity_ = needed;
  }
  breaks_.clear();
  size_ = 0;
  const AsciiFold fold_ascii;
  std::size_t at = 0;
  while (n - at >= 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(utf8.data() + at));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(buffer_.get() + size_), fold_ascii(bytes));
    const auto high = static_cast<unsigned>(_mm_movemask_epi8(bytes));
    const auto plain = static_cast<std::size_t>(high == 0 ? 16 : std::countr_zero(high));
    at += plain;
    size_ += plain;
    if (high != 0) {
      do at = fold_character(utf8, at);
      while (at < n && (utf8[at] & 0x80) != 0);
    }
  }
  while (at < n) at = fold_character(utf8, at);
  std::memset(buffer_.get() + size_, ' ', kFoldPadding);
}

std::uint32_t FoldedText::original(std::uint32_t folded) const {
  const auto after = std::upper_bound(breaks_.begin(), breaks_.end(), folded,
                                      [](std::uint32_t value, const Break& b) { return value < b.folded; });
  std::uint32_t offset = folded;
  if (after != breaks_.begin()) offset = (after - 1)->original + (folded - (after - 1)->folded);
  return after == breaks_.end() ? offset : std::min(offset, after->original - 1);  // one character, several letters
}

std::uint32_t FoldedText::folded(std::uint32_t original) const {
  const auto after = std::upper_bound(breaks_.begin(), breaks_.end(), original,
                                      [](std::uint32_t value, const Break& b) { return value < b.original; });
  const auto size = static_cast<std::uint32_t>(size_);
  if (after == breaks_.begin()) return std::min(original, size);
  const Break& before = *(after - 1);
  const std::uint32_t offset = std::min(before.folded + (original - before.original), size);
  return after == breaks_.end() ? offset : std::min(offset, after->folded);
}

std::string fold(std::string_view utf8) {
  FoldedText folded;
  folded.assign(utf8);
  return std::string(folded.text());
}

ArabicLetters arabic_letters() {
  return {kArabicAlef, kArabicLam, kArabicWaw, kArabicFeh, kArabicBeh, kArabicKaf};
}

std::string_view fold_unicode_version() { return kUnicodeVersion; }

}  // namespace evtriage
