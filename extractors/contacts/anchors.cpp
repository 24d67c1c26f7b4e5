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
  std::uint64_t at = 0, colon = 0, dot = 0, plus = 0, zero = 0, one = 0, digit = 0, letter = 0, upper = 0, high = 0;
  std::uint64_t slash = 0, gap = 0, blank = 0, dollar = 0, less = 0, thousand = 0, small = 0, wide_lead = 0, wide_second = 0, degree = 0;
};

std::uint64_t bits(__m128i mask) { return static_cast<std::uint32_t>(_mm_movemask_epi8(mask)); }

// The bytes of `v` from `first` to `first + count - 1`, as 0xFF.
__m128i within(__m128i v, char first, char count) {
  const __m128i moved = _mm_sub_epi8(v, _mm_set1_epi8(first));
  return _mm_cmpeq_epi8(_mm_min_epu8(moved, _mm_set1_epi8(static_cast<char>(count - 1))), moved);
}

__m128i same(__m128i v, char c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(c)); }

inline void add_quarter(Masks& m, const char* bytes, unsigned shift) {
  const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  const __m128i folded = _mm_or_si128(v, _mm_set1_epi8(0x20));
  m.at |= bits(same(v, '@')) << shift;
  m.colon |= bits(same(v, ':')) << shift;
  m.dot |= bits(same(v, '.')) << shift;
  m.plus |= bits(same(v, '+')) << shift;
  m.zero |= bits(same(v, '0')) << shift;
  m.one |= bits(same(v, '1')) << shift;
  m.digit |= bits(within(v, '0', 10)) << shift;
  m.letter |= bits(within(folded, 'a', 26)) << shift;
  m.small |= bits(_mm_slli_epi16(v, 2)) << shift;  // bit 5 of each byte: the case of a letter
  m.high |= bits(v) << shift;
  m.slash |= bits(_mm_or_si128(same(v, '/'), same(v, '\\'))) << shift;
  m.blank |= bits(same(v, ' ')) << shift;
  m.gap |= bits(_mm_or_si128(same(v, ' '), same(v, '-'))) << shift;
  m.dollar |= bits(same(v, '$')) << shift;
  m.less |= bits(same(v, '<')) << shift;
  m.thousand |= bits(_mm_or_si128(same(folded, 'k'), same(folded, 'm'))) << shift;
}

// What only text beyond ASCII can hold.
inline void add_high_quarter(Masks& m, const char* bytes, unsigned shift) {
  const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  m.wide_lead |= bits(same(_mm_and_si128(v, _mm_set1_epi8('\xFD')), '\xD9')) << shift;
  m.wide_second |= bits(within(v, '\xA0', 0x1A)) << shift;
  m.degree |= bits(_mm_or_si128(same(v, '\xB0'), same(v, '\xBA'))) << shift;
}

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

// The mask `steps` bytes earlier: bit i tells of byte i - steps.
std::uint64_t earlier(std::uint64_t mask, std::uint64_t tail, unsigned steps) { return mask << steps | tail >> (64 - steps); }
// One byte later; `carry` is the class of the byte behind the block.
std::uint64_t later(std::uint64_t mask, bool carry) { return mask >> 1 | (carry ? 1ull << 63 : 0ull); }

// Bytes that end `count` bytes of a class, for count from 2 to 32.
std::uint64_t ends_run(std::uint64_t mask, std::uint64_t tail, unsigned count) {
  unsigned length = 1;
  while (length < count) {
    const unsigned step = length * 2 <= count ? length : count - length;
    const std::uint64_t moved = earlier(mask, tail, step);
    tail &= tail << step;
    mask &= moved;
    if (mask == 0) return 0;
    length += step;
  }
  return mask;
}

// The first byte of a run that has reached `count` bytes; `carry`: the block before ended in such a run.
std::uint64_t reaches(std::uint64_t mask, std::uint64_t tail, unsigned count, std::uint64_t& carry) {
  const std::uint64_t ends = ends_run(mask, tail, count);
  const std::uint64_t first = ends & ~(ends << 1 | carry);
  carry = ends >> 63;
  return first;
}

