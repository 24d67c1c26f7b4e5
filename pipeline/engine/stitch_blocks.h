// stitched_blocks: the three compression functions over whole blocks.  Needs a processor with SSE4.1, SSSE3,
// BMI1 and the SHA extensions: ask stitch.h, which knows.
// RFC 1321 (MD5), FIPS 180-4 (SHA-1, SHA-256).  Tested by tests/pipeline/engine/stitch_test.cpp.
#pragma once
#include <cstddef>
#include <cstdint>

namespace evtriage {

struct StitchedState {  // chaining values, as the standards name them: A B C D (E F G H)
  std::uint32_t md5[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
  std::uint32_t sha1[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  std::uint32_t sha256[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                             0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
};

// `blocks`: 64 * count bytes.
void stitched_blocks(StitchedState& state, const std::byte* blocks, std::size_t count);

}  // namespace evtriage
