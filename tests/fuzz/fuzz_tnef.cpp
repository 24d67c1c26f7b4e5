// link: evtriage_outlook evtriage_extractors evtriage_core
// Any bytes as TNEF: no crash, and only valid UTF-8 with maps that are total.
#include <cstdint>

#include "extractors/outlook/outlook.h"
#include "tests/fuzz/null_emit.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  evtriage::NullEmit emit;
  extract_tnef(evtriage::Resident(evtriage::Blob::own(std::string(reinterpret_cast<const char*>(data), size))), {"", "", "x"}, {}, emit);
  return 0;
}
