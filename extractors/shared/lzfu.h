// Compressed RTF of messages (MS-OXRTFCP): LZFu and its uncompressed form.
// Tested by tests/extractors/shared/lzfu_test.cpp; fuzzed by tests/fuzz/fuzz_lzfu.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace evtriage {

struct UnpackedRtf {
  std::string bytes;
  bool whole = true;    // it ended where it should, with the declared size, below most_bytes
  bool checked = true;  // its checksum is right
};
// Nothing if the header is none.  At most nine times the input comes out, whatever the head declares; with `most_bytes`
// not much more than that, and then it is not whole.
std::optional<UnpackedRtf> unpack_rtf(std::string_view packed, std::size_t most_bytes = ~std::size_t{0});

// The CRC of MS-OXRTFCP 2.1.3.2: polynomial 0xEDB88320, begun with 0, not inverted at the end.
std::uint32_t rtf_crc(std::string_view bytes);

}  // namespace evtriage
