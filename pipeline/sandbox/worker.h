// The door for worker executables: the formats of one parser family, served in a cage.
//
// A worker's main is a table and one call:
//   constexpr WorkerFormat formats[] = {{"pdf", extract_pdf}};
//   int main() { return serve(formats, {.warm = load_fonts, .folders = data_folders}); }
// The executable is called evtriage-worker-FAMILY, lies beside the others, and is started by Cage (sandbox.h) only.
// It is single-threaded, reads what it needs in `warm`, then locks itself in and is forked for each worker.
// Tested by tests/pipeline/sandbox/cage_test.cpp and chaos_test.cpp.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "pipeline/core/plugin.h"

namespace evtriage {

struct WorkerFormat {
  std::string_view name;  // as in CagedFormat
  void (*extract)(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);
};

struct WorkerHooks {
  // Once, before the locks: load tables, open converters, parse a sample.  An Error refuses to start.
  Result<void> (*warm)() = nullptr;
  // Folders that the parser must read while it parses (absolute paths); those that do not exist are left out.
  // They can be had where namespaces or Landlock hold the rest of the file system off, else they are refused too.
  std::span<const std::string_view> folders = {};
  // A worker process is replaced after so many items.  1: for libraries that remember what they saw.
  std::uint32_t items = 1000;
};

// Serves until the coordinator is gone.  The exit status of main: 0, or 64 if it was not started by a Cage.
// What a format throws is caught here, one place, and becomes an issue of its item.
int serve(std::span<const WorkerFormat> formats, const WorkerHooks& hooks);

}  // namespace evtriage
