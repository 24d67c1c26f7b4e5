// The cage of this run: where the worker executables lie, and which passwords they may try.
// Tested by tests/whole/documents_test.py.
#pragma once
#include <memory>

#include "pipeline/app/options.h"
#include "pipeline/sandbox/sandbox.h"

namespace evtriage {

// Starts the families of caged_formats().  Error: one line; evidence is never parsed without what was asked for.
Result<std::unique_ptr<Cage>> start_cage(const Typed& typed, const Limits& limits, std::vector<std::string> passwords);

// The extractors of the cage in order of priority.
std::vector<std::unique_ptr<const Extractor>> caged_extractors(const Cage& cage);

// The lines of a password file without line ends, empty ones left out.
std::vector<std::string> password_lines(std::string_view text);

}  // namespace evtriage
