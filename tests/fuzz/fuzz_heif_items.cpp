// link: evtriage_image evtriage_core
// Any bytes as a HEIF file, and as the payload of a meta box: ranges lie inside the file.
#include <cstdint>
#include <cstdlib>

#include "extractors/image/heif_items.h"

static void check(const evtriage::HeifItems& found, std::uint64_t size) {
  for (const evtriage::HeifItem& item : found.items) {
    for (const evtriage::ByteRange& range : item.extents) {
      if (range.begin > range.end || range.end > size) std::abort();
    }
  }
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  check(evtriage::read_heif_items(evtriage::Resident(evtriage::Blob::own(bytes))), size);
  check(evtriage::parse_meta(bytes, 0, size), size);
  return 0;
}
