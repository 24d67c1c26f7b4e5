// From the matches of one unit to a score, and whether it is a finding.
//
//   sum of the best weight of each category x suppressors of that category (the strongest of each kind)
//   x context (1.3 each, 2 at most) x voice (controller, victim 1.3)
// In a report or a lesson (readings of the kinds news and training) the voices are quoted: no multiplier counts, and
// the band is low at most.
// In a long running text a finding is low at most unless two categories have a rule of weight 8 or more: the more
// words a text has, the likelier an innocent stretch holds those of a wide rule.
// and the gate of the offence: which legal elements must be seen together.  Integers only, in thousandths;
// each multiplication is rounded half up.
// Tested by tests/rules/score_test.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/records.h"
#include "rules/program.h"

namespace evtriage {

struct CategoryScore {
  std::string category;
  std::uint32_t rule = 0;          // index of its best rule: highest weight, then least id
  std::int32_t weight = 0, milli = 0;
};

struct Verdict {
  std::string offence;             // tip, som
  std::vector<CategoryScore> categories;   // sorted
  std::vector<std::uint32_t> rules;        // indices, sorted by id, unique
  std::vector<std::uint32_t> contexts, voices, suppressors;  // indices of modifiers that counted
  std::int32_t sum_milli = 0, context_milli = 1000, voice_milli = 1000, score_milli = 0;
  bool gate = false;
  bool child = false;              // a child is spoken of
  bool is_reported = false;        // a report or a lesson: no multiplier counts, and the band is low at most
  bool is_alone = false;           // in a long running text, and not two weighty categories: low at most
  std::string gate_text;           // "means and act", or what is missing
  std::optional<Band> band;        // absent below 4
  bool is_finding() const { return gate && band.has_value(); }
};

struct UnitEvidence {
  std::vector<std::uint32_t> rules;      // indices of rules that matched in the unit; may repeat
  std::vector<std::uint32_t> modifiers;  // indices of modifiers that hold in the unit, ascending
  bool child_age = false;                // an age under 18 is written in the unit
  bool is_running_text = false;          // of more than a page, no message and no chat
  bool is_long_text = false;             // a stretch of a long running text, no message and no chat
};

// One verdict for each offence with a rule, tip before som.
std::vector<Verdict> judge(const Program& program, const UnitEvidence& evidence);

// The strongest suppressor of the unit, in thousandths; 1000 if there is none.
std::int32_t strongest_suppressor_milli(const Program& program, const UnitEvidence& evidence);

// "means: document retention (T02)"
std::vector<std::string> element_names(const RuleText& rule);
std::string_view category_name(std::string_view category);  // empty if unknown
// One sentence for a prosecutor.
std::string why_sentence(const Program& program, const Verdict& verdict);

}  // namespace evtriage