struct Block {
  std::string_view text;
  std::size_t base;
  bool digit_runs;
};

std::uint64_t colons(const Masks& m, const AnchorTail& tail, char after) {
  const auto before = [&](unsigned steps) { return earlier(m.colon, tail.colon, steps); };
  const std::uint64_t hex = m.colon & (before(1) | before(2) | before(5) | (before(3) & before(6)));
  return (m.colon & (later(m.slash, after == '/' || after == '\\') | earlier(m.letter, tail.letter, 1))) | hex;
}

std::uint64_t digits_behind(const Masks& m, const AnchorTail& tail, std::uint64_t first) {
  const std::uint64_t mark = m.upper | m.dollar | m.high;
  return first & (earlier(mark, tail.mark, 1) | (earlier(m.gap, tail.gap, 1) & earlier(mark, tail.mark, 2)));
}

std::uint64_t digits_ahead(const Masks& m, const AnchorTail& tail, const Block& block) {
  const char one = byte_at(block.text, block.base + 64), two = byte_at(block.text, block.base + 65);
  const std::uint64_t last = m.digit & ~later(m.digit, is_digit(one));
  const std::uint64_t three = last & ends_run(m.digit, tail.digit, 3);
  const auto is_mark = [](char c) { return c == '$' || is_high(c); };
  const std::uint64_t mark = later(m.dollar | m.high | m.thousand, is_mark(one) || lower(one) == 'k' || lower(one) == 'm');
  const std::uint64_t word = later(m.blank, one == ' ') & later(later(m.letter | m.dollar | m.high, is_letter(one) || is_mark(one)), is_letter(two) || is_mark(two));
  return (last & (mark | word)) | (three & later(m.letter, is_letter(one)));
}

// "12 mars" is no amount: what begins none of the words for money and multiples is left out at once.
bool may_begin_currency(std::string_view text, std::size_t digit) {
  std::size_t at = digit + 1;
  if (byte_at(text, at) == ' ') ++at;
  const char one = byte_at(text, at), two = lower(byte_at(text, at + 1));
  if (one < 'a' || one > 'z') return true;
  switch (one) {
    case 'c': return two == 'e' || two == 'f' || two == 'v';
    case 'd': return two == 'a' || two == 'i' || two == 'o' || two == 'h' || two == 'z';
    case 'e': return two == 'u' || two == 's';
    case 'f': return !is_letter(two) || two == 'r' || two == 'c';
    case 'g': return two == 'h' || two == 'n' || two == 'm';
    case 'k': return !is_letter(two);
    case 'l': return two == 'e' || two == 'r';
    case 'm': return two == 'i' || two == 'r' || !is_letter(two);
    case 'n': return two == 'a' || two == 'g';
    case 'o': return two == 'u';
    case 's': return two == 'l';
    case 't': return two == 'n';
    case 'u': return two == 's';
    case 'x': return two == 'o' || two == 'a';
    default: return false;
  }
}

class Kinds {  // the masks of a block that are not empty
 public:
  void add(AnchorKind kind, std::uint64_t mask) {
    if (mask == 0) return;
    items_[count_++] = {mask, kind};
    any_ |= mask;
  }

  void list(const Block& block, std::vector<Anchor>& out) const {
    for (std::uint64_t left = any_; left != 0; left &= left - 1) {
      const auto index = static_cast<unsigned>(std::countr_zero(left));
      const std::size_t at = block.base + index;
      for (unsigned i = 0; i < count_; ++i) {
        if ((items_[i].mask >> index & 1) == 0) continue;
        const AnchorKind kind = items_[i].kind;
        if (kind == AnchorKind::after && !may_begin_currency(block.text, at)) continue;
        if (kind == AnchorKind::degree && byte_before(block.text, at) != '\xC2') continue;
        out.push_back({at, kind});
      }
    }
  }

