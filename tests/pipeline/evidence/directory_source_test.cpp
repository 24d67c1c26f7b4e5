// The door as the engine uses it: listing, resume, opening, changes in between, and evidence left untouched.
#include <cstring>

#include "pipeline/evidence/evidence.h"
#include "tests/pipeline/evidence/scratch_tree.h"

namespace evtriage {
namespace {

class DirectorySourceTest : public testing::Test {
 protected:
  void SetUp() override {
    tree.folder("ev");
    tree.folder("ev/d");
    tree.file("ev/d/f.txt", "hello");
    tree.file("ev/big", std::string(3000, 'b'));
    tree.link("ev/link", "d/f.txt");
    tree.fifo("ev/pipe");
    tree.file("single", "alone");
  }
  std::unique_ptr<Evidence> opened(bool resume = false) {
    auto evidence = open_evidence({{"EX1", tree.at("ev")}, {"S", tree.at("single")}}, tree.at("listing"), resume, 1000, {});
    EXPECT_TRUE(evidence);
    return evidence ? *std::move(evidence) : nullptr;
  }
  static Entry named(Evidence& evidence, const std::string& path) {
    const auto entries = evidence.entries(0, 1000);
    for (const Entry& entry : *entries) {
      if (entry.path == path) return entry;
    }
    ADD_FAILURE() << path;
    return {};
  }
  ScratchTree tree;
};

TEST_F(DirectorySourceTest, ListsAllExhibits) {
  const auto evidence = opened();
  const auto entries = evidence->entries(0, 100);
  std::string paths;
  for (const Entry& entry : *entries) paths += std::to_string(entry.exhibit) + ":" + std::to_string(entry.number) + entry.path + " ";
  EXPECT_EQ("0:1big 0:2d 0:3d/f.txt 0:4link 0:5pipe 1:1single ", paths);
  EXPECT_EQ(6u, evidence->entry_count());
  EXPECT_EQ(3010u, evidence->total_bytes());
  EXPECT_EQ("S", evidence->exhibit_label(1));
  EXPECT_EQ(3005u, evidence->exhibits()[0].bytes);
  EXPECT_EQ((std::vector<std::uint64_t>{0}), evidence->large_files());
}

TEST_F(DirectorySourceTest, ReadsFilesAndOnlyFiles) {
  const auto evidence = opened();
  const auto file = evidence->open(named(*evidence, "d/f.txt"));
  ASSERT_TRUE(file);
  EXPECT_EQ("hello", file->content->read({0, 5})->chars());
  EXPECT_TRUE(file->issues.empty());
  EXPECT_FALSE(evidence->changed(named(*evidence, "d/f.txt"), *file->content));
  EXPECT_EQ("alone", evidence->open(named(*evidence, "single"))->content->read({0, 5})->chars());
  for (const char* path : {"d", "link", "pipe"}) EXPECT_FALSE(evidence->open(named(*evidence, path))) << path;
  (void)evidence->warm(named(*evidence, "big"));
}

TEST_F(DirectorySourceTest, ChangesAfterTheListingAreSeen) {
  const auto evidence = opened();
  const Entry file = named(*evidence, "d/f.txt"), big = named(*evidence, "big");
  tree.file("ev/d/f.txt", "hello, longer");
  const auto longer = evidence->open(file);
  ASSERT_TRUE(longer);
  EXPECT_EQ(13u, longer->content->size());
  ASSERT_EQ(1u, longer->issues.size());
  EXPECT_EQ("changed since it was listed", longer->issues[0].detail);
  EXPECT_FALSE(longer->issues[0].reproducible);
  tree.file("ev/d/f.txt", "cut");
  EXPECT_TRUE(evidence->changed(file, *longer->content));

  ASSERT_EQ(0, unlink(tree.at("ev/d/f.txt").c_str()));
  const auto gone = evidence->open(file);
  ASSERT_FALSE(gone);
  EXPECT_EQ(Code::io_read, gone.error().code);
  EXPECT_FALSE(evidence->warm(file));

  ASSERT_EQ(0, unlink(tree.at("ev/big").c_str()));
  tree.link("ev/big", "/etc/passwd");
  EXPECT_FALSE(evidence->open(big));
  ASSERT_EQ(0, unlink(tree.at("ev/big").c_str()));
  tree.fifo("ev/big");
  EXPECT_FALSE(evidence->open(big));
}

TEST_F(DirectorySourceTest, AFolderSwappedForALinkLeadsNowhere) {
  tree.folder("elsewhere");
  tree.file("elsewhere/f.txt", "hello");
  const auto evidence = opened();
  const Entry file = named(*evidence, "d/f.txt");
  ASSERT_EQ(0, rename(tree.at("ev/d").c_str(), tree.at("ev/e").c_str()));
  tree.link("ev/d", "../elsewhere");
  EXPECT_FALSE(evidence->open(file));
}

TEST_F(DirectorySourceTest, AResumeReadsTheListingAndDoesNotWalk) {
  const auto first = opened();
  const auto before = *first->entries(0, 100);
  tree.file("ev/appeared later");
  const auto again = opened(true);
  const auto after = *again->entries(0, 100);
  ASSERT_EQ(before.size(), after.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(before[i].path, after[i].path);
    EXPECT_EQ(before[i].modified_ns, after[i].modified_ns);
    EXPECT_EQ(before[i].size, after[i].size);
  }
}

TEST_F(DirectorySourceTest, AnUnfinishedListingIsMadeAnew) {
  (void)opened();
  const auto size = std::filesystem::file_size(tree.at("listing"));
  ASSERT_EQ(0, truncate(tree.at("listing").c_str(), static_cast<off_t>(size - 1)));
  EXPECT_EQ(6u, opened(true)->entry_count());
  EXPECT_EQ(size, std::filesystem::file_size(tree.at("listing")));
}

TEST_F(DirectorySourceTest, AResumeWithOtherExhibitsIsAnError) {
  (void)opened();
  EXPECT_FALSE(open_evidence({{"EX1", tree.at("ev")}}, tree.at("listing"), true, 1000, {}));
  EXPECT_FALSE(open_evidence({{"EX1", tree.at("ev")}, {"T", tree.at("single")}}, tree.at("listing"), true, 1000, {}));
}

TEST_F(DirectorySourceTest, ProgressMayStopTheWalk) {
  EXPECT_FALSE(open_evidence({{"EX1", tree.at("ev")}}, tree.at("listing"), false, 1000,
                             [](std::uint64_t, std::uint64_t) { return false; }));
}

TEST_F(DirectorySourceTest, TheListingInsideTheEvidenceIsRefused) {
  tree.folder("ev/case");
  EXPECT_FALSE(open_evidence({{"EX1", tree.at("ev")}}, tree.at("ev/case/listing"), false, 1000, {}));
}

std::map<std::string, std::string> all_status(const std::string& root) {
  std::map<std::string, std::string> found;
  std::vector<std::string> paths{root};
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) paths.push_back(entry.path().string());
  for (const std::string& path : paths) {
    const timespec old[2] = {{1000, 0}, {0, UTIME_OMIT}};  // so old that any plain read would move it
    EXPECT_EQ(0, utimensat(AT_FDCWD, path.c_str(), old, AT_SYMLINK_NOFOLLOW));
  }
  for (const std::string& path : paths) {
    struct stat status {};
    EXPECT_EQ(0, lstat(path.c_str(), &status));
    found[path].assign(reinterpret_cast<const char*>(&status), sizeof status);
  }
  return found;
}

TEST_F(DirectorySourceTest, EvidenceIsLeftAsItWas) {
  const auto before = all_status(tree.at("ev"));
  {
    const auto evidence = opened();
    const auto entries = evidence->entries(0, 100);
    for (const Entry& entry : *entries) {
      (void)evidence->warm(entry);
      const auto file = evidence->open(entry);
      if (file) {
        EXPECT_TRUE(file->content->read({0, file->content->size()}));
      }
    }
    if (evidence->noatime_refused()) GTEST_SKIP() << "not the owner";
  }
  for (const auto& [path, status] : before) {
    struct stat now {};
    ASSERT_EQ(0, lstat(path.c_str(), &now));
    EXPECT_EQ(0, std::memcmp(&now, status.data(), sizeof now)) << path;
  }
}

}  // namespace
}  // namespace evtriage
