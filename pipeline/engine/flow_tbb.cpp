// The flow with oneTBB; no other file knows it.
//
//   source (serial, in order) -> batches, large files first -> examine, encode, append (parallel)
//
// An explicit arena, because the implicit one has no more slots than cores.  Tokens bound the memory.
// Stopping is flow_control::stop at the source: cancelling a group would lose units that are under way.
// Pages of a large file are tasks of a group, and a batch runs inside this_task_arena::isolate: otherwise
// a worker that waits for pages would begin another batch on top of its stack.
// Tested by tests/pipeline/engine/flow_test.cpp.
#include <oneapi/tbb/concurrent_queue.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_group.h>

#include <algorithm>
#include <mutex>

#include "pipeline/engine/batch.h"
#include "pipeline/engine/spool.h"
#include "pipeline/engine/warmer.h"

namespace evtriage {
namespace {

namespace tbb = oneapi::tbb;
using BatchPtr = std::shared_ptr<const Batch>;

class WorkerPool {  // safe for many threads
 public:
  Result<void> fill(const Context& context, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      Result<std::unique_ptr<Worker>> worker = Worker::make(context);
      if (!worker) return worker.error();
      idle_.push(worker->get());
      owned_.push_back(*std::move(worker));
    }
    return {};
  }
  class Loan {
   public:
    explicit Loan(WorkerPool& pool) : pool_(pool) { pool_.idle_.pop(worker_); }
    ~Loan() { pool_.idle_.push(worker_); }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    Worker& operator*() const { return *worker_; }

   private:
    WorkerPool& pool_;
    Worker* worker_ = nullptr;
  };

 private:
  std::vector<std::unique_ptr<Worker>> owned_;
  tbb::concurrent_bounded_queue<Worker*> idle_;
};

class TaskPages final : public PageRunner {
 public:
  TaskPages(WorkerPool& pool, std::size_t in_flight) : pool_(pool), in_flight_(in_flight) {}
  ~TaskPages() noexcept override = default;
  void submit(std::function<void(Worker&)> task) override {
    group_.run([this, task = std::move(task)] { task(*WorkerPool::Loan(pool_)); });
  }
  void wait() override { group_.wait(); }
  std::size_t pages_in_flight() const override { return in_flight_; }

 private:
  WorkerPool& pool_;
  std::size_t in_flight_;
  tbb::task_group group_;
};

class FirstError {  // guarded by mutex_
 public:
  void set(Error error) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = std::move(error);
    raised_ = true;
  }
  bool raised() const { return raised_; }
  const Error& get() const { return *error_; }

 private:
  std::mutex mutex_;
  std::optional<Error> error_;
  std::atomic<bool> raised_{false};
};

// Batches in order, a bounded number of them ahead of the flow for the warmer's sake.
class Ahead {
 public:
  Ahead(const FlowInput& input, std::size_t batches) : source_(input, true), warmer_(*input.source), batches_(batches) {}
  Result<BatchPtr> next() {
    while (!ended_ && queue_.size() < batches_) {
      Result<std::optional<Batch>> batch = source_.next();
      if (!batch) return batch.error();
      ended_ = !batch->has_value();
      if (ended_) break;
      queue_.push_back(std::make_shared<const Batch>(**std::move(batch)));
      warmer_.ahead(queue_.back());
    }
    if (queue_.empty()) return BatchPtr();
    BatchPtr first = std::move(queue_.front());
    queue_.pop_front();
    return first;
  }

 private:
  BatchSource source_;
  Warmer warmer_;
  std::size_t batches_;
  bool ended_ = false;
  std::deque<BatchPtr> queue_;
};

}  // namespace

Result<FlowEnd> run_parallel(const FlowInput& input, unsigned threads) {
  threads = std::max(1u, threads);
  const Context context = context_of(input);
  WorkerPool pool;  // a thread needs one worker for its batch and one for a page it scans while it waits
  if (auto filled = pool.fill(context, 2 * static_cast<std::size_t>(threads)); !filled) return filled.error();
  FirstError error;
  bool finished = false;
  const auto stopped = [&] { return error.raised() || input.spool->failed() || (input.stop != nullptr && input.stop->load()); };
  Ahead ahead(input, 64);
  const auto source = [&](tbb::flow_control& control) -> BatchPtr {
    if (!stopped()) {
      Result<BatchPtr> batch = ahead.next();
      if (!batch) {
        error.set(batch.error());
      } else if (*batch) {
        return *std::move(batch);
      } else {
        finished = true;
      }
    }
    control.stop();
    return {};
  };
  const auto work = [&](const BatchPtr& batch) {
    if (stopped()) return;
    const WorkerPool::Loan worker(pool);
    TaskPages pages(pool, 2 * static_cast<std::size_t>(threads));
    tbb::this_task_arena::isolate([&] {
      if (auto done = run_batch(*batch, context, *input.recorder, *worker, pages); !done) error.set(done.error());
    });
  };
  const tbb::global_control most(tbb::global_control::max_allowed_parallelism, threads);
  tbb::task_arena arena(static_cast<int>(threads));
  arena.execute([&] {
    tbb::parallel_pipeline(4 * static_cast<std::size_t>(threads),
                           tbb::make_filter<void, BatchPtr>(tbb::filter_mode::serial_in_order, source) &
                               tbb::make_filter<BatchPtr, void>(tbb::filter_mode::parallel, work));
  });
  if (error.raised()) return error.get();
  if (input.spool->failed()) return input.spool->failure();
  return finished && !stopped() ? FlowEnd::finished : FlowEnd::stopped;
}

}  // namespace evtriage
