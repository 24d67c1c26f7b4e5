// Files appear whole or not at all.
#include "reports/report_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace evtriage::reports {
namespace {

class ReportFile : public testing::Test {
 protected:
  void SetUp() override {
    dir_ = testing::TempDir() + "evtriage-report-file-" + testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(dir_);
    std::filesystem::create_directory(dir_);
  }
  void TearDown() override { std::filesystem::remove_all(dir_); }
  std::size_t entries() const { return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(dir_), {})); }
  std::string dir_;
};

TEST_F(ReportFile, HasItsNameOnlyWhenFinished) {
  const std::string large(700'000, 'x');
  {
    ReportWriter writer(dir_, "a.csv");
    writer.write(large);
    EXPECT_FALSE(std::filesystem::exists(dir_ + "/a.csv"));
    const auto path = writer.finish();
    ASSERT_TRUE(path);
    EXPECT_EQ(std::filesystem::file_size(*path), large.size());
    struct stat info {};
    ASSERT_EQ(stat(path->c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
  }
  EXPECT_EQ(entries(), 1u);
}

TEST_F(ReportFile, UnfinishedLeavesNothing) {
  { ReportWriter(dir_, "a.csv").write("half"); }
  EXPECT_EQ(entries(), 0u);
}

TEST_F(ReportFile, ReplacesAnOlderReportAndALeftOver) {
  std::ofstream(dir_ + "/a.csv") << "old";
  std::ofstream(dir_ + "/.a.csv.part") << "left over";
  ReportWriter writer(dir_, "a.csv");
  writer.write("new");
  ASSERT_TRUE(writer.finish());
  EXPECT_EQ(std::filesystem::file_size(dir_ + "/a.csv"), 3u);
  EXPECT_EQ(entries(), 1u);
}

TEST_F(ReportFile, AFolderThatIsNotThereIsAnError) {
  ReportWriter writer(dir_ + "/none", "a.csv");
  writer.write("x");
  EXPECT_TRUE(writer.failed());
  EXPECT_FALSE(writer.finish());
}

TEST_F(ReportFile, LinesAcrossBuffersAndWithoutATail) {
  std::ofstream out(dir_ + "/lines");
  for (int i = 0; i < 60'000; ++i) out << "line " << i << "\n";
  out << "torn";
  out.close();
  int count = 0;
  ASSERT_TRUE(each_file_line(dir_ + "/lines", [&](std::string_view line) { return line == "line " + std::to_string(count++); }));
  EXPECT_EQ(count, 60'000);
  EXPECT_FALSE(each_file_line(dir_ + "/none", [](std::string_view) { return true; }));
}

}  // namespace
}  // namespace evtriage::reports
