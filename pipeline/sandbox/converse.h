// One item through one worker: the coordinator's side of the conversation, with its limits.
// Tested by tests/pipeline/sandbox/cage_test.cpp and chaos_test.cpp.
#pragma once
#include <string>
#include <string_view>

#include "pipeline/sandbox/caged_worker.h"
#include "pipeline/sandbox/frame_player.h"

namespace evtriage::sandbox {

enum class Ending { done, died, malformed, over_cpu, over_wall, over_output, over_read };

struct Ended {
  Ending ending = Ending::died;
  bool replace = false;   // done: the worker asks to be replaced
  std::string fault = {};  // malformed: what was wrong
};

// Blocks until the item is done or given up; whatever is not `done` leaves the worker unfit for more.
Ended converse(CagedWorker& worker, std::string_view format, const Content& content, const Identity& identity,
               const CageLimits& limits, FramePlayer& player);

// What stands in the case for an ending that was not `done`, or for a done item that ran out of memory.
// `status`: the worker's wait status.
Issue issue_of(const Ended& ended, int status, LastWords words, std::string_view stage, const CageLimits& limits);

// Killed by somebody outside (an administrator, the kernel short of memory): no act of the parser.
bool is_from_outside(const Ended& ended, int status);

}  // namespace evtriage::sandbox
