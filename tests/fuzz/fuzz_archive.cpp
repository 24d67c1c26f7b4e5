// link: evtriage_archive evtriage_core
// Any bytes as an archive of any kind: no crash, no leak, only valid UTF-8 and total maps.
#include <cstdint>

#include "extractors/archive/archive.h"
#include "tests/fuzz/null_emit.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  evtriage::NullEmit emit;
  const evtriage::Resident content(evtriage::Blob::own(std::string(reinterpret_cast<const char*>(data), size)));
  extract_archive(content, {"", "", "x.lzma"}, {{"sesame"}}, emit);
  return 0;
}
