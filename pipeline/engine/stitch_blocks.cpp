// MD5, SHA-1 and SHA-256 of the same blocks, four steps of each in turn.
//
// MD5 is one long chain of dependent additions and leaves most of the processor idle; the SHA extensions
// work on other ports.  Interleaved, the three cost hardly more than MD5 alone.  This file is compiled for
// processors that have the extensions and is entered only there (stitch.cpp).
// RFC 1321, FIPS 180-4.  Tested by tests/pipeline/engine/stitch_test.cpp.
#include <immintrin.h>

#include <bit>
#include <cstring>

#include "pipeline/engine/stitch_blocks.h"

namespace evtriage {
namespace {

constexpr std::uint32_t md5_sines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};

constexpr int md5_turns[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};

alignas(16) constexpr std::uint32_t sha256_roots[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

struct Md5 {
  std::uint32_t v[4];
  const std::byte* block;

  // The sums are in this order, and -fno-tree-reassoc keeps it, so that `b`, which is ready last, is added last.
  template <int Step>
  [[gnu::always_inline]] void step() {
    constexpr int round = Step / 16, at = Step % 16;
    constexpr int word = (round == 0 ? at : round == 1 ? 5 * at + 1 : round == 2 ? 3 * at + 5 : 7 * at) % 16;
    std::uint32_t& a = v[(64 - Step) % 4];
    const std::uint32_t b = v[(65 - Step) % 4], c = v[(66 - Step) % 4], d = v[(67 - Step) % 4];
    std::uint32_t message;
    std::memcpy(&message, block + 4 * word, 4);
    std::uint32_t sum = a + message + md5_sines[Step];
    if constexpr (round == 0) sum += d ^ (b & (c ^ d));
    if constexpr (round == 1) sum = (sum + (c & ~d)) + (b & d);  // no common bit: a sum is the same as an or
    if constexpr (round == 2) sum += b ^ (c ^ d);
    if constexpr (round == 3) sum += c ^ (b | ~d);
    a = std::rotl(sum, md5_turns[round][at % 4]) + b;
  }
  template <int Group>
  [[gnu::always_inline]] void group() {
    step<4 * Group>();
    step<4 * Group + 1>();
    step<4 * Group + 2>();
    step<4 * Group + 3>();
  }
};

struct Sha1 {
  __m128i abcd, e, before;
  __m128i w[4];  // words 4g .. 4g+3 of the schedule in w[g % 4], the first in the highest lane

  template <int Group>
  [[gnu::always_inline]] void group() {
    __m128i& now = w[Group % 4];
    if constexpr (Group >= 4) {
      now = _mm_sha1msg1_epu32(now, w[(Group + 1) % 4]);
      now = _mm_sha1msg2_epu32(_mm_xor_si128(now, w[(Group + 2) % 4]), w[(Group + 3) % 4]);
    }
    const __m128i input = Group == 0 ? _mm_add_epi32(e, now) : _mm_sha1nexte_epu32(before, now);
    before = abcd;
    abcd = _mm_sha1rnds4_epu32(abcd, input, Group / 5);
  }
};

struct Sha256 {
  __m128i abef, cdgh;
  __m128i w[4];  // words 4g .. 4g+3 of the schedule in w[g % 4], the first in the lowest lane

  template <int Group>
  [[gnu::always_inline]] void group() {
    __m128i& now = w[Group % 4];
    if constexpr (Group >= 4) {
      const __m128i last = w[(Group + 3) % 4];
      now = _mm_add_epi32(_mm_sha256msg1_epu32(now, w[(Group + 1) % 4]), _mm_alignr_epi8(last, w[(Group + 2) % 4], 4));
      now = _mm_sha256msg2_epu32(now, last);
    }
    const __m128i input =
        _mm_add_epi32(now, _mm_load_si128(reinterpret_cast<const __m128i*>(sha256_roots + 4 * Group)));
    cdgh = _mm_sha256rnds2_epu32(cdgh, abef, input);
    abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(input, 0x0E));
  }
};

// SHA-1 has 20 groups, the others 16: every fourth turn it takes two.
template <int Group>
[[gnu::always_inline]] inline void turn(Md5& md5, Sha1& sha1, Sha256& sha256) {
  constexpr int first = Group + Group / 4;
  md5.group<Group>();
  sha256.group<Group>();
  sha1.group<first>();
  if constexpr (Group % 4 == 3) sha1.group<first + 1>();
  if constexpr (Group < 15) turn<Group + 1>(md5, sha1, sha256);
}

__m128i load(const void* from) { return _mm_loadu_si128(static_cast<const __m128i*>(from)); }
void store(void* to, __m128i value) { _mm_storeu_si128(static_cast<__m128i*>(to), value); }

Sha1 sha1_of(const std::uint32_t* state) {
  Sha1 out{};
  out.abcd = _mm_shuffle_epi32(load(state), 0x1B);
  out.e = _mm_set_epi32(static_cast<int>(state[4]), 0, 0, 0);
  return out;
}

Sha256 sha256_of(const std::uint32_t* state) {
  const __m128i cdab = _mm_shuffle_epi32(load(state), 0xB1), efgh = _mm_shuffle_epi32(load(state + 4), 0x1B);
  Sha256 out{};
  out.abef = _mm_alignr_epi8(cdab, efgh, 8);
  out.cdgh = _mm_blend_epi16(efgh, cdab, 0xF0);
  return out;
}

void save(const Sha256& from, std::uint32_t* state) {
  const __m128i feba = _mm_shuffle_epi32(from.abef, 0x1B), dchg = _mm_shuffle_epi32(from.cdgh, 0xB1);
  store(state, _mm_blend_epi16(feba, dchg, 0xF0));
  store(state + 4, _mm_alignr_epi8(dchg, feba, 8));
}

}  // namespace

void stitched_blocks(StitchedState& state, const std::byte* blocks, std::size_t count) {
  const __m128i whole = _mm_set_epi64x(0x0001020304050607, 0x08090a0b0c0d0e0f);
  const __m128i words = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  Md5 md5{{state.md5[0], state.md5[1], state.md5[2], state.md5[3]}, blocks};
  Sha1 sha1 = sha1_of(state.sha1);
  Sha256 sha256 = sha256_of(state.sha256);
  for (; count > 0; --count, md5.block += 64) {
    const Md5 md5_start = md5;
    const __m128i abcd = sha1.abcd, e = sha1.e, abef = sha256.abef, cdgh = sha256.cdgh;
    for (int i = 0; i < 4; ++i) {
      const __m128i bytes = load(md5.block + 16 * i);
      sha1.w[i] = _mm_shuffle_epi8(bytes, whole);
      sha256.w[i] = _mm_shuffle_epi8(bytes, words);
    }
    turn<0>(md5, sha1, sha256);
    for (int i = 0; i < 4; ++i) md5.v[i] += md5_start.v[i];
    sha1.e = _mm_sha1nexte_epu32(sha1.before, e);
    sha1.abcd = _mm_add_epi32(sha1.abcd, abcd);
    sha256.abef = _mm_add_epi32(sha256.abef, abef);
    sha256.cdgh = _mm_add_epi32(sha256.cdgh, cdgh);
  }
  std::memcpy(state.md5, md5.v, sizeof md5.v);
  store(state.sha1, _mm_shuffle_epi32(sha1.abcd, 0x1B));
  state.sha1[4] = static_cast<std::uint32_t>(_mm_extract_epi32(sha1.e, 3));
  save(sha256, state.sha256);
}

}  // namespace evtriage
