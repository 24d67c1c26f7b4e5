// The progress line: shares, rates and times that a person and a program can read.
#include "pipeline/app/progress.h"

#include <gtest/gtest.h>

namespace evtriage {
namespace {

TEST(Progress, LineForPeople) {
  const std::string line = progress_line({500, 4'000'000'000, 12, 3, 1, 10}, {1000, 8'000'000'000}, false);
  EXPECT_EQ(line, "50 %  4.0 GB of 8.0 GB  500 of 1000 items  400 MB/s  10 s left  3 findings, 12 hits, 1 issues");
}

TEST(Progress, LineForPrograms) {
  EXPECT_EQ(progress_line({1, 2, 3, 4, 5, 1.5}, {6, 7}, true),
            R"({"bytes":2,"bytes_total":7,"entries":1,"entries_total":6,"findings":4,"hits":3,"issues":5,"milliseconds":1500})");
}

TEST(Progress, NothingToDoIsAllDone) {
  EXPECT_EQ(progress_line({}, {}, false).substr(0, 5), "100 %");
}

TEST(Progress, UnitsForPeople) {
  EXPECT_EQ(human_bytes(999), "999 B");
  EXPECT_EQ(human_bytes(1400), "1.4 kB");
  EXPECT_EQ(human_bytes(312'000'000), "312 MB");
  EXPECT_EQ(human_seconds(45), "45 s");
  EXPECT_EQ(human_seconds(150), "2 min");
  EXPECT_EQ(human_seconds(3725), "1 h 02 min");
}

}  // namespace
}  // namespace evtriage
