// The clock is a value that is passed in: results never read it, only the custody log does.
// `--fixed-clock` gives a clock that stands still.  Tested by tests/pipeline/custody/log_test.cpp.
#pragma once
#include <cstdint>

namespace evtriage {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::int64_t now_ns() const = 0;  // nanoseconds since 1970, UTC; any thread
};

class FixedClock final : public Clock {
 public:
  explicit FixedClock(std::int64_t ns) : ns_(ns) {}
  std::int64_t now_ns() const override { return ns_; }

 private:
  std::int64_t ns_;
};

}  // namespace evtriage
