// libdeflate is about twice as fast as zlib on blocks of 32 KiB (tests/bench/README.md).
// Tested by tests/extractors/disk/ewf_test.cpp.
#include "extractors/disk/inflate.h"

#include <libdeflate.h>

#include <memory>

namespace evtriage::disk {

Result<std::string> inflate(std::string_view packed, Wrapping wrapping, std::size_t most) {
  const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> tool(libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  if (!tool) return Error{Code::internal, "no memory to decompress"};
  std::string out(most, '\0');
  std::size_t used = 0, made = 0;
  const libdeflate_result result = wrapping == Wrapping::zlib
      ? libdeflate_zlib_decompress_ex(tool.get(), packed.data(), packed.size(), out.data(), out.size(), &used, &made)
      : libdeflate_deflate_decompress_ex(tool.get(), packed.data(), packed.size(), out.data(), out.size(), &used, &made);
  if (result == LIBDEFLATE_INSUFFICIENT_SPACE) return Error{Code::corrupt, "a compressed block holds more than it should"};
  if (result != LIBDEFLATE_SUCCESS) return Error{Code::corrupt, "a compressed block is damaged"};
  out.resize(made);
  return out;
}

std::uint32_t adler32_of(std::string_view bytes, std::uint32_t start) { return libdeflate_adler32(start, bytes.data(), bytes.size()); }
std::uint32_t crc32_of(std::string_view bytes, std::uint32_t start) { return libdeflate_crc32(start, bytes.data(), bytes.size()); }

}  // namespace evtriage::disk
