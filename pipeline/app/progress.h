// The progress line: share done (bytes and items), rate, time left, hits so far.
//
// A terminal gets one line that is redrawn; a pipe a plain line every 10 s; `--progress json` one JSON
// object a line.  It reads the tally and writes to standard error; nothing depends on it.
// Tested by tests/pipeline/app/progress_test.cpp.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "pipeline/app/options.h"
#include "pipeline/engine/flow.h"

namespace evtriage {

struct ProgressTotals {
  std::uint64_t entries = 0, bytes = 0;
};

struct ProgressState {  // a picture of the tally at one moment
  std::uint64_t entries = 0, bytes = 0, hits = 0, findings = 0, issues = 0;
  double seconds = 0;
};

// One line without its end; `json` gives an object.
std::string progress_line(const ProgressState& now, const ProgressTotals& totals, bool json);

// "1.4 GB", "312 MB"; "1 h 02 min", "45 s".
std::string human_bytes(std::uint64_t bytes);
std::string human_seconds(double seconds);

class Progress {  // a thread of its own from construction to destruction
 public:
  Progress(ProgressStyle style, const Tally& tally, ProgressTotals totals);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  void loop();
  void show(bool last);
  bool json_, terminal_;
  const Tally& tally_;
  ProgressTotals totals_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool done_ = false;
  double started_ = 0;
  std::thread thread_;
};

}  // namespace evtriage
