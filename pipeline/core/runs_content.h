// Contents made of parts of others without a copy: the runs of a fragmented file, the segments of a split image.
// Tested by tests/pipeline/core/runs_content_test.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "pipeline/core/content.h"

namespace evtriage {

struct DataRun {
  std::uint64_t length = 0;            // bytes
  std::optional<std::uint64_t> begin;  // where they lie in the whole; absent: zero bytes that lie nowhere (sparse)
  bool operator==(const DataRun&) const = default;
};

class RunsContent final : public Content {  // constant after construction
 public:
  // `whole` outlives this content.  Preconditions: each run lies in it, and the lengths add up to less than 2^63.
  RunsContent(const Content& whole, std::vector<DataRun> runs);
  std::uint64_t size() const override { return size_; }
  Result<Blob> read(ByteRange range) const override;
  const Content& whole() const { return whole_; }
  const std::vector<DataRun>& runs() const { return runs_; }

 private:
  const Content& whole_;
  std::vector<DataRun> runs_;            // neighbours that continue each other are one run; none is empty
  std::vector<std::uint64_t> starts_;    // where each begins in this content
  std::uint64_t size_ = 0;
};

class JoinedContent final : public Content {  // constant after construction
 public:
  explicit JoinedContent(std::vector<ContentPtr> parts);  // none is null
  std::uint64_t size() const override { return size_; }
  Result<Blob> read(ByteRange range) const override;

 private:
  std::vector<ContentPtr> parts_;
  std::vector<std::uint64_t> starts_;
  std::uint64_t size_ = 0;
};

}  // namespace evtriage
