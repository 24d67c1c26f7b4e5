// Zygote: the coordinator's handle on the exec'ed, warmed, locked process that workers are forked from.
// Tested by tests/pipeline/sandbox/cage_test.cpp.
#pragma once
#include <sys/types.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "pipeline/sandbox/packet.h"
#include "pipeline/sandbox/sandbox.h"

namespace evtriage::sandbox {

class Zygote {  // any thread
 public:
  // Starts the process; it warms itself while others are started.  hello() waits for it.
  static Result<std::shared_ptr<Zygote>> start(const std::string& family, const CageSettings& settings);
  ~Zygote();  // ends it and all its workers
  Zygote(const Zygote&) = delete;
  Zygote& operator=(const Zygote&) = delete;

  Result<void> hello();               // once, before the rest
  std::uint32_t locks() const { return locks_; }
  std::uint64_t landlock_abi() const { return landlock_abi_; }
  bool knows(std::string_view format) const;

  bool fork(int channel, int input, int output, Probe probe);  // the worker speaks up on its channel
  // The wait status of a worker that is dead or about to die; "killed" if the zygote cannot say.
  int reap(std::uint64_t worker);

 private:
  Zygote(std::string family, Descriptor channel, pid_t process)
      : family_(std::move(family)), channel_(std::move(channel)), process_(process) {}

  std::string family_;
  Descriptor channel_;
  pid_t process_;
  std::uint32_t locks_ = 0;
  std::uint64_t landlock_abi_ = 0;
  std::vector<std::string> formats_;
  std::mutex mutex_;  // one question at a time
};

// The locks that the settings ask for.
std::uint32_t wanted_locks(const CageSettings& settings);

}  // namespace evtriage::sandbox
