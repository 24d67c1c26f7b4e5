// link: evtriage_media evtriage_core
// Any bytes as ISO base media, and as ISO 6709: places lie inside the file.
#include <cstdint>
#include <cstdlib>

#include "extractors/media/location.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  (void)evtriage::iso6709_position(bytes);
  for (const evtriage::MediaLocation& place : evtriage::read_locations(evtriage::Resident(evtriage::Blob::own(bytes))).found) {
    if (place.source.begin > place.source.end || place.source.end > size) std::abort();
  }
  return 0;
}
