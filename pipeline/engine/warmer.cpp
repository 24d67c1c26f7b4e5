// Adaptive: the first file of a batch is a probe.  If it was in the cache, so are its neighbours most
// likely, and they are left alone.
// Tested by tests/pipeline/engine/warmer_test.cpp.
#include "pipeline/engine/warmer.h"

namespace evtriage {

Warmer::Warmer(const Source& source, std::size_t readers) : source_(source) {
  readers_.reserve(readers);
  for (std::size_t i = 0; i < readers; ++i) {
    readers_.emplace_back([this](const std::stop_token& stop) { read_until(stop); });
  }
}

Warmer::~Warmer() {
  for (std::jthread& reader : readers_) reader.request_stop();
  readers_.clear();
}

void Warmer::push(Task task) {
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  arrived_.notify_one();
}

void Warmer::ahead(std::shared_ptr<const Batch> batch) {
  for (std::size_t i = 0; i < batch->size(); ++i) {
    if ((*batch)[i].kind == ItemKind::file && (*batch)[i].size > 0) {
      push({std::move(batch), i, true});
      return;
    }
  }
}

void Warmer::read_until(const std::stop_token& stop) {
  while (true) {
    Task task;
    {
      std::unique_lock lock(mutex_);
      if (!arrived_.wait(lock, stop, [&] { return !tasks_.empty(); }) || stop.stop_requested()) return;
      task = std::move(tasks_.front());
      tasks_.pop_front();
    }
    const bool cached = source_.warm((*task.batch)[task.file]);
    if (!task.probe || cached) continue;
    for (std::size_t i = task.file + 1; i < task.batch->size(); ++i) {
      const Entry& entry = (*task.batch)[i];
      if (entry.kind == ItemKind::file && entry.size > 0) push({task.batch, i, false});
    }
  }
}

}  // namespace evtriage
