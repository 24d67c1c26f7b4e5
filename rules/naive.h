// The slow oracle: every phrase and pattern searched by RE2 one by one over the whole text, every join by
// trying all combinations.  For `RuleEngine::re2` and for tests; no filter, no window, no cleverness.
// Tested by tests/rules/engines_test.cpp.
#pragma once
#include <memory>
#include <vector>

#include "rules/match.h"

namespace evtriage {

class NaiveConditions final : public Conditions {
 public:
  explicit NaiveConditions(const Program& program);
  void begin(std::string_view folded, std::uint32_t stretch) override;
  const std::vector<Span>& spans(std::uint32_t node) override;
  const std::vector<std::uint32_t>& candidates() override { return all_rules_; }
  bool was_cut() const override { return was_cut_; }

 private:
  std::vector<Span> evaluate(const Node& node);
  std::vector<Span> group(std::uint32_t index);
  std::vector<Span> pattern(const Pattern& pattern);
  Span span(std::size_t begin, std::size_t end) const;
  void points(const Node& node, const std::vector<const std::vector<Span>*>& lists, std::vector<Span>& out);
  void combine(const Node& node, std::vector<const std::vector<Span>*>& lists, std::vector<Span>& chosen,
               std::vector<Span>& out);

  const Program& program_;
  std::string_view text_;
  std::uint32_t stretch_ = 0;
  bool was_cut_ = false;
  std::uint64_t combinations_left_ = 0;
  std::vector<std::uint32_t> ranks_;                          // of each byte
  std::vector<std::vector<std::shared_ptr<const re2::RE2>>> expressions_;  // of each literal of each group
  std::vector<std::unique_ptr<std::vector<Span>>> cache_;     // of each node
  std::vector<std::uint32_t> all_rules_;
};

}  // namespace evtriage
