// link: evtriage_image evtriage_core
// Any bytes as PNG, GIF or JPEG: ranges and ends lie inside the file.
#include <cstdint>
#include <cstdlib>

#include "extractors/image/picture_chunks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const evtriage::PictureChunks found = evtriage::read_picture_chunks(evtriage::Resident(evtriage::Blob::own(bytes)));
  if (found.end && *found.end > size) std::abort();
  for (const evtriage::PictureText& text : found.texts) {
    if (text.source.begin > text.source.end || text.source.end > size) std::abort();
  }
  return 0;
}
