// The anchor pass with SSE2 and SSE4.1: one load for every 16 bytes, a few compares, masks of 64 bits.
// Neighbours are looked at by shifting masks, so a sentence end or a time of day raises no anchor at all.
// Tested by tests/extractors/contacts/anchors_test.cpp.
#include "extractors/contacts/anchors.h"

#include <bit>
#include <cstring>
#include <emmintrin.h>

#include "extractors/contacts/characters.h"

namespace evtriage::contacts {
namespace {

constexpr std::size_t kBlock = 64, kStretch = 4096;

struct Masks {  // bit i: byte i of the block
  std::uint64_t at = 0, colon = 0, dot = 0, plus = 0, zero = 0, digit = 0, word = 0, slash = 0, l = 0, wide_lead = 0, wide_second = 0;
};

std::uint64_t bits(__m128i mask) { return static_cast<std::uint32_t>(_mm_movemask_epi8(mask)); }

// The bytes of `v` from `first` to `first + count - 1`, as 0xFF.
__m128i within(__m128i v, char first, char count) {
  const __m128i moved = _mm_sub_epi8(v, _mm_set1_epi8(first));
  return _mm_cmpeq_epi8(_mm_min_epu8(moved, _mm_set1_epi8(static_cast<char>(count - 1))), moved);
}

inline void add_quarter(Masks& m, const char* bytes, unsigned shift) {
  const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  const __m128i folded = _mm_or_si128(v, _mm_set1_epi8(0x20));
  const __m128i digit = within(v, '0', 10);
  const __m128i slash = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('/')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
  const __m128i word = _mm_or_si128(_mm_or_si128(digit, within(folded, 'a', 26)), v);  // the top bit of v: not ASCII
  m.at |= bits(_mm_cmpeq_epi8(v, _mm_set1_epi8('@'))) << shift;
  m.colon |= bits(_mm_cmpeq_epi8(v, _mm_set1_epi8(':'))) << shift;
  m.dot |= bits(_mm_cmpeq_epi8(v, _mm_set1_epi8('.'))) << shift;
  m.plus |= bits(_mm_cmpeq_epi8(v, _mm_set1_epi8('+'))) << shift;
  m.zero |= bits(_mm_cmpeq_epi8(v, _mm_set1_epi8('0'))) << shift;
  m.l |= bits(_mm_cmpeq_epi8(folded, _mm_set1_epi8('l'))) << shift;
  m.digit |= bits(digit) << shift;
  m.slash |= bits(slash) << shift;
  m.word |= bits(word) << shift;
  m.wide_lead |= bits(_mm_cmpeq_epi8(_mm_and_si128(v, _mm_set1_epi8('\xFD')), _mm_set1_epi8('\xD9'))) << shift;
  m.wide_second |= bits(within(v, '\xA0', 0x1A)) << shift;
}

bool is_word(char c) { return is_alnum(c) || is_high(c); }

// Starts of runs of digits of two bytes: Arabic-Indic and Persian.
void add_wide_digits(std::string_view text, std::size_t base, std::uint64_t leads, bool digit_runs, Masks& runs) {
  while (leads != 0) {
    const auto bit = static_cast<unsigned>(std::countr_zero(leads));
    leads &= leads - 1;
    const std::size_t at = base + bit;
    const Digit digit = digit_at(text, at);
    if (digit.length != 2 || (at >= 2 && digit_at(text, at - 2).length == 2) || is_digit(byte_before(text, at))) continue;
    if (digit.value == 0) {
      const Digit next = digit_at(text, at + 2);
      if (next.length == 2 && next.value == 0) runs.zero |= 1ull << bit;
    }
    if (digit_runs) runs.digit |= 1ull << bit;
  }
}

// Bytes of a block as anchors; `before` and `after` are its neighbours (NUL at the ends of the text).
void add_block(std::string_view text, std::size_t base, const Masks& m, char before, char after, bool digit_runs,
               std::vector<Anchor>& out) {
  const auto previous = [](std::uint64_t mask, bool carry) { return mask << 1 | (carry ? 1u : 0u); };
  const auto following = [](std::uint64_t mask, bool carry) { return mask >> 1 | (carry ? 1ull << 63 : 0ull); };
  const std::uint64_t after_digit = previous(m.digit, is_digit(before));
  const std::uint64_t colon = m.colon & (following(m.slash, after == '/' || after == '\\') | previous(m.l, lower(before) == 'l'));
  const std::uint64_t dot = m.dot & previous(m.word, is_word(before)) & following(m.word, is_word(after));
  Masks runs;
  runs.zero = m.zero & following(m.zero, after == '0') & ~after_digit;
  if (digit_runs) runs.digit = m.digit & ~after_digit;
  const std::uint64_t wide = m.wide_lead & following(m.wide_second, is_high(after));
  if (wide != 0) add_wide_digits(text, base, wide, digit_runs, runs);
  std::uint64_t any = m.at | colon | dot | m.plus | runs.zero | runs.digit;
  while (any != 0) {
    const std::uint64_t bit = any & (~any + 1);
    any &= any - 1;
    const std::size_t at = base + static_cast<unsigned>(std::countr_zero(bit));
    const AnchorKind kind = (m.at & bit) != 0        ? AnchorKind::at
                            : (colon & bit) != 0     ? AnchorKind::colon
                            : (dot & bit) != 0       ? AnchorKind::dot
                            : (m.plus & bit) != 0    ? AnchorKind::plus
                            : (runs.zero & bit) != 0 ? AnchorKind::zeros
                                                     : AnchorKind::digit;
    out.push_back({at, kind});
  }
}

}  // namespace

bool AnchorPass::next(std::vector<Anchor>& out) {
  out.clear();
  if (at_ >= text_.size()) return false;
  const std::size_t stop = text_.size() - at_ > kStretch ? at_ + kStretch : text_.size();
  while (at_ < stop) {
    const std::size_t left = text_.size() - at_;
    char tail[kBlock];
    const char* bytes = text_.data() + at_;
    if (left < kBlock) {
      std::memset(tail, 0, kBlock);
      std::memcpy(tail, bytes, left);
      bytes = tail;
    }
    Masks masks;
    for (unsigned quarter = 0; quarter < 4; ++quarter) add_quarter(masks, bytes + 16u * quarter, 16u * quarter);
    add_block(text_, at_, masks, byte_before(text_, at_), byte_at(text_, at_ + kBlock), digit_runs_, out);
    at_ += left < kBlock ? left : kBlock;
  }
  return true;
}

}  // namespace evtriage::contacts
