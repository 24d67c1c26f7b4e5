// Deflate at once, for blocks whose size is known or bounded: the one home of libdeflate, about twice as fast as zlib on
// blocks of 32 KiB (tests/bench/README.md).
// Tested by tests/extractors/shared/inflate_test.cpp.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "pipeline/core/content.h"

namespace evtriage {

class BlockInflater {  // keeps its tables from block to block, never a meaning; one thread
 public:
  enum class Wrapping : std::uint8_t { zlib, raw };  // RFC 1950, RFC 1951
  enum class Answer : std::uint8_t { good, too_large, damaged, no_memory };
  BlockInflater();
  ~BlockInflater();
  BlockInflater(const BlockInflater&) = delete;
  BlockInflater& operator=(const BlockInflater&) = delete;

  // At most `most` bytes to `to`; `used` and `made` are set if the answer is good.
  Answer unpack(ByteView packed, Wrapping wrapping, std::byte* to, std::size_t most, std::size_t& used, std::size_t& made);

 private:
  struct Tool;
  std::unique_ptr<Tool> tool_;
};

// One block.  Error (corrupt) for damage or a wrong check sum, and for more than `most` bytes.
Result<std::string> inflate_block(std::string_view packed, BlockInflater::Wrapping wrapping, std::size_t most);

// Adler-32 (RFC 1950) and CRC-32 (ISO 3309) that go on from `before`: 1 and 0 at first.
std::uint32_t fast_adler32(std::uint32_t before, ByteView bytes);
std::uint32_t fast_crc32(std::uint32_t before, ByteView bytes);

}  // namespace evtriage
