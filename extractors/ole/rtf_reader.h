// The RTF reader behind extract_rtf and behind the compressed bodies of Outlook messages.
// Tested by tests/extractors/ole/rtf_test.cpp; fuzzed by tests/fuzz/fuzz_rtf.cpp.
#pragma once
#include <optional>
#include <string>

#include "extractors/ole/work.h"

namespace evtriage::ole {

struct RtfOptions {
  std::string place;                 // in front of the places of texts
  bool is_message = false;
  bool properties = true;            // false: the information group is not the item's own
  std::optional<ByteRange> source;   // set: `content` was unpacked out of this range of the item
};

// Returns the first 4096 bytes of the visible text.
std::string read_rtf(const Content& content, const RtfOptions& options, Emit& emit, Children& children);

}  // namespace evtriage::ole
