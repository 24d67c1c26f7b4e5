// Where do conditions hold in a folded text?
//
// Conditions is the question; FastConditions answers it by literal hits and joins by position,
// NaiveConditions (naive.h) by RE2 one by one.  Both must give the same spans.
//
// FastConditions finds all words of the rules in one pass, sketches which stand near each other, and compares spans
// only for the rules that the sketch lets through; words of modifiers alone are found where a rule held.
//
// What a span of a condition is:
//   phrase, list   each place where an entry stands
//   pattern        the longest match at each start, unless it lies inside another match
//   any            the spans of all its parts
//   near           the shortest stretches that hold one span of each part, none overlapping
//   all, atleast   the shortest stretches that hold n of the parts
//   points         the shortest stretches from a word on whose lists have enough points
// Tested by tests/rules/engines_test.cpp (fast against naive) and tests/rules/match_test.cpp.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "rules/program.h"
#include "rules/sketch.h"

namespace evtriage {

class Conditions {
 public:
  virtual ~Conditions() = default;
  // Starts a text.  `folded` must live and be readable kFoldPadding bytes behind its end until the next
  // call.  `stretch`: bytes in which the parts of all, atleast and points must lie.
  virtual void begin(std::string_view folded, std::uint32_t stretch) = 0;
  // The spans of a condition, sorted by begin; valid until the next begin().
  virtual const std::vector<Span>& spans(std::uint32_t node) = 0;
  // Rules that may hold in this text, ascending.
  virtual const std::vector<std::uint32_t>& candidates() = 0;
  // True if a text was so full of words that a join was cut short: what was found is not all.
  virtual bool was_cut() const = 0;
};

class FastConditions final : public Conditions {
 public:
  explicit FastConditions(const Program& program);
  void begin(std::string_view folded, std::uint32_t stretch) override;
  const std::vector<Span>& spans(std::uint32_t node) override;
  const std::vector<std::uint32_t>& candidates() override { return candidates_; }
  bool was_cut() const override { return was_cut_; }

 private:
  struct Cache {
    std::uint64_t text = 0;     // number of the text that the spans belong to
    std::vector<Span> spans;
  };
  using Regions = std::vector<std::pair<std::uint32_t, std::uint32_t>>;  // sorted, apart
  void find(const LiteralMatcher& matcher, std::vector<GroupHit>& hits);
  void find_candidates();
  void find_candidates(std::uint32_t group);
  bool may_hold(std::uint32_t node, const Sketch::Window& window) const;
  bool may_have_points(const Node& node, const Sketch::Window& window) const;
  std::pair<std::uint32_t, std::uint32_t> reached(const Span& span, const Program::Reach& reach) const;
  std::vector<Span> evaluate(const Node& node);
  const std::vector<Span>& group(std::uint32_t index);
  std::vector<Span> pattern(const CompiledPattern& compiled, const Regions* regions);
  std::vector<Span> within(std::uint32_t node, const Regions& regions);
  std::vector<Span> near(const Node& node);
  std::vector<Span> atleast(const Node& node);
  std::vector<Span> points(const Node& node);
  Regions around(const std::vector<Span>& spans, std::uint32_t words, std::size_t steps) const;
  Regions stretched(const std::vector<Span>& spans) const;

  const Program& program_;
  std::string_view text_;
  std::uint64_t text_number_ = 0;
  std::uint32_t stretch_ = 0;
  bool was_cut_ = false;
  bool has_late_ = false;                     // words of modifiers were found
  WordIndex words_;
  Sketch sketch_;
  Sketch::Window window_;
  std::vector<GroupHit> hits_;                // of the groups of rules
  bool is_ordered_ = false;                   // hits_: by begin, each once
  std::vector<std::uint32_t> list_of_;        // scratch of points(): by group
  std::vector<std::vector<Span>> of_group_;   // sorted, each once
  std::vector<std::uint32_t> seen_;           // groups with spans
  std::vector<Cache> cache_;                  // of each node
  std::vector<bool> is_candidate_;            // of each rule
  std::vector<std::uint32_t> candidates_;
};

// Sorts; leaves only spans that hold no other span.
void keep_innermost(std::vector<Span>& spans);

struct RuleMatch {
  std::uint32_t rule = 0;   // index in Program::rules
  Span span;
  auto operator<=>(const RuleMatch&) const = default;
};
// Matches of one rule: `when` where `without` does not hold in the same sentence; overlapping ones once.
void match_rule(const Program& program, std::uint32_t rule, std::string_view folded, Conditions& conditions,
                std::vector<RuleMatch>& out);
// The sentence around a span: to the next . ! ? ; before a blank, or an empty line.
std::pair<std::uint32_t, std::uint32_t> sentence_around(std::string_view folded, const Span& span);

}  // namespace evtriage
