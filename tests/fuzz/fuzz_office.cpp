// link: evtriage_office evtriage_core
// Any bytes as each of the formats: no crash, and only valid UTF-8 with maps that are total.
#include <cstdint>

#include "extractors/office/office.h"
#include "tests/fuzz/null_emit.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const evtriage::Resident file(evtriage::Blob::own(std::string(reinterpret_cast<const char*>(data), size)));
  evtriage::NullEmit emit;
  const bool is_book = data[size - 1] % 3 == 1;
  if (data[0] == '<' || data[size - 1] % 3 == 2) {
    evtriage::extract_odf(file, {}, {}, emit);
  } else {
    is_book ? evtriage::extract_epub(file, {}, {}, emit) : evtriage::extract_ooxml(file, {}, {}, emit);
  }
  return 0;
}
