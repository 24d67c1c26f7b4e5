// LastWords: what a dying worker can still tell of itself: that memory had run out, or the stack.
// Tested by tests/pipeline/sandbox/chaos_test.cpp.
#pragma once
#include "pipeline/sandbox/wire.h"

namespace evtriage::sandbox {

// From now on a death leaves its cause in `header` where it can be known.  Once in a process; `memory_bytes`: the
// budget, of which a small part must still be free for memory not to be the cause.
void listen_for_last_words(OutputHeader& header, std::uint64_t memory_bytes);

}  // namespace evtriage::sandbox
