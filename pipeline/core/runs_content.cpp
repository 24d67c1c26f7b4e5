// A read that lies in one part is that part's own answer: nothing is copied.
// Tested by tests/pipeline/core/runs_content_test.cpp.
#include "pipeline/core/runs_content.h"

#include <algorithm>

namespace evtriage {
namespace {

bool continues(const DataRun& first, const DataRun& second) {
  if (!first.begin || !second.begin) return !first.begin && !second.begin;
  return *second.begin >= *first.begin && *second.begin - *first.begin == first.length;
}

// Reads [range) of something that begins at starts[i] for its part i; `part(i, range)` reads inside that part.
template <class Part>
Result<Blob> read_parts(const std::vector<std::uint64_t>& starts, std::uint64_t size, ByteRange range, const Part& part) {
  if (range.begin > range.end || range.end > size) return Error{Code::truncated, "read past the end"};
  if (range.size() == 0) return Blob();
  auto at = static_cast<std::size_t>(std::upper_bound(starts.begin(), starts.end(), range.begin) - starts.begin()) - 1;
  const auto end_of = [&](std::size_t i) { return i + 1 < starts.size() ? starts[i + 1] : size; };
  if (range.end <= end_of(at)) return part(at, {range.begin - starts[at], range.end - starts[at]});
  std::string out;
  out.reserve(static_cast<std::size_t>(range.size()));
  for (std::uint64_t begin = range.begin; begin < range.end; ++at) {
    const std::uint64_t end = std::min(range.end, end_of(at));
    const Result<Blob> bytes = part(at, {begin - starts[at], end - starts[at]});
    if (!bytes) return bytes.error();
    out += bytes->chars();
    begin = end;
  }
  return Blob::own(std::move(out));
}

}  // namespace

RunsContent::RunsContent(const Content& whole, std::vector<DataRun> runs) : whole_(whole) {
  for (const DataRun& run : runs) {
    if (run.length == 0) continue;
    if (!runs_.empty() && continues(runs_.back(), run)) {
      runs_.back().length += run.length;
    } else {
      starts_.push_back(size_);
      runs_.push_back(run);
    }
    size_ += run.length;
  }
}

Result<Blob> RunsContent::read(ByteRange range) const {
  return read_parts(starts_, size_, range, [&](std::size_t i, ByteRange inside) -> Result<Blob> {
    if (!runs_[i].begin) return Blob::own(std::string(static_cast<std::size_t>(inside.size()), '\0'));
    return whole_.read({*runs_[i].begin + inside.begin, *runs_[i].begin + inside.end});
  });
}

JoinedContent::JoinedContent(std::vector<ContentPtr> parts) {
  for (ContentPtr& part : parts) {
    if (part->size() == 0) continue;
    starts_.push_back(size_);
    size_ += part->size();
    parts_.push_back(std::move(part));
  }
}

Result<Blob> JoinedContent::read(ByteRange range) const {
  return read_parts(starts_, size_, range, [&](std::size_t i, ByteRange inside) { return parts_[i]->read(inside); });
}

}  // namespace evtriage
