// The log goes on after a crash, refuses a broken chain and a second writer.
#include "tests/pipeline/store/small_case.h"

namespace evtriage {
namespace {

const FixedClock still(0);

std::string write_three(const std::string& path) {
  auto log = open_custody_log(path, still);
  EXPECT_TRUE(log);
  for (const char* action : {"started", "listed", "stopped"}) EXPECT_TRUE((*log)->append({action, {{"n", "1"}}}));
  return (*log)->head();
}

TEST(CustodyLog, ContinuesWhereItEnded) {
  const test::Folder folder;
  const std::string head = write_three(folder / "c");
  auto log = open_custody_log(folder / "c", still);
  ASSERT_TRUE(log);
  EXPECT_EQ((*log)->size(), 3u);
  EXPECT_EQ((*log)->head(), head);
  auto second = open_custody_log(folder / "c", still);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::limit);
}

TEST(CustodyLog, TornAtEveryLengthIsCutAndTold) {
  const test::Folder folder;
  write_three(folder / "c");
  const std::string bytes = test::read_file(folder / "c");
  for (std::size_t n = 0; n <= bytes.size(); ++n) {
    test::write_file(folder / "t", bytes.substr(0, n));
    const std::string whole = bytes.substr(0, n == 0 ? 0 : bytes.rfind('\n', n - 1) + 1);
    const auto lines = static_cast<std::uint64_t>(std::count(whole.begin(), whole.end(), '\n'));
    auto log = open_custody_log(folder / "t", still);
    ASSERT_TRUE(log) << n;
    EXPECT_EQ((*log)->size(), lines + (whole.size() == n ? 0u : 1u)) << n;
    const std::string now = test::read_file(folder / "t");
    EXPECT_TRUE(now.starts_with(whole));
    EXPECT_EQ(now.find("\"recovered\"") != now.npos, whole.size() != n) << n;
  }
}

TEST(CustodyLog, BrokenChainIsRefused) {
  const test::Folder folder;
  write_three(folder / "c");
  std::string bytes = test::read_file(folder / "c");
  bytes[20] = static_cast<char>(bytes[20] ^ 1);
  test::write_file(folder / "c", bytes);
  auto log = open_custody_log(folder / "c", still);
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, Code::corrupt);
}

}  // namespace
}  // namespace evtriage
