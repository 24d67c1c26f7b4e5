// link: evtriage_extractors evtriage_core
// Any bytes as a page of strings: no crash, only valid UTF-8 with maps that are total.
#include <cstdint>

#include "extractors/builtin.h"
#include "tests/fuzz/null_emit.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto extractor = evtriage::make_strings_extractor();
  const evtriage::Blob bytes = evtriage::Blob::own(std::string(reinterpret_cast<const char*>(data), size));
  const auto plan = extractor->plan(bytes.view(), size, {"", "", "x"});
  evtriage::NullEmit emit;
  if (plan) extractor->extract({bytes, 0, {0, size}, size}, *plan, emit);
  return 0;
}
