// The program: picks the command, and is the last place that an exception can reach.
// Tested by tests/whole/cli_test.py.
#include <malloc.h>

#include <cstdio>
#include <exception>

#include "pipeline/app/commands.h"

namespace {

int run(const evtriage::Typed& typed) {
  constexpr std::pair<std::string_view, int (*)(const evtriage::Typed&)> commands[] = {
      {"run", evtriage::command_run},           {"report", evtriage::command_report},
      {"export", evtriage::command_export},     {"verify", evtriage::command_verify},     {"package", evtriage::command_package},
      {"open", evtriage::command_open},
      {"rules", evtriage::command_rules},       {"contacts", evtriage::command_contacts},
      {"search", evtriage::command_search},     {"show", evtriage::command_show},
      {"doctor", evtriage::command_doctor}};
  for (const auto& [name, command] : commands) {
    if (typed.command == name) return command(typed);
  }
  evtriage::say(typed.command == "version" ? "evtriage " EVTRIAGE_VERSION : evtriage::usage());
  return evtriage::kComplete;
}

}  // namespace

int main(int argc, char** argv) {
  // Pages of evidence are given back and asked for again all the time.  By default the C library returns them to
  // the kernel each time (85,000 page faults for 742 MB of libraries; 15,000 so; 4 % of all CPU).
  ::mallopt(M_MMAP_THRESHOLD, 16 << 20);
  ::mallopt(M_TRIM_THRESHOLD, 64 << 20);
  try {
    const evtriage::Result<evtriage::Typed> typed = evtriage::parse_command_line(argc, argv);
    if (!typed) return evtriage::complain(evtriage::kUsage, typed.error().detail);
    return run(*typed);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "evtriage: stopped by an internal error: %s\n", error.what());
    return evtriage::kIncomplete;
  }
}
