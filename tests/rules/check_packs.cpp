// For authors of packs: check_packs FILE... prints what is wrong with the packs and which examples fail.
// Tested by hand; the same loader and runner are tested by pack_test.cpp and examples_test.cpp.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "rules/rules.h"

int main(int argc, char** argv) {
  using namespace evtriage;
  std::vector<PackSource> sources;
  for (int i = 1; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    if (!in) {
      std::printf("%s: cannot be read\n", argv[i]);
      return 1;
    }
    sources.push_back({argv[i], {std::istreambuf_iterator<char>(in), {}}});
  }
  const LoadedRules loaded = load_rules(sources, {}, RuleEngine::fast, true);
  for (const auto& p : loaded.problems)
    std::printf("%s:%u: %s: %s\n    %s\n", p.file.c_str(), p.line, p.warning ? "warning" : "error", p.what.c_str(), p.mend.c_str());
  if (!loaded.rules) return 1;
  std::uint64_t count = 0;
  const auto failures = loaded.rules->run_examples(count);
  for (const auto& f : failures)
    std::printf("%s:%u: %s: %s\n    %s\n", f.file.c_str(), f.line, f.rule.c_str(), f.what.c_str(), f.text.c_str());
  std::printf("%zu packs, %zu rules, %llu examples, %zu failures\n", loaded.rules->packs().size(),
              loaded.rules->rules().size(), static_cast<unsigned long long>(count), failures.size());
  return failures.empty() ? 0 : 1;
}
