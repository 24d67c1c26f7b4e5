// Patience: a stop was asked for, and one item of the evidence does not come to its end.
//
// Units that are stopped half way are examined again after a resume, so waiting for a parser or a scanner that is deep in a
// large item gains nothing.  After the grace the program is ended as by a kill, which is harmless at any moment.
// Tested by tests/whole/resume_test.py.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace evtriage {

class Patience {  // a thread of its own from construction to destruction
 public:
  // `give_up` is called once, on that thread, if `stop` was seen and the grace is over; it does not return.
  Patience(const std::atomic<bool>& stop, std::chrono::milliseconds grace, std::function<void()> give_up);
  ~Patience();  // after a call of give_up began, this waits for ever
  Patience(const Patience&) = delete;
  Patience& operator=(const Patience&) = delete;

 private:
  void watch();
  const std::atomic<bool>& stop_;
  const std::chrono::milliseconds grace_;
  const std::function<void()> give_up_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace evtriage
