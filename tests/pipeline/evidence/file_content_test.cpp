// Exact ranges, ends of files, files that change, and times at the edges.
#include <limits>

#include "pipeline/evidence/file_content.h"
#include "tests/pipeline/evidence/scratch_tree.h"

namespace evtriage::evidence {
namespace {

FileContent open_content(const std::string& path) {
  Descriptor fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  fstat(fd.get(), &status);
  return FileContent(std::move(fd), static_cast<std::uint64_t>(status.st_size), status.st_mtim);
}

TEST(FileContent, GivesExactlyTheRange) {
  ScratchTree tree;
  tree.file("f", "0123456789");
  const auto content = open_content(tree.at("f"));
  EXPECT_EQ(10u, content.size());
  EXPECT_EQ("345", content.read({3, 6})->chars());
  EXPECT_EQ("", content.read({10, 10})->chars());
  EXPECT_EQ(Code::truncated, content.read({3, 11}).error().code);
  EXPECT_EQ(Code::truncated, content.read({6, 3}).error().code);
  EXPECT_EQ(Code::truncated, content.read({0, std::numeric_limits<std::uint64_t>::max()}).error().code);
}

TEST(FileContent, AFileThatWasCutIsTruncatedAndHasMoved) {
  ScratchTree tree;
  tree.file("f", "0123456789");
  const auto content = open_content(tree.at("f"));
  EXPECT_FALSE(content.has_moved());
  ASSERT_EQ(0, truncate(tree.at("f").c_str(), 4));
  const auto read = content.read({0, 10});
  ASSERT_FALSE(read);
  EXPECT_EQ(Code::truncated, read.error().code);
  EXPECT_EQ("the file ends at byte 4", read.error().detail);
  EXPECT_TRUE(content.has_moved());
}

TEST(FileContent, AReadErrorNamesTheByte) {
  ScratchTree tree;
  const FileContent folder(Descriptor(open(tree.root().c_str(), O_RDONLY | O_CLOEXEC)), 100, {});
  const auto read = folder.read({7, 9});
  ASSERT_FALSE(read);
  EXPECT_EQ(Code::io_read, read.error().code);
  EXPECT_EQ("read error at byte 7: Is a directory", read.error().detail);
}

TEST(FileContent, TimesOutsideTheRangeAreNone) {
  EXPECT_EQ(-999'999'999, nanoseconds({-1, 1}));
  EXPECT_EQ(0, nanoseconds({0, 0}));
  EXPECT_EQ(std::nullopt, nanoseconds({15032385535, 0}));  // ext4's last second, in 2446
  EXPECT_EQ(std::nullopt, nanoseconds({std::numeric_limits<time_t>::min(), 0}));
}

}  // namespace
}  // namespace evtriage::evidence
