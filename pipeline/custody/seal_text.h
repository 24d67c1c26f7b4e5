// The text of seal.json, for the seal, its tests and the fuzzer.
// Tested by tests/pipeline/custody/seal_test.cpp.
#pragma once
#include <string>
#include <string_view>

#include "pipeline/custody/custody.h"

namespace evtriage {

std::string seal_text(const Seal& seal);                // one line with LF
Result<Seal> parse_seal(std::string_view text);         // Error (corrupt): any byte differs from seal_text

}  // namespace evtriage
