// The strict loader and the door: each defect is told with file, line and mend; keywords report hits and no findings;
// the gate, the bands and the innocent readings decide as README.md says.
#include <gtest/gtest.h>

#include "rules/rules.h"

namespace evtriage {
namespace {

std::string pack(const std::string& rules, const std::string& lists = "lists:\n  hold: [keep*]\n  papers: [passport(s)]\n") {
  return "pack: p\nversion: \"1\"\nlicence: Apache-2.0\nmaintainer: m\nlanguages: [en]\n" + lists + rules;
}

std::string rule(const std::string& when, const std::string& head = "offence: tip\n    category: T02\n    element: means") {
  return "rules:\n  - id: tip.T02.en.x\n    version: 1\n    " + head +
         "\n    article: \"art. 3(a)\"\n    weight: 6\n    status: draft\n    source: s\n    title: {en: a, fr: b, pt: c, ar: d}\n    when: " + when + "\n";
}

struct Collected final : ScanSink {
  std::vector<Hit> hits;
  std::vector<Finding> findings;
  void mention(Mention) override {}
  void hit(Hit hit) override { hits.push_back(std::move(hit)); }
  void finding(Finding finding) override { findings.push_back(std::move(finding)); }
  void issue(Issue issue) override { ADD_FAILURE() << issue.detail; }
};

Collected scan(const RuleSet& rules, const std::string& text) {
  Collected sink;
  const auto scratch = rules.make_scratch();
  rules.scan(TextSegment::of(Blob::own(text), OffsetMap::identity(text.size()), "body"), *scratch, sink);
  return sink;
}

const std::string kNear = "{near: {words: 4, of: [{list: hold}, {list: papers}]}}";

TEST(Pack, AGoodPackLoads) {
  const LoadedRules loaded = load_rules({{"p.yaml", pack(rule(kNear))}}, {}, RuleEngine::fast, false);
  for (const RuleProblem& problem : loaded.problems) EXPECT_TRUE(problem.warning) << problem.line << ": " << problem.what;
  ASSERT_NE(loaded.rules, nullptr);
  const std::string text = "they keep all the passports";
  const Collected found = scan(*loaded.rules, text);
  ASSERT_EQ(found.hits.size(), 1u);
  EXPECT_EQ(text.substr(found.hits[0].bytes.begin, found.hits[0].bytes.size()), "keep all the passports");
  EXPECT_TRUE(found.findings.empty()) << "one kind of means alone opens no gate";
}

TEST(Pack, DefectsAreToldWithPlaceAndMend) {
  for (const std::string& bad : {pack(rule(kNear)) + "rulez: []\n", pack(rule("{list: nobody}")), pack(rule("{pattern: \"a.*b\"}")),
                                 pack(rule("{near: {words: 40, of: [{list: hold}, {list: papers}]}}")), pack(rule("{phrase: \"\"}")),
                                 pack(rule(kNear) + rule(kNear).substr(7)), pack(rule(kNear, "offence: theft\n    category: T02\n    element: means")),
                                 std::string("pack: [\n"), std::string("")}) {
    const LoadedRules loaded = load_rules({{"p.yaml", bad}}, {}, RuleEngine::fast, false);
    EXPECT_EQ(loaded.rules, nullptr) << bad;
    bool told = false;
    for (const RuleProblem& problem : loaded.problems) told |= !problem.warning && problem.file == "p.yaml" && !problem.what.empty();
    EXPECT_TRUE(told) << bad;
  }
}

TEST(Pack, KeywordsReportHitsAndNoFindings) {
  const LoadedRules loaded = load_rules({}, {{"words.txt", "Blue canoe\npirogue bleue\n"}}, RuleEngine::fast, false);
  ASSERT_NE(loaded.rules, nullptr);
  const Collected found = scan(*loaded.rules, "the BLUE  canoe waits; la pirogue bleu\xC3\xA9 non, la pirogue bleue oui");
  EXPECT_EQ(found.hits.size(), 3u) << "accents are folded";
  EXPECT_TRUE(found.findings.empty());
}

TEST(Score, GateBandsAndInnocentReadings) {
  const LoadedRules loaded = load_rules(shipped_packs(), {}, RuleEngine::fast, false);
  ASSERT_NE(loaded.rules, nullptr);
  const Collected grave = scan(*loaded.rules, "Madam keeps our passports and the door is locked, we can't go out. We still owe her 20000 euro and will be beaten if we run.");
  ASSERT_FALSE(grave.findings.empty());
  EXPECT_NE(grave.findings[0].band, Band::low);
  EXPECT_TRUE(scan(*loaded.rules, "The hotel keeps a copy of the passport at check-in.").findings.empty());
  EXPECT_TRUE(scan(*loaded.rules, "Our madam bought a new trolley and a burger for the chairman.").findings.empty()) << "slang alone never alarms";
  EXPECT_NE(loaded.rules->explain("The hotel keeps a copy of the passport.").size(), 0u);
}

}  // namespace
}  // namespace evtriage
