// The custody log as the report shows it.
#include "reports/custody_view.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/sample_case.h"

namespace evtriage::reports {
namespace {

TEST(CustodyView, FactsAndActsUpToTheSeal) {
  const test::SampleCase sample;
  ASSERT_EQ(sample.problem(), "");
  const auto view = read_custody(sample.dir() + "/custody.jsonl");
  EXPECT_TRUE(view.readable);
  EXPECT_EQ(view.started, "2026-01-15T10:00:00Z");
  EXPECT_EQ(view.sealed, "2026-01-15T10:00:00Z");
  EXPECT_EQ(view.facts.at("case_number"), "2026-014");
  EXPECT_EQ(view.facts.count("authority"), 0u);
  ASSERT_EQ(view.acts.size(), 3u);  // the report written after the seal is not among them
  EXPECT_EQ(view.acts[1].action, "listed");
  EXPECT_EQ(view.acts[1].who, "A. Example");
  EXPECT_EQ(view.acts[1].detail, "exhibit=EX1; entries=10");
}

TEST(CustodyView, ManyActsAreCounted) {
  const std::string path = testing::TempDir() + "evtriage-custody-view-many";
  std::ofstream out(path);
  for (int i = 0; i < 300; ++i) out << R"({"action":"resumed","time":"2026-01-15T10:00:00Z"})" << "\n";
  out.close();
  const auto view = read_custody(path);
  EXPECT_EQ(view.acts.size(), act_limit);
  EXPECT_EQ(view.acts_not_shown, 300 - act_limit);
  std::filesystem::remove(path);
}

TEST(CustodyView, NoLogOrNoJsonIsNotReadable) {
  EXPECT_FALSE(read_custody(testing::TempDir() + "evtriage-custody-none").readable);
  const std::string path = testing::TempDir() + "evtriage-custody-view-bad";
  std::ofstream(path) << "not json\n";
  EXPECT_FALSE(read_custody(path).readable);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace evtriage::reports
