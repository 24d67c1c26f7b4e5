// Sorted vectors: a disk has thousands of free runs, rarely millions, and they are asked about in order.
// Tested by tests/extractors/disk/space_test.cpp.
#include "extractors/disk/space.h"

#include <algorithm>

namespace evtriage::disk {

void RangeSet::add(ByteRange range) {
  if (range.begin >= range.end) return;
  if (!ranges_.empty() && ranges_.back().end == range.begin) {
    ranges_.back().end = range.end;
  } else {
    ranges_.push_back(range);
  }
}

void RangeSet::settle() {
  std::sort(ranges_.begin(), ranges_.end());
  std::vector<ByteRange> merged;
  for (const ByteRange& range : ranges_) {
    if (!merged.empty() && range.begin <= merged.back().end) {
      merged.back().end = std::max(merged.back().end, range.end);
    } else {
      merged.push_back(range);
    }
  }
  ranges_ = std::move(merged);
}

RangeSet RangeSet::doubled() {
  std::sort(ranges_.begin(), ranges_.end());
  RangeSet out;
  std::uint64_t covered = 0;  // everything before it was seen at least once, as far as later ranges can tell
  for (const ByteRange& range : ranges_) {
    if (range.begin < covered) out.add({range.begin, std::min(range.end, covered)});
    covered = std::max(covered, range.end);
  }
  out.settle();
  return out;
}

bool RangeSet::touches(ByteRange range) const {
  if (range.begin >= range.end) return false;
  const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), range.begin,
                                      [](std::uint64_t at, const ByteRange& r) { return at < r.end; });
  return after != ranges_.end() && after->begin < range.end;
}

bool RangeSet::covers(ByteRange range) const {
  if (range.begin >= range.end) return true;
  const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), range.begin,
                                      [](std::uint64_t at, const ByteRange& r) { return at < r.end; });
  return after != ranges_.end() && after->begin <= range.begin && range.end <= after->end;
}

RangeSet RangeSet::without(const RangeSet& other) const {
  RangeSet out;
  auto cut = other.ranges_.begin();
  for (ByteRange range : ranges_) {
    while (cut != other.ranges_.end() && cut->end <= range.begin) ++cut;
    for (auto hole = cut; hole != other.ranges_.end() && hole->begin < range.end; ++hole) {
      if (hole->begin > range.begin) out.ranges_.push_back({range.begin, hole->begin});
      range.begin = std::min(range.end, std::max(range.begin, hole->end));
    }
    if (range.begin < range.end) out.ranges_.push_back(range);
  }
  return out;
}

}  // namespace evtriage::disk
