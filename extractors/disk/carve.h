// Files in free space that no name leads to any more, found by their signature and believed only if their structure holds
// from the first byte to the last, in one piece.
// Tested by tests/extractors/disk/carve_test.cpp and tests/fuzz/fuzz_carve.cpp.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "extractors/disk/space.h"
#include "pipeline/core/plugin.h"

namespace evtriage::disk {

struct Carved {
  ByteRange range;          // in the volume
  std::string_view suffix;  // "jpg"
};

// The file that begins at `run.begin` and ends inside `run`, if one does; adds to `work` the bytes looked at.
std::optional<Carved> carve_at(const Content& volume, ByteRange run, std::uint64_t& work);

// All of them in `free`, in order; begins are looked for at multiples of 512 bytes of the volume.
std::vector<Carved> carve(const Content& volume, const RangeSet& free, Emit& emit);

}  // namespace evtriage::disk
