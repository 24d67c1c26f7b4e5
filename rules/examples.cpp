// A rule's examples are its definition for people: what it must find and the innocent look-alikes that it
// must leave alone.  The score plays no part here, only the rule's own conditions.
// Tested by tests/rules/examples_test.cpp, which runs all packs that ship.
#include "rules/examples.h"

namespace evtriage {
namespace {

class Runner {
 public:
  Runner(const Program& program, Conditions& conditions) : program_(program), conditions_(conditions) {}
  std::vector<ExampleFailure> failures;
  std::uint64_t count = 0;

  template <class Holds>
  void run(const std::string& id, const std::string& file, const Examples& examples, Holds holds) {
    for (const Line& example : examples.match)
      if (!judge(example, holds)) failures.push_back({id, file, example.line, example.text, "must match but does not"});
    for (const Line& example : examples.no_match)
      if (judge(example, holds)) failures.push_back({id, file, example.line, example.text, "must not match but does"});
  }

 private:
  template <class Holds>
  bool judge(const Line& example, Holds holds) {
    ++count;
    text_.assign(example.text);
    conditions_.begin(text_.text(), UINT32_MAX);
    return holds(text_.text());
  }
  const Program& program_;
  Conditions& conditions_;
  FoldedText text_;
};

}  // namespace

std::vector<ExampleFailure> run_examples(const Program& program, Conditions& conditions, std::uint64_t& count) {
  Runner runner(program, conditions);
  for (std::uint32_t r = 0; r < program.rules.size(); ++r) {
    const RuleText& rule = program.rule(r);
    runner.run(rule.id, program.packs[program.rules[r].pack].file, rule.examples, [&](std::string_view folded) {
      std::vector<RuleMatch> matches;
      match_rule(program, r, folded, conditions, matches);
      return !matches.empty();
    });
  }
  for (std::uint32_t m = 0; m < program.modifiers.size(); ++m) {
    const Modifier& modifier = program.modifier(m);
    runner.run(modifier.id, program.packs[program.modifiers[m].pack].file, modifier.examples,
               [&](std::string_view) { return !conditions.spans(program.modifier_judges[m].when).empty(); });
  }
  count = runner.count;
  return std::move(runner.failures);
}

}  // namespace evtriage
