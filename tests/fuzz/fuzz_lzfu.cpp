// link: evtriage_ole evtriage_core
// The two unpackers of message bodies and macros over any bytes; what comes out is bounded by what went in.
#include <cstdint>

#include "extractors/shared/lzfu.h"
#include "extractors/ole/vba.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (evtriage::unpack_rtf(bytes).value_or(evtriage::UnpackedRtf{}).bytes.size() > 18 * size) __builtin_trap();
  if (evtriage::ole::unpack_vba(bytes).bytes.size() > 4096 * size) __builtin_trap();
  (void)evtriage::ole::parse_vba_directory(bytes);
  return 0;
}
