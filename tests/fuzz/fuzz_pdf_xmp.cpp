// link: evtriage_pdf evtriage_core
// Any bytes as an XMP packet, and as a page's text with embedding marks: valid UTF-8, no crash.
#include <cstdint>
#include <cstdlib>

#include "extractors/pdf/reading_order.h"
#include "extractors/pdf/xmp.h"
#include "pipeline/core/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (!evtriage::is_valid_utf8(evtriage::xmp_lines(bytes))) std::abort();
  const std::string text = evtriage::printable(bytes);
  if (!evtriage::is_valid_utf8(evtriage::without_soft_breaks(evtriage::in_reading_order(text)))) std::abort();
  return 0;
}
