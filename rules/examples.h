// Runs the examples that packs carry for their own rules and modifiers.
// Tested by tests/rules/examples_test.cpp.
#pragma once
#include <cstdint>
#include <vector>

#include "rules/match.h"

namespace evtriage {

// Each text is judged as one message.  `count` gets the number of examples run.
std::vector<ExampleFailure> run_examples(const Program& program, Conditions& conditions, std::uint64_t& count);

}  // namespace evtriage
