// How well do the packs do on labelled texts?  Precision, recall and F1 by language, offence, category and band.
//
// A text counts as flagged if it has a finding of band medium or high.  Texts are parted by a hash of their id
// (and by "kept." at its begin): those kept aside are counted, never shown, so that nobody tunes on them.
// Tested by tests/rules/measure_test.cpp.
#pragma once
#include <string>
#include <vector>

#include "pipeline/core/result.h"
#include "rules/rules.h"

namespace evtriage {

struct LabelledText {
  std::string id, language, offence, category, text;  // offence: tip, som or none
  bool is_crime() const { return offence != "none"; }
};

// One JSON object a line with the five keys above.  Error: the file and line that cannot be read.
Result<std::vector<LabelledText>> read_labelled(const std::vector<PackSource>& files);

// True for one third of all ids, the same on every machine, and for ids that begin with "kept.".
bool is_kept_aside(const std::string& id);

// A report for people, the same for the same rules and texts.
std::string measure(const RuleSet& rules, const std::vector<LabelledText>& texts);

}  // namespace evtriage
