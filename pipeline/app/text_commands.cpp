// Commands over a text or the rule packs: rules list|check|test|explain, contacts.
// Tested by tests/whole/cli_test.py.
#include "extractors/contacts/explain.h"
#include "pipeline/app/commands.h"
#include "pipeline/app/plan.h"

namespace evtriage {
namespace {

std::string title_of(const RuleInfo& rule, const std::string& language) {
  std::string english;
  for (const auto& [code, title] : rule.title) {
    if (code == language) return title;
    if (code == "en") english = title;
  }
  return english;
}

int list_rules(const RuleSet& rules, const std::string& language) {
  for (const PackInfo& pack : rules.packs()) {
    say(pack.id + "\t" + pack.version + "\t" + std::to_string(pack.rules) + " rules\t" + pack.licence);
  }
  for (const RuleInfo& rule : rules.rules()) {
    say(rule.id + "\t" + rule.offence + "\t" + rule.category + "\t" + rule.element + "\t" + std::to_string(rule.weight) +
        "\t" + title_of(rule, language));
  }
  return kComplete;
}

int test_rules(const RuleSet& rules) {
  std::uint64_t count = 0;
  const std::vector<ExampleFailure> failures = rules.run_examples(count);
  for (const ExampleFailure& failure : failures) {
    say(failure.file + ":" + std::to_string(failure.line) + ": " + failure.rule + ": " + failure.what + ": " + failure.text);
  }
  say(std::to_string(count - failures.size()) + " of " + std::to_string(count) + " examples hold");
  return failures.empty() ? kComplete : kNotIntact;
}

int measure_rules(const RuleSet& rules, const std::vector<std::string>& files) {
  std::vector<PackSource> sources;
  for (const std::string& file : files) {
    Result<std::string> bytes = read_file(file);
    if (!bytes) return complain(kUsage, "--report: " + bytes.error().detail);
    sources.push_back({file, *std::move(bytes)});
  }
  const Result<std::string> report = measure(rules, sources);
  if (!report) return complain(kUsage, "--report: " + report.error().detail);
  say(*report);
  return kComplete;
}

int check_rules(const RuleSet& rules) {
  for (const RuleProblem& problem : rules.warnings()) {
    say("warning: " + problem.file + ":" + std::to_string(problem.line) + ": " + problem.what + " (" + problem.mend + ")");
  }
  say(std::to_string(rules.packs().size()) + " packs, " + std::to_string(rules.rules().size()) + " rules: good");
  return kComplete;
}

}  // namespace

int command_rules(const Typed& typed) {
  const std::string action = typed.arguments.empty() ? "" : typed.arguments[0];
  if (action != "list" && action != "check" && action != "test" && action != "explain") {
    return complain(kUsage, "rules takes list, check, test or explain, for instance: evtriage rules explain --text \"...\"");
  }
  const std::vector<std::string> packs(typed.arguments.begin() + 1, typed.arguments.end());
  Typed alone = typed;
  alone.no_default_rules = typed.no_default_rules || ((action == "check" || action == "test") && !packs.empty());
  const Result<std::unique_ptr<RuleSet>> rules = load_rule_set(alone, packs, action == "test" || action == "check");
  if (!rules) return complain(kUsage, rules.error().detail);
  if (action == "list") return list_rules(**rules, typed.languages.empty() ? "en" : typed.languages[0]);
  if (action == "check") return check_rules(**rules);
  if (action == "test" && !typed.measured.empty()) return measure_rules(**rules, typed.measured);
  if (action == "test") return test_rules(**rules);
  say((*rules)->explain(typed.has_text ? typed.text : standard_input()));
  return kComplete;
}

int command_contacts(const Typed& typed) {
  say(explain_contacts(typed.has_text ? typed.text : standard_input(), {typed.region}));
  return kComplete;
}

}  // namespace evtriage
