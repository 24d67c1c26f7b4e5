// How often is a word expected in ordinary text?  Rough figures, used only to search for the rarest word of a
// phrase and the rarest part of a rule first: they decide the speed, never what is found.
// Tested by tests/rules/engines_test.cpp: hits are those of the naive search.
#pragma once
#include <cstdint>

#include "rules/lexicon.h"

namespace evtriage {

// Expected occurrences among a billion words, at most a billion.
std::uint64_t expected(const Token& token);   // any of its forms
std::uint64_t expected(const Phrase& phrase);

}  // namespace evtriage
