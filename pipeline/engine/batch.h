// Batches: what one token of the flow carries, and how its results reach the recorder.
// Tested by tests/pipeline/engine/flow_test.cpp.
#pragma once
#include <deque>
#include <memory>
#include <optional>
#include <unordered_set>
#include <vector>

#include "pipeline/engine/examine.h"

namespace evtriage {

using Batch = std::vector<Entry>;

// Gives the entries that are still to be examined: at most 32 entries or 1 MiB at a time, or one large
// file alone.  One caller at a time.
class BatchSource {
 public:
  // `large_first`: the large files of the source, largest first, before everything else.
  BatchSource(const FlowInput& input, bool large_first);
  Result<std::optional<Batch>> next();  // nullopt: nothing is left

 private:
  Result<std::optional<Batch>> next_large();
  Result<void> refill();
  const FlowInput& input_;
  std::unordered_set<std::uint64_t> large_;
  bool large_first_;
  std::size_t next_large_ = 0;
  std::uint64_t next_entry_ = 0;
  std::deque<Entry> ready_;
};

// Collects the parts of a batch into one frame; parts that are not the last of their unit are written at
// once, so that a unit of any size needs bounded memory.
class FrameSink final : public PartSink {
 public:
  explicit FrameSink(Recorder& recorder) : recorder_(recorder) {}
  bool take(UnitPart part) override;
  Result<void> flush();  // also what went wrong before

 private:
  Recorder& recorder_;
  std::vector<UnitPart> parts_;
  std::optional<Error> error_;
};

// All entries of a batch, until the stop flag is raised; what was finished is appended.
Result<void> run_batch(const Batch& batch, const Context& context, Recorder& recorder, Worker& worker, PageRunner& pages);

}  // namespace evtriage
