// link: evtriage_phone evtriage_extractors evtriage_core
// Any bytes as a database: no crash, no loop, and only valid UTF-8 with maps that are total.
#include <cstdint>

#include "extractors/phone/phone.h"
#include "tests/fuzz/null_emit.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  evtriage::NullEmit emit;
  evtriage::extract_sqlite(evtriage::Resident(evtriage::Blob::own(std::string(reinterpret_cast<const char*>(data), size))), {"application/vnd.sqlite3", "", "a.db"}, {}, emit);
  return 0;
}
