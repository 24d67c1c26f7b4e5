// The door of the RTF reader.
// Tested by tests/extractors/ole/rtf_test.cpp.
#include "extractors/ole/ole.h"
#include "extractors/ole/rtf_reader.h"

namespace evtriage {

void extract_rtf(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) {
  const auto head = content.read({0, std::min<std::uint64_t>(content.size(), 5)});
  if (!head) emit.issue({head.error().code, "rtf", head.error().detail, ByteRange{0, 5}, true});
  if (head && head->chars() != "{\\rtf") emit.issue({Code::corrupt, "rtf", "the file does not begin as RTF; it was read as if it did", {}, true});
  ole::Children children(emit);
  ole::read_rtf(content, {}, emit, children);
}

}  // namespace evtriage
