// Chunk reads with a second try in blocks.  Blocks are 4 KiB because that is the sector of today's disks
// and the page of the kernel: a smaller one would only repeat the same failing read.
// Tested by tests/pipeline/engine/read_test.cpp.
#include "pipeline/engine/read.h"

#include <cstring>

namespace evtriage {
namespace {

constexpr std::size_t issues_kept = 1000;

bool copy_range(const Content& content, ByteRange range, std::byte* out, Error* why) {
  const Result<void> done = content.read_to(range, out);
  if (!done) *why = done.error();
  return static_cast<bool>(done);
}

}  // namespace

void ReadLog::lost(ByteRange range, const Error& error) {
  lost_bytes_ += range.size();
  if (!issues_.empty()) {
    Issue& last = issues_.back();
    if (last.code == error.code && last.where->end == range.begin) {
      last.where->end = range.end;
      return;
    }
  }
  if (issues_.size() == issues_kept) {
    ++beyond_ranges_;
    return;
  }
  issues_.push_back({error.code, "read", error.detail, range, true});
}

std::vector<Issue> ReadLog::take_issues() {
  if (beyond_ranges_ > 0) {
    issues_.push_back({Code::io_read, "read",
                       std::to_string(beyond_ranges_) + " further unreadable ranges; unreadable in all: " +
                           std::to_string(lost_bytes_) + " bytes",
                       std::nullopt, true});
  }
  return std::move(issues_);
}

void read_into(const Content& content, ByteRange range, std::byte* out, ReadLog& log) {
  Error why;
  if (copy_range(content, range, out, &why)) return;
  for (std::uint64_t at = range.begin; at < range.end;) {
    const std::uint64_t boundary = at - at % retry_block_bytes + retry_block_bytes;
    const ByteRange block{at, std::min(boundary, range.end)};
    std::byte* const place = out + (at - range.begin);
    if (!copy_range(content, block, place, &why)) {
      std::memset(place, 0, block.size());
      log.lost(block, why);
    }
    at = block.end;
  }
}

}  // namespace evtriage
