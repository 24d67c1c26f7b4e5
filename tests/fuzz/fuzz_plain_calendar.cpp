// link: evtriage_plain evtriage_extractors evtriage_core
// Any bytes as calendar: no crash, and only valid UTF-8 with maps that are total.
#include <cstdint>

#include "extractors/plain/plain.h"
#include "tests/fuzz/null_emit.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  evtriage::NullEmit emit;
  evtriage::extract_calendar(evtriage::Resident(evtriage::Blob::own(std::string(reinterpret_cast<const char*>(data), size))), {"", "", "x"}, {}, emit);
  return 0;
}
