// link: evtriage_phone evtriage_extractors evtriage_core
// Any bytes as a page of an export: no crash, valid text, maps that fit.
#include <cstdint>

#include "extractors/phone/phone.h"
#include "tests/fuzz/null_emit.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  evtriage::NullEmit emit;
  evtriage::extract_chat_html(evtriage::Resident(evtriage::Blob::own(std::string(reinterpret_cast<const char*>(data), size))), {"application/x-chat-export+html", "", "messages.html"}, {}, emit);
  return 0;
}
