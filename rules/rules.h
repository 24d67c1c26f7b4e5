// The door of the rules: packs in YAML -> a TextScanner that emits hits and findings.
//
// How to write a rule, the grammar and the scoring: README.md of this folder.
// Tested by tests/rules: every rule's own examples, and the fast engine against RE2 one by one.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/core/plugin.h"
#include "pipeline/core/result.h"

namespace evtriage {

struct PackSource {       // one file of a pack, or a keyword list
  std::string name;       // as shown in messages: "packs/tip/en.yaml"
  std::string bytes;
};

struct PackInfo {
  std::string id, version, licence, maintainer, sha256_source;  // sha256_source: bytes to hash for the profile
  std::vector<std::string> languages;
  std::uint64_t rules = 0;
};
struct RuleInfo {
  std::string id, pack, offence, category, element, article, status, source;
  std::uint32_t version = 0;
  std::int32_t weight = 0;
  std::vector<std::pair<std::string, std::string>> title;       // language, text: en, fr, pt, ar
  std::vector<std::string> languages;
};
struct RuleProblem {      // error or warning of the loader, with a place and a mend
  std::string file;
  unsigned line = 0;      // from 1; 0 if it concerns the whole file
  bool warning = false;
  std::string what, mend;
};
struct ExampleFailure {
  std::string rule, file;
  unsigned line = 0;
  std::string text, what; // what: "must match but does not", ...
};

enum class RuleEngine : std::uint8_t { fast, re2 };  // re2: every rule over every text, the slow oracle

class RuleSet : public TextScanner {
 public:
  virtual const std::vector<PackInfo>& packs() const = 0;
  virtual const std::vector<RuleInfo>& rules() const = 0;
  virtual const std::vector<RuleProblem>& warnings() const = 0;
  // Runs every rule's own examples; empty means all hold.  `count` gets the number of examples run.
  virtual std::vector<ExampleFailure> run_examples(std::uint64_t& count) const = 0;
  // For people: what was found in a text, with which words, what spoke against, and the score; or why not.
  virtual std::string explain(std::string_view text) const = 0;
};

struct LoadedRules {
  std::unique_ptr<RuleSet> rules;        // null if there is an error among the problems
  std::vector<RuleProblem> problems;
};
// `keywords`: one word or phrase a line; they make one pack "keywords" of weight 4 that only reports hits.
LoadedRules load_rules(const std::vector<PackSource>& packs, const std::vector<PackSource>& keywords,
                       RuleEngine engine, bool with_examples);

// How well the packs do on labelled texts (JSON lines: id, language, offence, category, text): a report for people.
// Error: the file and line that cannot be read.
Result<std::string> measure(const RuleSet& rules, const std::vector<PackSource>& files);

// The packs that ship, built into the program.
std::vector<PackSource> shipped_packs();

}  // namespace evtriage
