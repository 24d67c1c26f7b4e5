// The door of the cage: extractors that run in locked worker processes and look like any other Extractor.
//
//   auto cage = Cage::start({.worker_folder = "/usr/lib/evtriage"}, formats);      // Error: say so and stop
//   auto pdf = (*cage)->extractor(formats[0]);                                     // into the Registry
//
// A worker is a fork of the zygote of its parser family (evtriage-worker-FAMILY, see worker.h).  It gets the bytes of
// one item at a time and gives back frames, which are checked again.  Its death, its silence, its lies and its limits
// become issues of that item; the item never stops the run.  Threads: all calls may come from any thread, and from
// inside an extraction (a child of a caged item that is itself caged).  Linux only.
// Tested by tests/pipeline/sandbox/cage_test.cpp and chaos_test.cpp.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/plugin.h"

namespace evtriage {

struct CagedFormat {
  std::string name;             // the stage in issues; a WorkerFormat of the family has the same
  std::uint32_t version = 1;    // part of the profile
  std::string family;           // which executable serves it
  bool (*accepts)(const Identity& identity) = nullptr;
};

enum class Level : std::uint8_t {
  full,           // namespaces, Landlock, seccomp
  no_namespaces,  // Landlock, seccomp
  seccomp_only,   // seccomp, perhaps namespaces
  none,           // asked for: processes of their own and limits, no locks
};

// Budgets of one item; each stands in the sentence of the issue that tells of it.
struct CageLimits {
  std::uint64_t memory_bytes = std::uint64_t{1} << 30;  // cage_memory_bytes: on top of what the family needs at rest
  std::uint64_t output_bytes = 256u << 20;              // cage_output_bytes: text and rows, children not; large items some more
  std::uint64_t cpu_seconds = 20;                       // cage_cpu_seconds: and one more for each MB of the item
  std::uint64_t input_window = 16u << 20;               // larger items are asked for block by block
  std::uint64_t output_window = 1u << 20;
};

struct CageSettings {
  std::string worker_folder;                 // holds the executables
  ExtractOptions options = {};               // given to every worker
  CageLimits limits = {};
  bool confine = true;                       // false (--no-sandbox): no locks
  bool namespaces = true, landlock = true;   // false: as if the kernel had none
};

namespace sandbox {
class Family;
}

class Cage {
 public:
  // Starts a zygote for each family of `formats`, and proves the locks by a process that tries to break them.
  // An Error (one sentence) if an executable is missing, does not know a format, or cannot be confined.
  static Result<std::unique_ptr<Cage>> start(CageSettings settings, std::span<const CagedFormat> formats);
  ~Cage();  // ends all workers

  // `format`: one of those that start() was given.  The extractor may outlive the cage; it then only issues.
  std::unique_ptr<const Extractor> extractor(const CagedFormat& format) const;

  Level level() const { return level_; }              // the least of all families
  const std::string& level_sentence() const { return sentence_; }  // for the report

  struct Counts {
    std::uint64_t started = 0, killed = 0;  // workers; killed: died, or stopped for a reason
  };
  Counts counts() const;

 private:
  Cage() = default;
  std::vector<std::shared_ptr<sandbox::Family>> families_;
  Level level_ = Level::full;
  std::string sentence_;
};

}  // namespace evtriage
