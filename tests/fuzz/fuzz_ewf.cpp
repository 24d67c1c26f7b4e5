// link: evtriage_disk evtriage_core
// The map and the chunks of an EWF image over any bytes: reads end, and give what was asked for or an error.
#include <algorithm>
#include <cstdint>

#include "extractors/disk/ewf_media.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace evtriage;
  const ContentPtr image = resident(std::string(reinterpret_cast<const char*>(data), size));
  const auto map = disk::read_ewf_map(*image);
  if (!map) return 0;
  const disk::EwfMedia media(*image, *map);
  const std::uint64_t step = media.size() / 8 + 1;
  for (std::uint64_t at = 0; at < media.size(); at += step) {
    const ByteRange range{at, std::min(media.size(), at + 700)};
    const auto bytes = media.read(range);
    if (bytes && bytes->size() != range.size()) __builtin_trap();
  }
  return 0;
}
