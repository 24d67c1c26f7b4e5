// The commands: each about a screen of plain calls, returning the exit code of the contract.
// 0 complete, 2 complete with items that could not be read in full, 3 incomplete, 4 verification failed,
// 64 wrong usage, 130 interrupted.  Tested by tests/whole/cli_test.py.
#pragma once
#include <memory>
#include <string>

#include "pipeline/app/case_dir.h"
#include "pipeline/app/options.h"
#include "pipeline/core/clock.h"

namespace evtriage {

enum Exit : int { kComplete = 0, kWithIssues = 2, kIncomplete = 3, kNotIntact = 4, kUsage = 64, kInterrupted = 130 };

int command_run(const Typed& typed);
int command_report(const Typed& typed);
int command_export(const Typed& typed);
int command_verify(const Typed& typed);
int command_package(const Typed& typed);
int command_open(const Typed& typed);
int command_rules(const Typed& typed);
int command_contacts(const Typed& typed);
int command_search(const Typed& typed);
int command_show(const Typed& typed);
int command_doctor(const Typed& typed);

// "evtriage: ..." on standard error, control characters made visible; returns `code`.
int complain(int code, const std::string& what);
void say(const std::string& line);  // standard output, one line
std::string standard_input();       // to its end

// The finished case of the first argument, to which a line of the custody log may be added, or why there is none.
Result<CaseDir> sealed_case(const Typed& typed);

// The system's clock, or the one of --fixed-clock.  Error: not an RFC 3339 time.
Result<std::unique_ptr<Clock>> make_clock(const Typed& typed);

}  // namespace evtriage
