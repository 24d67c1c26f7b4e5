// The case file's names: closed lists, every label in four languages, values checked where a machine reads them.
#include "reports/case_file.h"

#include <gmock/gmock.h>

#include <set>

#include "reports/reports.h"

namespace evtriage::reports {
namespace {

using testing::HasSubstr;

TEST(CaseFile, KnownNamesAreTaken) {
  for (const auto& word : case_words()) EXPECT_TRUE(check_case_file("case." + std::string(word.key), "x")) << word.key;
  for (const auto& word : exhibit_words()) {
    if (word.key == "clock_offset" || word.key == "acquisition_hash") continue;
    const auto taken = check_case_file("exhibit.EX.1." + std::string(word.key), "x");
    ASSERT_TRUE(taken) << word.key;
    EXPECT_EQ(taken->label, "EX.1");
  }
}

TEST(CaseFile, UnknownNamesAreRefusedByName) {
  for (const auto* name : {"case.", "case.seized_at", "exhibit.seized_at", "exhibit..seized_at", "exhibit.EX1.facts", "threds", "", "exhibit."}) {
    const auto refused = check_case_file(name, "x");
    ASSERT_FALSE(refused) << name;
    EXPECT_THAT(refused.error().detail, HasSubstr(name));
  }
}

TEST(CaseFile, OffsetsAndDigestsHaveAForm) {
  for (const auto* good : {"0", "-120", "+3600", "86400"}) EXPECT_TRUE(check_case_file("exhibit.A.clock_offset", good)) << good;
  for (const auto* bad : {"", "2 min", "1.5", "99999999999", "--1", "+"}) EXPECT_FALSE(check_case_file("exhibit.A.clock_offset", bad)) << bad;
  EXPECT_TRUE(check_case_file("exhibit.A.acquisition_hash", "md5:d41d8cd98f00b204e9800998ecf8427e"));
  for (const auto* bad : {"d41d8cd98f00b204e9800998ecf8427e", "md5:d41d", "md5:D41D8CD98F00B204E9800998ECF8427E", "crc:00000000"}) {
    EXPECT_FALSE(check_case_file("exhibit.A.acquisition_hash", bad)) << bad;
  }
}

TEST(CaseFile, AClockAheadIsCorrectedBackwards) {
  EXPECT_EQ(clock_correction({{"exhibit.A.clock_offset", "120"}}, "A"), -120);
  EXPECT_EQ(clock_correction({{"exhibit.A.clock_offset", "-60"}}, "A"), 60);
  EXPECT_EQ(clock_correction({{"exhibit.A.clock_offset", "+5"}}, "A"), -5);
  EXPECT_EQ(clock_correction({{"exhibit.A.clock_offset", "soon"}}, "A"), 0);
  EXPECT_EQ(clock_correction({}, "A"), 0);
}

TEST(CaseFile, EveryLabelInEveryLanguage) {
  const std::set<std::string_view> shared = {"IMEI", "Classification", "Description", "Transport"};
  for (const auto list : {case_words(), exhibit_words()}) {
    std::set<std::string_view> keys;
    for (const auto& word : list) {
      EXPECT_TRUE(keys.insert(word.key).second) << word.key;
      for (std::size_t i = 0; i < language_count; ++i) {
        EXPECT_FALSE(word.in[i].empty()) << word.key;
        if (i == 0 || shared.contains(word.in[0])) continue;
        EXPECT_NE(word.in[i], word.in[0]) << word.key;
      }
    }
  }
}

}  // namespace
}  // namespace evtriage::reports
