// The door: packs and keyword lists in, a TextScanner out.
// Constant after construction; all state of a scan lives in the Scratch of one worker.
// Tested by tests/rules/examples_test.cpp.
#include "rules/rules.h"

#include <algorithm>

#include "pipeline/core/text.h"
#include "rules/examples.h"
#include "rules/explain.h"
#include "rules/keywords.h"
#include "rules/naive.h"
#include "rules/pack.h"
#include "rules/program.h"
#include "rules/scan.h"

namespace evtriage {
namespace {

class Engine final : public RuleSet {
 public:
  Engine(Program program, std::vector<PackInfo> packs, Problems warnings, RuleEngine engine)
      : program_(std::move(program)), packs_(std::move(packs)), warnings_(std::move(warnings)), engine_(engine) {
    for (std::size_t r = 0; r < program_.rules.size(); ++r) rules_.push_back(describe(r));
  }
  std::string_view name() const override { return "rules"; }
  std::uint32_t version() const override { return 1; }
  std::unique_ptr<Scratch> make_scratch() const override { return scratch(); }
  void scan(const TextSegment& segment, Scratch& scratch, ScanSink& sink) const override {
    scan_segment(program_, {}, segment, static_cast<RuleScratch&>(scratch), sink);
  }
  const std::vector<PackInfo>& packs() const override { return packs_; }
  const std::vector<RuleInfo>& rules() const override { return rules_; }
  const std::vector<RuleProblem>& warnings() const override { return warnings_; }
  std::vector<ExampleFailure> run_examples(std::uint64_t& count) const override {
    return evtriage::run_examples(program_, *conditions(), count);
  }
  std::string explain(std::string_view text) const override {
    if (!is_valid_utf8(text)) return "the text is not UTF-8\n";
    return evtriage::explain(program_, text, *scratch());
  }

 private:
  std::unique_ptr<Conditions> conditions() const {
    if (engine_ == RuleEngine::re2) return std::make_unique<NaiveConditions>(program_);
    return std::make_unique<FastConditions>(program_);
  }
  std::unique_ptr<RuleScratch> scratch() const { return std::make_unique<RuleScratch>(program_, conditions()); }
  RuleInfo describe(std::size_t r) const {
    const Pack& pack = program_.packs[program_.rules[r].pack];
    const RuleText& rule = program_.rule(r);
    std::string elements;
    for (const auto& element : rule.elements) elements += (elements.empty() ? "" : ", ") + element;
    return {rule.id, pack.id, rule.offence, rule.category, elements, rule.article, rule.status, rule.source,
            rule.version, static_cast<std::int32_t>(rule.weight), rule.title, pack.languages};
  }
  Program program_;
  std::vector<PackInfo> packs_;
  std::vector<RuleInfo> rules_;
  Problems warnings_;
  RuleEngine engine_;
};

}  // namespace

LoadedRules load_rules(const std::vector<PackSource>& sources, const std::vector<PackSource>& keywords,
                       RuleEngine engine, bool with_examples) {
  LoadedRules out;
  std::vector<Pack> packs;
  std::vector<PackInfo> infos;
  for (const PackSource& source : sources) {
    packs.push_back(parse_pack(source, with_examples, out.problems));
    const Pack& pack = packs.back();
    infos.push_back({pack.id, pack.version, pack.licence, pack.maintainer, source.bytes, pack.languages, pack.rules.size()});
  }
  check_packs(packs, with_examples, out.problems);
  if (!keywords.empty()) {
    packs.push_back(keyword_pack(keywords, out.problems));
    std::string bytes;
    for (const PackSource& list : keywords) bytes += std::to_string(list.bytes.size()) + ':' + list.bytes;
    infos.push_back({"keywords", "1", "", "", std::move(bytes), {}, packs.back().rules.size()});
  }
  Program program = compile(std::move(packs), out.problems);
  Problems warnings;
  for (const RuleProblem& problem : out.problems)
    if (problem.warning) warnings.push_back(problem);
  if (warnings.size() == out.problems.size())
    out.rules = std::make_unique<Engine>(std::move(program), std::move(infos), std::move(warnings), engine);
  return out;
}

}  // namespace evtriage
