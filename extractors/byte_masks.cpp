// Bit sets of bytes by SSE2, and runs by shifting and joining them: a run of six is m & m>>1 & ... & m>>5
// in three steps.  See byte_masks.h.
// Tested by tests/extractors/strings_test.cpp.
#include "extractors/byte_masks.h"

#include <emmintrin.h>

#include <algorithm>
#include <cstring>

namespace evtriage {
namespace {

struct Sets {
  Mask ascii, zero, blank, wide_high, tail, lead2, lead3, upper;
};

std::uint64_t bits(__m128i lanes) { return static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(lanes))); }

// lanes > low && lanes < high, as signed bytes
__m128i between(__m128i lanes, int low, int high) {
  return _mm_and_si128(_mm_cmpgt_epi8(lanes, _mm_set1_epi8(static_cast<char>(low))),
                       _mm_cmplt_epi8(lanes, _mm_set1_epi8(static_cast<char>(high))));
}

void classify(const char* from, std::size_t word, Sets& sets) {
  std::uint64_t ascii = 0, zero = 0, blank = 0, wide = 0, tail = 0, lead2 = 0, lead3 = 0, sign = 0;
  for (unsigned part = 0; part < 4; ++part) {
    const __m128i lanes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + 16 * part));
    const unsigned shift = 16 * part;
    ascii |= bits(between(lanes, 0x1f, 0x7f)) << shift;
    zero |= bits(_mm_cmpeq_epi8(lanes, _mm_setzero_si128())) << shift;
    blank |= bits(_mm_cmpeq_epi8(lanes, _mm_set1_epi8(0x20))) << shift;
    wide |= bits(between(lanes, 2, 7)) << shift;
    tail |= bits(_mm_cmplt_epi8(lanes, _mm_set1_epi8(-64))) << shift;
    lead2 |= bits(between(lanes, -62, -32)) << shift;   // 0xc3..0xdf
    lead3 |= bits(between(lanes, -33, -16)) << shift;   // 0xe0..0xef
    sign |= bits(lanes) << shift;
  }
  sets.ascii[word] = ascii;
  sets.zero[word] = zero;
  sets.blank[word] = blank;
  sets.wide_high[word] = wide;
  sets.tail[word] = tail;
  sets.lead2[word] = lead2;
  sets.lead3[word] = lead3;
  sets.upper[word] = sign & ~tail;
}

// The mask moved down: bit n of the answer is bit n + by of the whole.
std::uint64_t ahead(const Mask& mask, std::size_t word, unsigned by) {
  const std::uint64_t next = word + 1 < mask.size() ? mask[word + 1] : 0;
  return mask[word] >> by | next << (64 - by);
}

// In ascending order: the next word is still as it was.  The distance is known to the compiler, which then
// takes several words at a time.
template <unsigned By>
void join(Mask& mask) {
  for (std::size_t word = 0; word < mask_words; ++word) mask[word] &= mask[word] >> By | mask[word + 1] << (64 - By);
  mask[mask_words] &= mask[mask_words] >> By;
}

template <unsigned... By>
void join_all(Mask& mask) {
  (join<By>(mask), ...);
}

}  // namespace

void propose(std::string_view bytes, std::size_t at, Proposals& out) {
  constexpr std::size_t seen = mask_block_bytes + mask_look_ahead_bytes;
  Sets sets;
  char last[seen];
  const char* from = bytes.data() + at;
  const std::size_t left = bytes.size() - at;
  if (left < seen) {
    std::memcpy(last, from, left);
    std::memset(last + left, 0x01, seen - left);
    from = last;
  }
  for (std::size_t word = 0; word <= mask_words; ++word) classify(from + 64 * word, word, sets);

  std::uint64_t tail2 = 0, tail3 = 0;  // sequences that reach over from the word before
  for (std::size_t word = 0; word <= mask_words; ++word) {
    const std::uint64_t two = sets.lead2[word] & ahead(sets.tail, word, 1);
    const std::uint64_t three = sets.lead3[word] & ahead(sets.tail, word, 1) & ahead(sets.tail, word, 2);
    out.narrow[word] = sets.ascii[word] | two | two << 1 | three | three << 1 | three << 2 | tail2 | tail3;
    tail2 = two >> 63;
    tail3 = three >> 63 | three >> 62;
    const std::uint64_t latin = sets.ascii[word] | sets.upper[word];
    out.little[word] = (latin & ahead(sets.zero, word, 1)) | ahead(sets.wide_high, word, 1);
    Mask& ascii_or_upper = sets.lead2;  // its own word is used up; the next one is not needed again
    ascii_or_upper[word] = latin;
    out.arabic[word] = sets.upper[word] | sets.blank[word];
  }
  for (std::size_t word = 0; word <= mask_words; ++word) {
    out.big[word] = (sets.zero[word] & ahead(sets.lead2, word, 1)) | sets.wide_high[word];
  }
  join_all<1, 2, 2>(out.narrow);
  join_all<2, 4, 4>(out.little);
  join_all<2, 4, 4>(out.big);
  join_all<1, 2, 4, 4>(out.arabic);
}

}  // namespace evtriage
