// Hyperlink objects as Office stores them (MS-OSHARED 2.3.7.1): the target of a link.
// Tested by tests/extractors/ole/xls_test.cpp.
#pragma once
#include <string>
#include <string_view>

#include "pipeline/core/result.h"

namespace evtriage::ole {

struct Hyperlink {
  std::string target;   // UTF-8: URL or path, "#place" behind it
  ByteRange at;         // where the target lies in `bytes`
};
// `bytes` begin with the stream version.
Hyperlink parse_hyperlink(std::string_view bytes);

}  // namespace evtriage::ole
