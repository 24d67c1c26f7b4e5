// What a parser does with an item that is not what its name says: hand all of its text over, as the engine would have
// done without the name.  Tested by tests/extractors/plain/text_stream_test.cpp.
#pragma once
#include "pipeline/core/plugin.h"

namespace evtriage {

// The item as plain text in any encoding, or as raw strings, by the page extractors that ship.
void emit_whole_text(const Content& content, const Identity& identity, std::string_view stage, Emit& emit);

}  // namespace evtriage
