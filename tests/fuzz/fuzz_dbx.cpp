// link: evtriage_outlook evtriage_extractors evtriage_core
// Any bytes as a folder of Outlook Express.
#include <cstdint>

#include "extractors/outlook/outlook.h"
#include "tests/fuzz/null_emit.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const evtriage::Resident file(evtriage::Blob::own(std::string(reinterpret_cast<const char*>(data), size)));
  evtriage::NullEmit emit;
  evtriage::extract_dbx(file, {}, {}, emit);
  return 0;
}
