// Packs compiled for matching: a flat array of conditions over groups of literals and patterns.
//
// Constant after compile().  Conditions refer to each other by index, children before parents.
// Tested by tests/rules/program_test.cpp and, through matching, by tests/rules/engines_test.cpp.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "rules/literals.h"
#include "rules/pack.h"
#include "rules/pattern.h"

namespace evtriage {

constexpr std::uint32_t kAbsent = 0xffffffff;
constexpr std::uint32_t kUnitStretch = 800;  // bytes of folded text in which all and atleast must hold

struct Node {
  enum class Kind : std::uint8_t { group, pattern, near, any, atleast, points };
  Kind kind = Kind::group;
  bool ordered = false;
  std::uint32_t number = 0;              // near: words between; atleast: how many; points: least
  std::uint32_t index = 0;               // group, pattern or points number
  std::vector<std::uint32_t> children;
  std::vector<int> points;               // of each child
  bool is_costly = false;                // a pattern without stems, or holds one
};

struct CompiledPattern {
  Pattern pattern;
  std::uint32_t stem_group = kAbsent;    // literal group of its stems; absent: must be searched everywhere
};

struct Program {
  std::vector<Pack> packs;               // conditions' words are not needed any more, titles and ids are
  struct RuleRef {
    std::uint32_t pack = 0, rule = 0;
  };
  struct Judge {                         // a rule or a modifier with its conditions
    std::uint32_t when = kAbsent, without = kAbsent;
  };
  std::vector<RuleRef> rules;            // all rules of all packs, in order
  std::vector<RuleRef> modifiers;
  std::vector<Judge> rule_judges, modifier_judges;   // parallel to the two above
  std::vector<Node> nodes;
  std::vector<CompiledPattern> patterns;
  Pattern child_age = age_pattern(18);
  std::vector<Literal> literals;                           // of all groups; the matchers refer to them
  std::unique_ptr<LiteralMatcher> matcher;                 // the groups of rules
  std::unique_ptr<LiteralMatcher> late;                    // groups that only modifiers use: asked for beside a match
  std::vector<bool> is_late;                               // by group
  struct Reach {                         // the farthest that a condition of a rule can stand from its driver
    std::uint32_t words = 0;             // words of a span that holds the driver
    bool stretch = false;                // or as far as all and atleast reach
  };
  std::uint32_t group_count = 0;
  std::vector<std::vector<std::uint32_t>> rules_of_group;  // rules to judge when the group has a hit
  std::vector<Reach> reach_of_group;                       // the farthest of rules_of_group
  std::vector<std::uint32_t> costly_rules;                 // rules to judge in every text

  const RuleText& rule(std::size_t i) const { return packs[rules[i].pack].rules[rules[i].rule]; }
  const Modifier& modifier(std::size_t i) const { return packs[modifiers[i].pack].modifiers[modifiers[i].rule]; }
};

// Adds problems for entries and patterns that do not compile; the program is then not usable.
Program compile(std::vector<Pack> packs, Problems& problems);

}  // namespace evtriage
