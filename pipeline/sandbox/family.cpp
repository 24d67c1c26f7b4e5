// The pool.  Idle workers that hold many pages of window are let go: to start one costs less than to read such an item.
// Tested by tests/pipeline/sandbox/cage_test.cpp.
#include "pipeline/sandbox/family.h"

#include <chrono>

namespace evtriage::sandbox {
namespace {

constexpr std::uint64_t most_idle_bytes = 32u << 20;
constexpr std::chrono::seconds patience{5};  // for a worker to come back when no new one can be had

}  // namespace

Result<void> Family::start() {
  auto zygote = Zygote::start(name_, *settings_);
  if (!zygote) return zygote.error();
  zygote_ = *std::move(zygote);
  return {};
}

Result<void> Family::confirm() {
  if (Result<void> hello = zygote_->hello(); !hello) return hello.error();
  locks_ = zygote_->locks();
  const std::string who = "the worker of family '" + name_ + "' ";
  if (settings_->confine && (locks_ & lock_seccomp) == 0) return Error{Code::unsupported, who + "cannot be confined: this kernel has no seccomp filters"};
  auto worker = CagedWorker::start(zygote_, settings_->limits);
  if (!worker) return Error{Code::unsupported, who + "cannot be confined: " + worker.error().detail};
  idle_.push_back(*std::move(worker));
  ++started_;
  for (auto probe = Probe::open_file; settings_->confine && probe <= Probe::last; probe = static_cast<Probe>(static_cast<std::uint64_t>(probe) + 1)) {
    bool could = false;  // a probe that is killed did not get away either
    (void)CagedWorker::start(zygote_, settings_->limits, probe, &could);
    if (could) return Error{Code::unsupported, who + "is not held by its locks: a forbidden act could be done"};
  }
  return {};
}

void Family::close() {
  std::vector<std::unique_ptr<CagedWorker>> idle;
  std::shared_ptr<Zygote> zygote;
  {
    const std::lock_guard lock(mutex_);
    idle.swap(idle_);
    zygote.swap(zygote_);
  }
}

std::unique_ptr<CagedWorker> Family::idle_worker() {
  for (;;) {
    std::unique_ptr<CagedWorker> worker;
    {
      const std::lock_guard lock(mutex_);
      if (idle_.empty()) return nullptr;
      worker = std::move(idle_.back());
      idle_.pop_back();
      idle_bytes_ -= worker->touched;
    }
    if (worker->is_quiet()) return worker;
    discard(std::move(worker), true);
  }
}

// The zygote, or a new one if there is none but `not_this`.
Result<std::shared_ptr<Zygote>> Family::zygote(const std::shared_ptr<Zygote>& not_this) {
  const std::lock_guard lock(mutex_);
  if (!zygote_) return Error{Code::internal, "the cage is closed"};
  if (zygote_ != not_this) return zygote_;
  auto fresh = Zygote::start(name_, *settings_);
  if (!fresh) return fresh.error();
  if (Result<void> hello = (*fresh)->hello(); !hello) return hello.error();
  if ((*fresh)->locks() != locks_) return Error{Code::internal, "a new worker is not confined as the first was"};
  return zygote_ = *std::move(fresh);
}

Result<std::unique_ptr<CagedWorker>> Family::new_worker() {
  std::shared_ptr<Zygote> failed;
  for (int attempt = 0;; ++attempt) {
    auto from = zygote(failed);
    if (!from) return from.error();
    auto worker = CagedWorker::start(*from, settings_->limits);
    if (worker) ++started_;
    if (worker || attempt == 1) return worker;
    failed = *from;
  }
}

Result<std::unique_ptr<CagedWorker>> Family::borrow() {
  if (auto worker = idle_worker()) return worker;
  auto worker = new_worker();
  if (worker) return worker;
  {
    std::unique_lock lock(mutex_);
    came_back_.wait_for(lock, patience, [&] { return !idle_.empty() || !zygote_; });
  }
  if (auto old = idle_worker()) return old;
  return worker.error();
}

void Family::give_back(std::unique_ptr<CagedWorker> worker) {
  ++worker->served;
  {
    const std::lock_guard lock(mutex_);
    if (zygote_ && worker->touched + idle_bytes_ <= most_idle_bytes) {
      idle_bytes_ += worker->touched;
      idle_.push_back(std::move(worker));
    }
  }
  came_back_.notify_one();
}

void Family::discard(std::unique_ptr<CagedWorker> worker, bool for_fault) {
  if (for_fault) ++killed_;
  worker.reset();
}

}  // namespace evtriage::sandbox
