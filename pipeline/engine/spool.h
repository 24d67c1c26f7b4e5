// Where the bytes of unpacked children lie while they are examined: small ones in memory, large ones in a file
// that has no name, so that nothing is left behind whatever happens.
//
// SpoolSpace is shared by all workers.  A full disk is no property of the evidence: it ends the run (it can be
// resumed), and never becomes a result.
// Tested by tests/pipeline/engine/spool_test.cpp.
#pragma once
#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "pipeline/core/plugin.h"

namespace evtriage {

class SpoolSpace {
 public:
  // `folder`: an existing folder for the nameless files.  More than `memory_bytes` of a child go there.
  SpoolSpace(std::string folder, std::uint64_t memory_bytes) : folder_(std::move(folder)), memory_bytes_(memory_bytes) {}

  // Room for one child of at most `most_bytes`; `on_refused` is called once if that is not enough.
  std::unique_ptr<Spool> make(std::uint64_t most_bytes, std::function<void()> on_refused);

  bool failed() const { return failed_; }
  Error failure() const;      // precondition: failed()
  void fail(Error error);     // any thread; the first one counts
  const std::string& folder() const { return folder_; }
  std::uint64_t memory_bytes() const { return memory_bytes_; }

 private:
  std::string folder_;
  std::uint64_t memory_bytes_;
  std::atomic<bool> failed_{false};
  mutable std::mutex mutex_;
  std::optional<Error> error_;  // guarded by mutex_
};

}  // namespace evtriage
