// One text through the rules: fold, match, cut into units, judge, report.
// Tested by tests/rules/scan_test.cpp.
#pragma once
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "pipeline/core/plugin.h"
#include "rules/match.h"
#include "rules/score.h"
#include "rules/unit.h"

namespace evtriage {

struct ScanLimits {
  std::size_t window_bytes = std::size_t{1} << 20;  // longer segments are read in windows of so much
  std::size_t margin_bytes = std::size_t{16} << 10;
  std::size_t hits_of_a_rule = 1000;                // in one segment; more become an issue
};

struct JudgedUnit {
  Unit unit;
  UnitEvidence evidence;
  std::vector<Verdict> verdicts;
};

class RuleScratch final : public Scratch {  // of one worker
 public:
  RuleScratch(const Program& program, std::unique_ptr<Conditions> conditions)
      : program_(program), conditions_(std::move(conditions)) {}
  // All matches of all rules in one piece of text, sorted by place; folded() and conditions() then speak of it.
  void match(std::string_view text, std::uint32_t stretch);
  // Units of the text that was matched last, each with its verdicts.
  std::vector<JudgedUnit> units(std::string_view text, bool is_message);

  const std::vector<RuleMatch>& matches() const { return matches_; }
  const std::vector<Place>& places() const { return places_; }  // of the matches, in the original text
  const FoldedText& folded() const { return folded_; }
  Conditions& conditions() { return *conditions_; }
  // Bytes of the original that a folded span covers, whole characters.
  Place original(std::string_view text, std::uint32_t begin, std::uint32_t end) const;

 private:
  UnitEvidence evidence_of(std::string_view text, const Unit& unit, bool is_message);
  const Program& program_;
  std::unique_ptr<Conditions> conditions_;
  FoldedText folded_;
  std::vector<RuleMatch> matches_;
  std::vector<Place> places_;
};

void scan_segment(const Program& program, const ScanLimits& limits, const TextSegment& segment, RuleScratch& scratch,
                  ScanSink& sink);

}  // namespace evtriage
