// Family: the zygote of one parser family and its idle workers; grows on demand, never waits for a worker in use.
// Tested by tests/pipeline/sandbox/cage_test.cpp.
#pragma once
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "pipeline/sandbox/caged_worker.h"

namespace evtriage::sandbox {

class Family {  // any thread
 public:
  Family(std::string name, std::shared_ptr<const CageSettings> settings) : name_(std::move(name)), settings_(std::move(settings)) {}

  Result<void> start();    // spawns the zygote
  Result<void> confirm();  // waits for it, and proves its locks
  void close();            // no more workers: those that are idle end now, the others when they are given back

  Result<std::unique_ptr<CagedWorker>> borrow();
  Result<std::unique_ptr<CagedWorker>> borrow_fresh() { return new_worker(); }  // one that has seen nothing
  void give_back(std::unique_ptr<CagedWorker> worker);       // it finished its item and is healthy
  void discard(std::unique_ptr<CagedWorker> worker, bool for_fault);

  const std::string& name() const { return name_; }
  const CageSettings& settings() const { return *settings_; }
  bool knows(std::string_view format) const { return zygote_->knows(format); }
  std::uint32_t locks() const { return locks_; }
  std::uint64_t landlock_abi() const { return zygote_->landlock_abi(); }
  std::uint64_t started() const { return started_; }
  std::uint64_t killed() const { return killed_; }

 private:
  std::unique_ptr<CagedWorker> idle_worker();
  Result<std::unique_ptr<CagedWorker>> new_worker();
  Result<std::shared_ptr<Zygote>> zygote(const std::shared_ptr<Zygote>& not_this);

  const std::string name_;
  const std::shared_ptr<const CageSettings> settings_;
  std::uint32_t locks_ = 0;  // as reached at the start; a later zygote must reach the same
  std::atomic<std::uint64_t> started_{0}, killed_{0};
  std::mutex mutex_;
  std::condition_variable came_back_;
  std::shared_ptr<Zygote> zygote_;                   // guarded by mutex_ after confirm(); null once closed
  std::vector<std::unique_ptr<CagedWorker>> idle_;   // guarded by mutex_; the latest is the warmest
  std::uint64_t idle_bytes_ = 0;                     // guarded by mutex_: touched pages of idle windows
};

}  // namespace evtriage::sandbox