 private:
  struct Item {
    std::uint64_t mask;
    AnchorKind kind;
  };
  Item items_[16];  // thirteen kinds, two of them twice
  unsigned count_ = 0;
  std::uint64_t any_ = 0;
};

// What begins or ends with digits.
void add_numbers(const Block& block, const Masks& m, AnchorTail& tail, Kinds& kinds) {
  const char after = byte_at(block.text, block.base + kBlock), second = byte_at(block.text, block.base + kBlock + 1);
  const std::uint64_t first = m.digit & ~earlier(m.digit, tail.digit, 1);
  const std::uint64_t ones = later(m.one, after == '1');
  const std::uint64_t zeros = m.zero & first & (later(m.zero, after == '0') | (ones & later(ones, second == '1')));
  kinds.add(AnchorKind::zeros, zeros);
  if (block.digit_runs) kinds.add(AnchorKind::digit, first & ~zeros);
  const std::uint64_t fours = ends_run(m.digit, tail.digit, 4) & ~earlier(m.digit, tail.digit, 4) & ~later(m.digit, is_digit(after));
  kinds.add(AnchorKind::fours, fours & earlier(fours, tail.fours, 5));
  tail.fours = fours;
  kinds.add(AnchorKind::before, digits_behind(m, tail, first));
  kinds.add(AnchorKind::after, digits_ahead(m, tail, block));
}

// The anchors of a block, in ascending order.
void add_block(const Block& block, const Masks& m, AnchorTail& tail, std::vector<Anchor>& out) {
  const char before = byte_before(block.text, block.base), after = byte_at(block.text, block.base + kBlock);
  const std::uint64_t alnum = m.digit | m.letter, word = alnum | m.high;
  const std::uint64_t caps = m.digit | m.upper, tail_caps = tail.digit | tail.upper;
  Kinds kinds;
  kinds.add(AnchorKind::at, m.at);
  kinds.add(AnchorKind::plus, m.plus);
  if (m.colon != 0) kinds.add(AnchorKind::colon, colons(m, tail, after));
  if (m.dot != 0) {
    const std::uint64_t dot_before = word << 1 | (is_alnum(before) || is_high(before) ? 1u : 0u);
    kinds.add(AnchorKind::dot, m.dot & dot_before & later(word, is_alnum(after) || is_high(after)));
  }
  if (m.digit != 0) {
    add_numbers(block, m, tail, kinds);
  } else {
    tail.fours = 0;
  }
  kinds.add(AnchorKind::caps, reaches(caps, tail_caps, 5, tail.caps_run));
  kinds.add(AnchorKind::long_run, reaches(alnum, tail.digit | tail.letter, 26, tail.long_run));
  if (m.less != 0) kinds.add(AnchorKind::angle, m.less & later(m.less, after == '<') & earlier(caps, tail_caps, 1));
  if (m.degree != 0) kinds.add(AnchorKind::degree, m.degree & (m.digit << 2 | tail.digit >> 62));
  const std::uint64_t wide = m.wide_lead == 0 ? 0 : m.wide_lead & later(m.wide_second, is_high(after));
  if (wide != 0) {
    Masks runs;
    add_wide_digits(block.text, block.base, wide, block.digit_runs, runs);
    kinds.add(AnchorKind::zeros, runs.zero);
    kinds.add(AnchorKind::digit, runs.digit & ~runs.zero);
  }
  kinds.list(block, out);
  tail.digit = m.digit;
  tail.letter = m.letter;
  tail.upper = m.upper;
  tail.colon = m.colon;
  tail.gap = m.gap;
  tail.mark = m.upper | m.dollar | m.high;
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
    masks.upper = masks.letter & ~masks.small;
    if (masks.high != 0) {
      for (unsigned quarter = 0; quarter < 4; ++quarter) add_high_quarter(masks, bytes + 16u * quarter, 16u * quarter);
    }
    add_block({text_, at_, digit_runs_}, masks, tail_, out);
    at_ += left < kBlock ? left : kBlock;
  }
  return true;
}

}  // namespace evtriage::contacts
