// From what was typed to what is needed: registry, profile, known sets, rules.
// Results depend on Profile and Registry alone; nothing else of the options reaches the code that makes them.
// Tested by tests/whole/cli_test.py and tests/whole/determinism_test.py.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "extractors/builtin.h"
#include "pipeline/app/options.h"
#include "pipeline/core/plugin.h"
#include "pipeline/core/profile.h"
#include "pipeline/engine/identify.h"
#include "pipeline/sandbox/sandbox.h"
#include "pipeline/store/store.h"
#include "rules/rules.h"

namespace evtriage {

struct Plan {  // owns everything that the registry points at
  std::unique_ptr<Cage> cage;
  std::vector<std::unique_ptr<const Extractor>> caged, plain;
  Builtin builtin;
  std::unique_ptr<const TextScanner> contacts;
  std::unique_ptr<RuleSet> rules;
  std::unique_ptr<KnownSets> known;
  std::unique_ptr<Identifier> identifier;
  std::vector<const Extractor*> extractors;
  std::vector<const PageExtractor*> page_extractors;
  std::vector<const TextScanner*> scanners;
  Profile profile;

  Registry registry() const { return {extractors, page_extractors, scanners, known.get()}; }
  std::string profile_digest() const;
};

// Errors: one line, what is wrong and how to mend it.
Result<std::unique_ptr<Plan>> make_plan(const Typed& typed);

// Shipped packs and those of --rules and --keywords (files, or folders of .yaml files), loaded.
// An Error lists every problem of the packs, each with file, line and mend.
Result<std::unique_ptr<RuleSet>> load_rule_set(const Typed& typed, const std::vector<std::string>& more, bool with_examples);

// Whole file as text; Error: cannot be read.
Result<std::string> read_file(const std::string& path);

}  // namespace evtriage
