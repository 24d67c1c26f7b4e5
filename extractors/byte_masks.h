// Where in unknown bytes text may begin: one bit a byte, 64 bytes at a time, without looking at any byte
// twice.  The bits propose; strings.cpp decides.  The sets are chosen so that random bytes propose seldom.
// Tested by tests/extractors/strings_test.cpp against a byte-by-byte oracle.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace evtriage {

constexpr std::size_t mask_block_bytes = 4096;
constexpr std::size_t mask_words = mask_block_bytes / 64;
constexpr std::size_t mask_look_ahead_bytes = 64;  // bits near the end of a block look this far

using Mask = std::array<std::uint64_t, mask_words + 1>;  // bit n of word k: byte 64 * k + n; the last word is ahead

struct Proposals {        // a bit says: a run of this kind covers at least the next ...
  Mask narrow;            // 6 bytes of printable ASCII or UTF-8 sequences of 2 or 3 bytes
  Mask little, big;       // 6 units of UTF-16: Latin, or of U+0300..U+06FF
  Mask arabic;            // 12 bytes of 0xc0..0xff or blank: Arabic in a Windows code page
};

// The proposals of the bytes at `at`; reads up to mask_block_bytes + mask_look_ahead_bytes, and takes what
// lies past the end of `bytes` for zeros that are no text.
void propose(std::string_view bytes, std::size_t at, Proposals& out);

}  // namespace evtriage
