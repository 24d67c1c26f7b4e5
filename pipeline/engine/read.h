// Reading that never gives up: what cannot be read becomes zero bytes and a range in the log.
//
// A failed range is asked for again in small blocks, so that one bad sector costs its block and not the
// whole chunk.  Tested by tests/pipeline/engine/read_test.cpp.
#pragma once
#include <cstdint>
#include <vector>

#include "pipeline/core/content.h"

namespace evtriage {

inline constexpr std::uint64_t read_chunk_bytes = 256u << 10;  // stays in the second-level cache while hashed
inline constexpr std::uint64_t retry_block_bytes = 4096;

class ReadLog {  // the ranges of one content that could not be read
 public:
  void lost(ByteRange range, const Error& error);
  std::uint64_t lost_bytes() const { return lost_bytes_; }
  std::vector<Issue> take_issues();  // neighbouring ranges merged; at most 1000, the last says how many more

 private:
  std::vector<Issue> issues_;
  std::uint64_t lost_bytes_ = 0, beyond_ranges_ = 0;
};

// Fills `out` (range.size() bytes).
void read_into(const Content& content, ByteRange range, std::byte* out, ReadLog& log);

}  // namespace evtriage
