// Bytes in a cell: a file of its own, text in disguise, or neither.
// Tested by tests/extractors/phone/blobs_test.cpp and tests/fuzz/fuzz_typedstream.cpp.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "pipeline/core/result.h"

namespace evtriage::phone {

// The media type of a file that begins like this; empty if it is none that we know.
std::string_view file_type_of(std::string_view bytes);

// The text inside of an archived NSAttributedString ("streamtyped", as in attributedBody of iOS messages): where it
// stands in the bytes.  An empty range if there is none.
ByteRange typedstream_text(std::string_view bytes);

// Stretches of UTF-8 that look like words, numbers to call or addresses, as in protocol buffers.
std::vector<ByteRange> text_runs(std::string_view bytes);

}  // namespace evtriage::phone
