// Sets of byte ranges: what is free, what deleted files claim, what two of them claim.
// Tested by tests/extractors/disk/space_test.cpp against a bitmap.
#pragma once
#include <cstdint>
#include <vector>

#include "pipeline/core/result.h"

namespace evtriage::disk {

class RangeSet {
 public:
  void add(ByteRange range);        // any order; empty ranges are ignored
  void settle();                    // sorts and merges; before the questions below, and after the last add()
  const std::vector<ByteRange>& ranges() const { return ranges_; }  // sorted, apart from each other
  bool touches(ByteRange range) const;                              // has a byte in common
  bool covers(ByteRange range) const;
  RangeSet without(const RangeSet& other) const;                    // settled
  // The bytes that were in more than one added range; call it instead of settle() once, before it.
  RangeSet doubled();

 private:
  std::vector<ByteRange> ranges_;
};

}  // namespace evtriage::disk
