// The rows of names that libewf and split write (libewf's documentation; split -a 3 --numeric-suffixes=1).
#include "pipeline/evidence/segments.h"

#include <gtest/gtest.h>

namespace evtriage::evidence {
namespace {

TEST(Segments, GoOnAsTheProgramsName) {
  EXPECT_EQ(next_segment("a/disk.001"), "a/disk.002");
  EXPECT_EQ(next_segment("disk.009"), "disk.010");
  EXPECT_EQ(next_segment("disk.199"), "disk.200");
  EXPECT_EQ(next_segment("disk.999"), "");
  EXPECT_EQ(next_segment("disk.E01"), "disk.E02");
  EXPECT_EQ(next_segment("disk.E09"), "disk.E10");
  EXPECT_EQ(next_segment("disk.E99"), "disk.EAA");
  EXPECT_EQ(next_segment("disk.EAZ"), "disk.EBA");
  EXPECT_EQ(next_segment("disk.EZZ"), "disk.FAA");
  EXPECT_EQ(next_segment("disk.ZZZ"), "");
  EXPECT_EQ(next_segment("disk.e99"), "disk.eaa");
  EXPECT_EQ(next_segment("disk.r01"), "");
  EXPECT_EQ(next_segment("disk"), "");
  EXPECT_EQ(next_segment(".001"), "");
}

TEST(Segments, KnowTheirFirst) {
  EXPECT_TRUE(starts_segments("disk.001"));
  EXPECT_TRUE(starts_segments("disk.E01"));
  EXPECT_TRUE(starts_segments("disk.s01"));
  EXPECT_FALSE(starts_segments("disk.002"));
  EXPECT_FALSE(starts_segments("disk.txt"));
  EXPECT_FALSE(starts_segments("disk.z01"));
  EXPECT_EQ(first_segment("disk.002"), "disk.001");
  EXPECT_EQ(first_segment("disk.E17"), "disk.E01");
  EXPECT_EQ(first_segment("disk.EAB"), "disk.E01");
  EXPECT_EQ(first_segment("disk.E01"), "");
  EXPECT_EQ(first_segment("disk.z17"), "");
}

TEST(Segments, EveryNameOfARowLeadsBackToTheFirst) {
  std::string name = "d.E01";
  for (int i = 0; i < 3000; ++i) {
    name = next_segment(name);
    ASSERT_EQ(first_segment(name), "d.E01") << name;
  }
}

}  // namespace
}  // namespace evtriage::evidence
