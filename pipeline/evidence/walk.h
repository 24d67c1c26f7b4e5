// Walks exhibits in canonical order (depth first, names by unsigned bytes) and hands over each entry.
//
// No recursion and a bounded number of open descriptors, so depth is limited by nothing but
// kLongestPath_bytes.  Links are recorded, never followed; FIFOs, sockets and devices recorded, never
// opened.  Nested mounts are walked, except pseudo file systems and loops, which get an Issue.
// Tested by tests/pipeline/evidence/walk_test.cpp.
#pragma once
#include <functional>
#include <vector>

#include "pipeline/core/source.h"
#include "pipeline/evidence/exhibit.h"

namespace evtriage::evidence {

struct ForbiddenFolder {  // the case folder: meeting it inside the evidence ends the walk
  dev_t device = 0;
  ino_t inode = 0;
};

using TakeEntry = std::function<Result<void>(const Entry&)>;

// Errors: those of `take`; an exhibit's own folder that cannot be listed at all; the forbidden folder met.
Result<void> walk(const std::vector<Exhibit>& exhibits, ForbiddenFolder forbidden, const TakeEntry& take);

}  // namespace evtriage::evidence
