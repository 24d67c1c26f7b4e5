// Counting on texts whose answer is known by hand, and a floor under what the shipped packs must reach.
#include "rules/measure.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace evtriage {
namespace {

constexpr const char* kTexts =
    R"({"id": "en.T02.crime.1", "language": "en", "offence": "tip", "category": "T02", "text": "No passport until you finish paying my money."})" "\n"
    R"({"id": "kept.b", "language": "en", "offence": "none", "category": "T02", "text": "The library opens at nine."})" "\n";

TEST(Measure, ReadsLinesAndNamesTheBadOne) {
  const auto texts = read_labelled({{"t.jsonl", kTexts}});
  ASSERT_TRUE(texts);
  ASSERT_EQ(texts->size(), 2u);
  EXPECT_TRUE((*texts)[0].is_crime());
  EXPECT_FALSE((*texts)[1].is_crime());
  const auto bad = read_labelled({{"t.jsonl", std::string(kTexts) + "{\"id\": \"c\"}\n"}});
  ASSERT_FALSE(bad);
  EXPECT_NE(bad.error().detail.find("t.jsonl:3"), std::string::npos);
}

TEST(Measure, OneThirdIsKeptAsideAndStaysSo) {
  EXPECT_TRUE(is_kept_aside("kept.en.1"));
  std::size_t kept = 0;
  for (int i = 0; i < 3000; ++i) kept += is_kept_aside("en.T02.crime." + std::to_string(i)) ? 1 : 0;
  EXPECT_GT(kept, 900u);
  EXPECT_LT(kept, 1100u);
  EXPECT_EQ(is_kept_aside("en.T01.crime.1"), is_kept_aside("en.T01.crime.1"));
}

TEST(Measure, TextsKeptAsideAreCountedAndNotShown) {
  const LoadedRules loaded = load_rules(shipped_packs(), {}, RuleEngine::fast, false);
  ASSERT_TRUE(loaded.rules);
  const auto report = measure(*loaded.rules, std::vector<PackSource>{{"t.jsonl", kTexts}});
  ASSERT_TRUE(report);
  EXPECT_NE(report->find("(1 right, 0 wrong, 0 missed, 0 left alone)"), std::string::npos) << *report;
  EXPECT_NE(report->find("texts kept aside"), std::string::npos);
  EXPECT_EQ(report->find("library"), std::string::npos);
}

double figure(const std::string& report, const std::string& row, const std::string& name) {
  const std::size_t line = report.find("\n" + row);
  const std::size_t at = report.find(name + " ", line) + name.size() + 1;
  return std::stod(report.substr(at));
}

std::vector<PackSource> labelled(const std::string& folder) {
  std::vector<PackSource> files;
  for (const auto& entry : std::filesystem::directory_iterator(EVTRIAGE_SOURCE_DIR "/tests/rules/" + folder)) {
    std::ifstream in(entry.path(), std::ios::binary);
    if (entry.path().extension() == ".jsonl") files.push_back({entry.path().filename(), {std::istreambuf_iterator<char>(in), {}}});
  }
  return files;
}

void expect_at_least(const std::vector<PackSource>& files, double precision, double recall, double recall_of_language) {
  const LoadedRules loaded = load_rules(shipped_packs(), {}, RuleEngine::fast, false);
  ASSERT_TRUE(loaded.rules);
  const auto report = measure(*loaded.rules, files);
  ASSERT_TRUE(report);
  for (const std::string& part : {report->substr(0, report->find("texts kept aside")), report->substr(report->find("texts kept aside"))}) {
    EXPECT_GE(figure(part, "all", "precision"), precision) << part;
    EXPECT_GE(figure(part, "all", "recall"), recall) << part;
    for (const char* language : {"ar", "en", "fr", "pcm", "pt"}) EXPECT_GE(figure(part, language, "recall"), recall_of_language) << language;
  }
}

// What was reached on all labelled texts that the packs were tuned with must not be lost again.
TEST(Measure, TheShippedPacksStayAboveTheirFloor) {
  const auto files = labelled("dev");
  ASSERT_GE(files.size(), 6u);
  expect_at_least(files, 0.90, 0.80, 0.70);
}

// Half of these are innocent twins that another author wrote to deceive; no rule was written with them in sight.
TEST(Measure, TheShippedPacksFindWhatTheirAuthorsDidNotSee) {
  const auto files = labelled("held");
  ASSERT_EQ(files.size(), 1u);
  expect_at_least(files, 0.75, 0.75, 0.60);
}

}  // namespace
}  // namespace evtriage
