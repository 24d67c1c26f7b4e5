// Compressed RTF of messages (MS-OXRTFCP).
// Tested by tests/extractors/ole/parts_test.cpp; fuzzed by tests/fuzz/fuzz_lzfu.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace evtriage::ole {

struct Unpacked {
  std::string bytes;
  bool whole = true;    // it ended where it should, with the declared size
  bool checked = true;  // its checksum is right
};
// At most nine times the input comes out, whatever the head declares.
Unpacked unpack_rtf(std::string_view packed);

// The CRC of MS-OXRTFCP 2.1.3.2: polynomial 0xEDB88320, begun with 0, not inverted at the end.
std::uint32_t rtf_crc(std::string_view bytes);

}  // namespace evtriage::ole
