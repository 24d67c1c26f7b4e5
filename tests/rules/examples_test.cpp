// Every example of every pack that ships, on both engines' loader, with no warning left.
#include "rules/examples.h"

#include <gtest/gtest.h>

namespace evtriage {
namespace {

TEST(Examples, OfAllPacksThatShipHold) {
  const LoadedRules loaded = load_rules(shipped_packs(), {}, RuleEngine::fast, true);
  for (const auto& p : loaded.problems)
    EXPECT_TRUE(p.warning) << p.file << ":" << p.line << ": " << p.what << " - " << p.mend;
  ASSERT_TRUE(loaded.rules);
  std::uint64_t count = 0;
  for (const auto& f : loaded.rules->run_examples(count))
    ADD_FAILURE() << f.file << ":" << f.line << ": " << f.rule << " " << f.what << ": " << f.text;
  EXPECT_GE(count, loaded.rules->rules().size() * 2);
}

TEST(Examples, FailuresAreNamedWithTheirLine) {
  const std::string pack =
      "pack: p\nversion: 1\nlicence: x\nmaintainer: m\nlanguages: [en]\nrules:\n"
      "  - {id: a, version: 1, offence: tip, category: T01, element: act, article: x, weight: 5, status: draft, source: x,\n"
      "     title: {en: a, fr: a, pt: a, ar: a}, when: {phrase: \"sea calm\"},\n"
      "     examples: {match: [\"The sea is calm\"],\n"
      "                no_match: [\"sea, calm!\"]}}\n";
  const LoadedRules loaded = load_rules({{"p.yaml", pack}}, {}, RuleEngine::fast, true);
  ASSERT_TRUE(loaded.rules);
  EXPECT_EQ(loaded.rules->warnings().size(), 1u);  // fewer than two examples of a kind
  std::uint64_t count = 0;
  const auto failures = loaded.rules->run_examples(count);
  EXPECT_EQ(count, 2u);
  ASSERT_EQ(failures.size(), 2u);
  EXPECT_EQ(failures[0].line, 9u);
  EXPECT_EQ(failures[0].what, "must match but does not");
  EXPECT_EQ(failures[1].line, 10u);
  EXPECT_EQ(failures[1].what, "must not match but does");
}

}  // namespace
}  // namespace evtriage
