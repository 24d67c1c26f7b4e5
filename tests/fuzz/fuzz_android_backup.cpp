// link: evtriage_phone evtriage_extractors evtriage_core
// Any bytes as an Android backup, with a password that may be right.
#include <cstdint>

#include "extractors/phone/phone.h"
#include "tests/fuzz/null_emit.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  evtriage::NullEmit emit;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  evtriage::extract_android_backup(evtriage::Resident(evtriage::Blob::own(std::string(bytes))), {"", "", "a.ab"}, {{"sesame"}}, emit);
  return 0;
}
