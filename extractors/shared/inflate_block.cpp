// See inflate_block.h.
// Tested by tests/extractors/shared/inflate_test.cpp.
#include "extractors/shared/inflate_block.h"

#include <libdeflate.h>

namespace evtriage {

struct BlockInflater::Tool {
  libdeflate_decompressor* of = libdeflate_alloc_decompressor();
  Tool() = default;
  ~Tool() {
    if (of != nullptr) libdeflate_free_decompressor(of);
  }
  Tool(const Tool&) = delete;
  Tool& operator=(const Tool&) = delete;
};

BlockInflater::BlockInflater() : tool_(std::make_unique<Tool>()) {}
BlockInflater::~BlockInflater() = default;

BlockInflater::Answer BlockInflater::unpack(ByteView packed, Wrapping wrapping, std::byte* to, std::size_t most, std::size_t& used, std::size_t& made) {
  if (tool_->of == nullptr) return Answer::no_memory;
  const auto unpack = wrapping == Wrapping::zlib ? libdeflate_zlib_decompress_ex : libdeflate_deflate_decompress_ex;
  const libdeflate_result result = unpack(tool_->of, packed.data(), packed.size(), to, most, &used, &made);
  if (result == LIBDEFLATE_SUCCESS) return Answer::good;
  return result == LIBDEFLATE_INSUFFICIENT_SPACE ? Answer::too_large : Answer::damaged;
}

Result<std::string> inflate_block(std::string_view packed, BlockInflater::Wrapping wrapping, std::size_t most) {
  BlockInflater tool;
  std::string out(most, '\0');
  std::size_t used = 0, made = 0;
  switch (tool.unpack(as_bytes(packed), wrapping, reinterpret_cast<std::byte*>(out.data()), most, used, made)) {
    case BlockInflater::Answer::good: break;
    case BlockInflater::Answer::too_large: return Error{Code::corrupt, "a compressed block holds more than it should"};
    case BlockInflater::Answer::no_memory: return Error{Code::internal, "no memory to decompress"};
    default: return Error{Code::corrupt, "a compressed block is damaged"};
  }
  out.resize(made);
  return out;
}

// Null means "begin" to the library, so nothing is not shown to it.
std::uint32_t fast_adler32(std::uint32_t before, ByteView bytes) { return bytes.empty() ? before : libdeflate_adler32(before, bytes.data(), bytes.size()); }
std::uint32_t fast_crc32(std::uint32_t before, ByteView bytes) { return bytes.empty() ? before : libdeflate_crc32(before, bytes.data(), bytes.size()); }

}  // namespace evtriage
