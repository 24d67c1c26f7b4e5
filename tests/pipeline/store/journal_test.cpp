// A journal cut at every length, damaged in the middle, of another profile; units are whole or not there.
#include <fcntl.h>
#include <sys/resource.h>

#include <csignal>

#include "pipeline/store/journal_scan.h"
#include "tests/pipeline/store/small_case.h"

namespace evtriage {
namespace {

const JournalHeader header{"profile", "listing"};

std::unique_ptr<Journal> open(const std::string& path) {
  auto journal = open_journal(path, header, KeepText::all);
  EXPECT_TRUE(journal) << (journal ? "" : journal.error().detail);
  return journal ? std::move(*journal) : nullptr;
}

// File sizes after the header and after each frame.
std::vector<std::uint64_t> write_small(const std::string& path) {
  std::vector<std::uint64_t> ends;
  auto journal = open(path);
  ends.push_back(std::filesystem::file_size(path));
  for (const auto& parts : test::small_frames()) {
    EXPECT_TRUE(journal->append(journal->encode(parts)));
    ends.push_back(std::filesystem::file_size(path));
  }
  return ends;
}

TEST(Journal, CutAtEveryLengthKeepsExactlyTheWholeFrames) {
  const test::Folder folder;
  const auto ends = write_small(folder / "whole");
  const std::string bytes = test::read_file(folder / "whole");
  const std::vector<std::vector<std::uint64_t>> added = {{}, {0}, {1, 2}, {3}, {4}};
  for (std::size_t n = 0; n <= bytes.size(); ++n) {
    test::write_file(folder / "cut", bytes.substr(0, n));
    auto journal = open(folder / "cut");
    ASSERT_NE(journal, nullptr);
    std::uint64_t good = 0, units = 0;
    for (std::size_t i = 0; i < ends.size() && ends[i] <= n; ++i) {
      good = ends[i];
      units += added[i].size();
      for (const auto ordinal : added[i]) EXPECT_TRUE(journal->already_has(ordinal) && journal->has_whole(ordinal));
    }
    EXPECT_EQ(journal->units(), units) << n;
    EXPECT_EQ(journal->cut_bytes(), n - good) << n;
    EXPECT_EQ(std::filesystem::file_size(folder / "cut"), std::max(good, ends[0]));
  }
}

TEST(Journal, UnitInPartsIsWholeOnlyWithItsLast) {
  const test::Folder folder;
  const auto parts = test::small_large_file();
  auto journal = open(folder / "j");
  ASSERT_TRUE(journal->append(journal->encode({parts[0]})));
  ASSERT_TRUE(journal->append(journal->encode({parts[1]})));
  EXPECT_FALSE(journal->has_whole(3));
  journal = open(folder / "j");  // a killed run: the next one begins the unit anew
  EXPECT_FALSE(journal->already_has(3));
  for (const auto& part : parts) ASSERT_TRUE(journal->append(journal->encode({part})));
  EXPECT_TRUE(journal->has_whole(3));
  EXPECT_FALSE(journal->already_has(3));
  journal = open(folder / "j");
  EXPECT_TRUE(journal->already_has(3));
}

TEST(Journal, DamageBeforeAGoodFrameStopsAndNamesTheFrame) {
  const test::Folder folder;
  const auto ends = write_small(folder / "whole");
  const std::string bytes = test::read_file(folder / "whole");
  for (std::uint64_t at = ends[0] + 8; at < ends[1]; ++at) {
    std::string flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    test::write_file(folder / "j", flipped);
    auto journal = open_journal(folder / "j", header, KeepText::all);
    ASSERT_FALSE(journal);
    EXPECT_EQ(journal.error().code, Code::corrupt);
    EXPECT_NE(journal.error().detail.find("frame 1"), std::string::npos);
    EXPECT_EQ(std::filesystem::file_size(folder / "j"), bytes.size());
  }
}

TEST(Journal, AnotherProfileOrListingIsRefused) {
  const test::Folder folder;
  write_small(folder / "j");
  EXPECT_FALSE(open_journal(folder / "j", {"other", "listing"}, KeepText::all));
  EXPECT_FALSE(open_journal(folder / "j", {"profile", "other"}, KeepText::all));
}

TEST(Journal, FullDiskIsToldAndNothingMoreIsTaken) {
  const test::Folder folder;
  auto journal = open(folder / "j");
  const auto frames = test::small_frames();
  ASSERT_TRUE(journal->append(journal->encode(frames[0])));
  const auto good = std::filesystem::file_size(folder / "j");
  // The limit on file sizes stands for a disk that fills up inside a frame.
  const auto before = std::signal(SIGXFSZ, SIG_IGN);
  rlimit old{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &old), 0);
  const rlimit tight{good + 20, old.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
  const auto failed = journal->append(journal->encode(frames[1]));
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &old), 0);
  std::signal(SIGXFSZ, before);
  EXPECT_FALSE(failed);
  EXPECT_FALSE(journal->append(journal->encode(frames[1])));
  journal.reset();
  EXPECT_EQ(std::filesystem::file_size(folder / "j"), good);
  EXPECT_EQ(open(folder / "j")->units(), 1u);
}

}  // namespace
}  // namespace evtriage
