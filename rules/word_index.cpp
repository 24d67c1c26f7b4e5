// Sixteen bytes at a time are compared with the ranges of letters and digits; ranks come from the set bits.
// Tested by tests/rules/engines_test.cpp.
#include "rules/word_index.h"

#include <emmintrin.h>

#include <bit>

namespace evtriage {
namespace {

// Bytes that are letters or digits: at or above '@', or a digit ('_' and letters lie above '@').
std::uint32_t word_bits(const char* at) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  const __m128i letter = _mm_cmpgt_epi8(bytes, _mm_set1_epi8('@' - 1));
  const __m128i digit = _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8('0' - 1)), _mm_cmplt_epi8(bytes, _mm_set1_epi8('9' + 1)));
  return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(letter, digit)));
}

}  // namespace

void WordIndex::build(std::string_view text) {
  const std::size_t blocks = text.size() / 64 + 1;
  size_ = static_cast<std::uint32_t>(text.size());
  words_.resize(blocks + 1);
  starts_.resize(blocks);
  before_.resize(blocks);
  std::uint64_t carry = 0;
  std::uint32_t count = 0;
  for (std::size_t b = 0; b < blocks; ++b) {
    std::uint64_t bits = 0;
    const char* at = text.data() + b * 64;
    for (unsigned i = 0; i < 4; ++i) bits |= static_cast<std::uint64_t>(word_bits(at + i * 16)) << (16 * i);
    if (b + 1 == blocks) bits &= (1ull << (text.size() % 64)) - 1;
    const std::uint64_t starts = bits & ~(bits << 1 | carry);
    carry = bits >> 63;
    words_[b] = bits;
    starts_[b] = starts;
    before_[b] = count;
    count += static_cast<std::uint32_t>(std::popcount(starts));
  }
  words_[blocks] = 0;
}

std::uint32_t WordIndex::rank(std::uint32_t position) const {
  const std::size_t block = position / 64;
  const std::uint64_t upto = ~0ull >> (63 - position % 64);
  return before_[block] + static_cast<std::uint32_t>(std::popcount(starts_[block] & upto));
}

std::uint32_t WordIndex::back(std::uint32_t position, std::uint32_t count) const {
  std::size_t block = position / 64;
  std::uint64_t starts = starts_[block] & ((1ull << (position % 64)) - 1);
  for (auto here = static_cast<std::uint32_t>(std::popcount(starts)); here < count;) {
    count -= here;
    if (block == 0) return 0;
    starts = starts_[--block];
    here = static_cast<std::uint32_t>(std::popcount(starts));
  }
  for (auto more = static_cast<std::uint32_t>(std::popcount(starts)) - count; more > 0; --more) starts &= starts - 1;
  return static_cast<std::uint32_t>(block * 64 + static_cast<unsigned>(std::countr_zero(starts)));
}

std::uint32_t WordIndex::forth(std::uint32_t position, std::uint32_t count) const {
  std::size_t block = position / 64;
  std::uint64_t starts = starts_[block] & (~0ull << (position % 64));
  for (auto here = static_cast<std::uint32_t>(std::popcount(starts)); here < count;) {
    count -= here;
    if (++block == starts_.size()) return size_;
    starts = starts_[block];
    here = static_cast<std::uint32_t>(std::popcount(starts));
  }
  while (--count > 0) starts &= starts - 1;
  return static_cast<std::uint32_t>(block * 64 + static_cast<unsigned>(std::countr_zero(starts))) + 1;
}

std::uint32_t WordIndex::word_length(std::uint32_t start) const {
  return static_cast<std::uint32_t>(std::countr_one(bits_at(start / 64, start % 64)));
}

}  // namespace evtriage
