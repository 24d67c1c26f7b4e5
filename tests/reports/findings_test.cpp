// Order, folding and reasons of findings.
#include "reports/findings.h"

#include <gmock/gmock.h>

#include "tests/support/sample_case.h"

namespace evtriage::reports {
namespace {

using testing::ElementsAre;

struct Opened {
  explicit Opened(const std::string& dir) : reader(std::move(*open_case(dir + "/results.sqlite"))) { input.reader = reader.get(); }
  std::unique_ptr<CaseReader> reader;
  CaseInput input;
  Page page{input, [](std::string_view) {}};
};

TEST(Findings, HeaviestFirstCopiesFolded) {
  const test::SampleCase sample;
  ASSERT_EQ(sample.problem(), "");
  Opened opened(sample.dir());
  const auto list = load_findings(opened.page, 200);
  ASSERT_TRUE(opened.page.state());
  ASSERT_EQ(list.shown.size(), 4u);  // five findings, one of them in a copy of the file
  EXPECT_EQ(list.not_shown, 0u);
  std::vector<std::uint64_t> scores, copies;
  for (const auto& one : list.shown) {
    scores.push_back(one.score_milli);
    copies.push_back(one.copies);
  }
  EXPECT_THAT(scores, ElementsAre(17'300, 13'000, 9'500, 4'200));
  EXPECT_THAT(copies, ElementsAre(1, 0, 0, 0));
}

TEST(Findings, ReasonsWithWordsSourceAndLanguage) {
  const test::SampleCase sample;
  Opened opened(sample.dir());
  const auto list = load_findings(opened.page, 200);
  ASSERT_FALSE(list.shown.empty());
  const auto& first = list.shown.front();
  EXPECT_EQ(first.path, "Chats/group.txt");
  EXPECT_EQ(first.exhibit, "EX1");
  EXPECT_EQ(first.address, "exhibit:EX1/file:2\"Chats/group.txt\"+0..110");
  EXPECT_EQ(first.language, "en");
  EXPECT_THAT(first.marks(), ElementsAre("keeping our passports", "until we finish paying"));
  EXPECT_THAT(list.shown.back().against, ElementsAre("x.pt.news"));
}

TEST(Findings, TheLimitHoldsAndTheRestIsCounted) {
  const test::SampleCase sample;
  Opened opened(sample.dir());
  const auto list = load_findings(opened.page, 1);
  EXPECT_EQ(list.shown.size(), 1u);
  EXPECT_EQ(list.shown[0].copies, 1u);
  EXPECT_EQ(list.not_shown, 3u);
}

TEST(Rules, TitlesInTheLanguageOfTheReportElseEnglish) {
  const test::SampleCase sample;
  Opened opened(sample.dir());
  opened.input.language = Language::fr;
  const auto rules = load_rules(opened.page);
  EXPECT_EQ(rules.at("som.S01.fr.passage").title, "Offre de passage");
  EXPECT_EQ(rules.at("tip.T02.ar.holds-documents").title, "Identity documents held by another person");
}

TEST(Findings, AnErrorOfTheStoreSticks) {
  const test::SampleCase sample;
  Opened opened(sample.dir());
  opened.page.each("SELECT nothing FROM nowhere", {}, [](const Page::Row&) { return true; });
  EXPECT_FALSE(opened.page.state());
}

}  // namespace
}  // namespace evtriage::reports
