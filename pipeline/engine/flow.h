// The flow: what goes through the pipeline, not how.
//
//   listing ──► batches ──► examine (parallel, pure) ──► Recorder (any order, key = ordinal)
//
// flow_serial.cpp does it without threads and is the oracle; flow_tbb.cpp is the only file with oneTBB.
// Both give the recorder the same parts.  Order of work is free, order of results is data (ordinals).
// Tested by tests/pipeline/engine/flow_test.cpp and tests/whole/determinism_test.cpp.
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "pipeline/core/plugin.h"
#include "pipeline/core/profile.h"
#include "pipeline/core/source.h"

namespace evtriage {

class Identifier;  // identify.h
class SpoolSpace;  // spool.h

struct Tally {  // grows while the run goes on; read by the progress line
  std::atomic<std::uint64_t> entries{0}, bytes{0}, items{0}, hits{0}, findings{0}, issues{0};
};

struct FlowInput {
  Source* source = nullptr;
  Recorder* recorder = nullptr;
  const Registry* registry = nullptr;
  const Profile* profile = nullptr;
  const Identifier* identifier = nullptr;
  const std::atomic<bool>* stop = nullptr;  // set by Ctrl-C: no new units are started
  Tally* tally = nullptr;
  SpoolSpace* spool = nullptr;
};

enum class FlowEnd : std::uint8_t { finished, stopped };

// An Error (Recorder could not write, listing damaged) leaves everything recorded so far valid.
Result<FlowEnd> run_serial(const FlowInput& input);
Result<FlowEnd> run_parallel(const FlowInput& input, unsigned threads);

}  // namespace evtriage
