// Content transfer encodings of MIME with the way back to their bytes: RFC 2045 section 6.
// Tested by tests/extractors/transfer_test.cpp.
#pragma once
#include <string>
#include <string_view>

#include "pipeline/core/offset_map.h"

namespace evtriage {

enum class Transfer : std::uint8_t { identity, quoted_printable, base64 };

struct Transferred {
  std::string bytes;
  OffsetMap map;            // decoded byte -> source_begin + offset in `encoded`
  bool broken = false;      // something that the encoding does not allow was passed over
};

Transferred decode_transfer(std::string_view encoded, Transfer transfer, std::uint64_t source_begin);

}  // namespace evtriage
