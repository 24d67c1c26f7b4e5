// Keyword lists: one word or phrase a line, UTF-8.  Each becomes a rule of weight 4 that only reports hits.
// Tested by tests/rules/keywords_test.cpp.
#pragma once
#include <vector>

#include "rules/pack.h"

namespace evtriage {

// Empty lines are skipped, doubled phrases count once.  A `*` behind a word stands for its endings; all other
// punctuation is a blank, as in the text.
Pack keyword_pack(const std::vector<PackSource>& lists, Problems& problems);

}  // namespace evtriage
