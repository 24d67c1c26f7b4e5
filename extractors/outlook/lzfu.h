// Compressed RTF ([MS-OXRTFCP]): LZFu and its uncompressed form.
// Tested by tests/extractors/outlook/lzfu_test.cpp.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace evtriage {

struct Rtf {
  std::string bytes;
  bool whole = true;  // false: the data ended early, or it grew past `most_bytes`
};

// Nothing if the header is none.
std::optional<Rtf> decompress_rtf(std::string_view compressed, std::size_t most_bytes);

}  // namespace evtriage
