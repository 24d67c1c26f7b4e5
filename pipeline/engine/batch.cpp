// Batches are as large as they need to be for the flow's own cost to vanish (some nanoseconds a file),
// and no larger, so that the tail of a run is short.
// Tested by tests/pipeline/engine/flow_test.cpp.
#include "pipeline/engine/batch.h"

namespace evtriage {
namespace {

constexpr std::size_t batch_entries = 32;
constexpr std::uint64_t batch_bytes = 1u << 20;
constexpr std::uint64_t listing_entries = 1024;

}  // namespace

BatchSource::BatchSource(const FlowInput& input, bool large_first) : input_(input), large_first_(large_first) {
  const auto& large = input.source->large_files();
  large_.insert(large.begin(), large.end());
}

Result<std::optional<Batch>> BatchSource::next_large() {
  const auto& large = input_.source->large_files();
  while (next_large_ < large.size()) {
    const std::uint64_t ordinal = large[next_large_++];
    if (input_.recorder->already_has(ordinal)) continue;
    Result<std::vector<Entry>> entries = input_.source->entries(ordinal, 1);
    if (!entries) return entries.error();
    if (entries->size() != 1) return Error{Code::corrupt, "the listing does not hold an entry that it names"};
    return std::optional<Batch>(*std::move(entries));
  }
  return std::optional<Batch>();
}

Result<void> BatchSource::refill() {
  while (ready_.empty() && next_entry_ < input_.source->entry_count()) {
    Result<std::vector<Entry>> entries = input_.source->entries(next_entry_, listing_entries);
    if (!entries) return entries.error();
    if (entries->empty()) return Error{Code::corrupt, "the listing ends before its last entry"};
    next_entry_ += entries->size();
    for (Entry& entry : *entries) {
      const bool elsewhere = large_first_ && large_.contains(entry.ordinal);
      if (!elsewhere && !input_.recorder->already_has(entry.ordinal)) ready_.push_back(std::move(entry));
    }
  }
  return {};
}

Result<std::optional<Batch>> BatchSource::next() {
  if (large_first_) {
    Result<std::optional<Batch>> large = next_large();
    if (!large || *large) return large;
  }
  Batch batch;
  std::uint64_t bytes = 0;
  while (batch.size() < batch_entries) {
    if (auto filled = refill(); !filled) return filled.error();
    if (ready_.empty()) break;
    const Entry& entry = ready_.front();
    if (!batch.empty() && entry.size > batch_bytes - bytes) break;
    bytes += std::min(entry.size, batch_bytes - bytes);
    batch.push_back(std::move(ready_.front()));
    ready_.pop_front();
    if (bytes >= batch_bytes) break;
  }
  if (batch.empty()) return std::optional<Batch>();
  return std::optional<Batch>(std::move(batch));
}

bool FrameSink::take(UnitPart part) {
  const bool last = part.last;
  parts_.push_back(std::move(part));
  return last || flush().has_value();
}

Result<void> FrameSink::flush() {
  if (error_) return *error_;
  if (parts_.empty()) return {};
  Result<void> written = recorder_.append(recorder_.encode(parts_));
  parts_.clear();
  if (!written) error_ = written.error();
  return written;
}

Result<void> run_batch(const Batch& batch, const Context& context, Recorder& recorder, Worker& worker, PageRunner& pages) {
  FrameSink sink(recorder);
  for (const Entry& entry : batch) {
    if (context.stop != nullptr && context.stop->load(std::memory_order_relaxed)) break;
    examine(entry, context, worker, pages, sink);
  }
  return sink.flush();
}

}  // namespace evtriage
