// See patience.h.  The mutex is held while giving up, so that the run cannot end in two ways at once.
// Tested by tests/whole/resume_test.py.
#include "pipeline/app/patience.h"

#include <utility>

namespace evtriage {
namespace {

constexpr std::chrono::milliseconds look_every{100};

}  // namespace

Patience::Patience(const std::atomic<bool>& stop, std::chrono::milliseconds grace, std::function<void()> give_up)
    : stop_(stop), grace_(grace), give_up_(std::move(give_up)), thread_([this] { watch(); }) {}

Patience::~Patience() {
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Patience::watch() {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, look_every, [&] { return done_; })) {
    if (!stop_.load()) continue;
    if (!wake_.wait_for(lock, grace_, [&] { return done_; })) give_up_();
    return;
  }
}

}  // namespace evtriage
