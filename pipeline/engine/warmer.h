// Warmer: brings files into the page cache shortly before the flow reads them.
//
// Cold reads are bound by the disk's latency, not by processors: sixteen blocking readers do what two
// workers cannot.  Results never depend on it; with a warm cache it costs one probe a batch.
// Tested by tests/pipeline/engine/warmer_test.cpp.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "pipeline/engine/batch.h"

namespace evtriage {

class Warmer {
 public:
  static constexpr std::size_t default_readers = 16;
  explicit Warmer(const Source& source, std::size_t readers = default_readers);
  ~Warmer();  // drops what has not begun, waits for reads that have
  Warmer(const Warmer&) = delete;
  Warmer& operator=(const Warmer&) = delete;

  void ahead(std::shared_ptr<const Batch> batch);  // soon to be read; returns at once

 private:
  struct Task {
    std::shared_ptr<const Batch> batch;
    std::size_t file = 0;
    bool probe = false;
  };
  void read_until(const std::stop_token& stop);
  void push(Task task);
  const Source& source_;
  std::mutex mutex_;                    // guards tasks_
  std::condition_variable_any arrived_;
  std::deque<Task> tasks_;
  std::vector<std::jthread> readers_;
};

}  // namespace evtriage
