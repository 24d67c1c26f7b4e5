// link: evtriage_outlook evtriage_extractors evtriage_core
// Any bytes as an Outlook store: what is ours keeps its contract over whatever libpff answers.
#include <cstdint>

#include "extractors/outlook/outlook.h"
#include "tests/fuzz/null_emit.h"

// libpff forgets a few bytes of tables that are damaged.
extern "C" const char* __lsan_default_suppressions() { return "leak:libpff"; }

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  evtriage::NullEmit emit;
  extract_pst(evtriage::Resident(evtriage::Blob::own(std::string(reinterpret_cast<const char*>(data), size))), {"", "", "x"}, {}, emit);
  return 0;
}
