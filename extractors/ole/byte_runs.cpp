// ByteRuns: binary search over the stream offsets of the runs.  See byte_runs.h.
// Tested by tests/extractors/ole/compound_file_test.cpp.
#include "extractors/ole/byte_runs.h"

#include <algorithm>

namespace evtriage::ole {

ByteRuns ByteRuns::vague(std::uint64_t size, ByteRange source) {
  ByteRuns out;
  out.vague_ = true;
  out.size_ = size;
  out.runs_.push_back(source);
  out.begins_.push_back(0);
  return out;
}

void ByteRuns::append(ByteRange range) {
  if (range.begin >= range.end) return;
  if (!runs_.empty() && runs_.back().end == range.begin) {
    runs_.back().end = range.end;
  } else {
    runs_.push_back(range);
    begins_.push_back(size_);
  }
  size_ += range.size();
}

std::size_t ByteRuns::run_at(std::uint64_t offset) const {
  return static_cast<std::size_t>(std::upper_bound(begins_.begin(), begins_.end(), offset) - begins_.begin()) - 1;
}

ByteRuns ByteRuns::cut(std::uint64_t offset, std::uint64_t length) const {
  offset = std::min(offset, size_);
  length = std::min(length, size_ - offset);
  if (vague_) return vague(length, runs_[0]);
  ByteRuns out;
  if (length == 0) return out;
  for (std::size_t i = run_at(offset); i < runs_.size() && length > 0; ++i) {
    const std::uint64_t inside = offset - begins_[i];
    const std::uint64_t n = std::min(length, runs_[i].size() - inside);
    out.append({runs_[i].begin + inside, runs_[i].begin + inside + n});
    offset += n;
    length -= n;
  }
  return out;
}

ByteRange ByteRuns::place(std::uint64_t offset, std::uint64_t length) const {
  if (runs_.empty()) return {};
  if (vague_) return runs_[0];
  if (offset >= size_) return {runs_.back().end, runs_.back().end};
  const std::size_t run = run_at(offset);
  const std::uint64_t inside = offset - begins_[run];
  const std::uint64_t n = std::min(length, runs_[run].size() - inside);
  return {runs_[run].begin + inside, runs_[run].begin + inside + n};
}

Result<Blob> StreamContent::read(ByteRange wanted) const {
  if (wanted.begin > wanted.end || wanted.end > runs_.size()) return Error{Code::truncated, "read past the end"};
  const ByteRuns part = runs_.cut(wanted.begin, wanted.size());
  if (part.runs().empty()) return Blob();
  if (part.runs().size() == 1) return whole_.read(part.runs()[0]);
  std::string out;
  out.reserve(static_cast<std::size_t>(wanted.size()));
  for (const ByteRange& range : part.runs()) {
    const Result<Blob> bytes = whole_.read(range);
    if (!bytes) return bytes.error();
    out += bytes->chars();
  }
  return Blob::own(std::move(out));
}

}  // namespace evtriage::ole
