// link: evtriage_extractors evtriage_core
// Any bytes as html: no crash, and only valid UTF-8 with maps that are total.
#include <cstdint>

#include "extractors/builtin.h"
#include "tests/fuzz/null_emit.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto extractor = evtriage::make_html_extractor();
  evtriage::NullEmit emit;
  extractor->extract(evtriage::Resident(evtriage::Blob::own(std::string(reinterpret_cast<const char*>(data), size))), {"", "", "x"}, emit);
  return 0;
}
