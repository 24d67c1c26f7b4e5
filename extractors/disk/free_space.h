// Free space of a volume, and space between volumes, as children that go through raw strings.
//
// Whole files that lie there are taken out first (carve.h).  A run of some size is a child of its own, so that its address gives the place on the device; small ones share
// children, in order, whose property "disk:runs" says where each begins.
// Tested by tests/extractors/disk/file_system_test.cpp.
#pragma once
#include "extractors/disk/space.h"
#include "extractors/disk/tsk.h"
#include "pipeline/core/plugin.h"

namespace evtriage::disk {

// Fills and settles `free`; false if the file system does not tell what is free.
bool find_free(TSK_FS_INFO& system, std::uint64_t volume_bytes, RangeSet& free, Emit& emit);

void emit_free_space(const Content& volume, const RangeSet& free, Emit& emit);

}  // namespace evtriage::disk
