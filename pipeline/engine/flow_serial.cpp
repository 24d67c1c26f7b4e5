// The flow without threads: short enough to be seen right, and the oracle of the parallel one.
// Tested by tests/pipeline/engine/flow_test.cpp.
#include "pipeline/engine/batch.h"
#include "pipeline/engine/spool.h"

namespace evtriage {

Result<FlowEnd> run_serial(const FlowInput& input) {
  const Context context = context_of(input);
  Result<std::unique_ptr<Worker>> worker = Worker::make(context);
  if (!worker) return worker.error();
  InlinePages pages(**worker);
  BatchSource source(input, false);
  const auto stopped = [&] { return input.spool->failed() || (input.stop != nullptr && input.stop->load()); };
  while (!stopped()) {
    const Result<std::optional<Batch>> batch = source.next();
    if (!batch) return batch.error();
    if (!*batch) return FlowEnd::finished;
    if (auto done = run_batch(**batch, context, *input.recorder, **worker, pages); !done) return done.error();
  }
  if (input.spool->failed()) return input.spool->failure();
  return FlowEnd::stopped;
}

}  // namespace evtriage
