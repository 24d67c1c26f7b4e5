// link: evtriage_phone evtriage_extractors evtriage_core
// Any bytes as an exported chat: no crash, and every byte of it given as text.
#include <cstdint>

#include "extractors/phone/phone.h"
#include "tests/fuzz/null_emit.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  evtriage::NullEmit emit;
  evtriage::extract_chat_text(evtriage::Resident(evtriage::Blob::own(std::string(reinterpret_cast<const char*>(data), size))), {"text/plain", "", "_chat.txt"}, {}, emit);
  return 0;
}
