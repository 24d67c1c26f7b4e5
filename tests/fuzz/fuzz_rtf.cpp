// link: evtriage_ole evtriage_core
// Any bytes as RTF: no crash, valid UTF-8, maps that are total.
#include <cstdint>

#include "extractors/ole/ole.h"
#include "tests/fuzz/null_emit.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  evtriage::NullEmit emit;
  evtriage::extract_rtf(evtriage::Resident(evtriage::Blob::own(std::string(reinterpret_cast<const char*>(data), size))), {"", "", ""}, {}, emit);
  return 0;
}
