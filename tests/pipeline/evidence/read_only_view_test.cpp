// The private mount refuses writing even through /proc, to root too; where it is not allowed, nothing is given.
#include "pipeline/evidence/read_only_view.h"
#include "tests/pipeline/evidence/scratch_tree.h"

namespace evtriage::evidence {
namespace {

TEST(ReadOnlyView, WritingIsRefusedAndReadingLeavesNoTrace) {
  ScratchTree tree;
  tree.file("f", "bytes");
  tree.link("l", "f");
  const timespec old[2] = {{1000, 0}, {2000, 0}};
  ASSERT_EQ(0, utimensat(AT_FDCWD, tree.at("l").c_str(), old, AT_SYMLINK_NOFOLLOW));
  ASSERT_EQ(0, utimensat(AT_FDCWD, tree.at("f").c_str(), old, 0));
  const Descriptor view = read_only_view(tree.root(), false);
  if (!view) GTEST_SKIP() << "this machine allows no private mount";
  const Descriptor file(openat(view.get(), "f", O_RDONLY | O_CLOEXEC));
  ASSERT_TRUE(file);
  char bytes[8] = {};
  EXPECT_EQ(5, read(file.get(), bytes, sizeof bytes));
  EXPECT_EQ(1, readlinkat(view.get(), "l", bytes, sizeof bytes));
  EXPECT_EQ(-1, open(("/proc/self/fd/" + std::to_string(file.get())).c_str(), O_RDWR | O_CLOEXEC));
  EXPECT_EQ(-1, fchmod(file.get(), 0600));
  EXPECT_EQ(-1, openat(view.get(), "new", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  EXPECT_EQ(EROFS, errno);
  for (const char* name : {"f", "l"}) {
    struct stat status {};
    ASSERT_EQ(0, lstat(tree.at(name).c_str(), &status));
    EXPECT_EQ(1000, status.st_atim.tv_sec) << name;
  }
}

TEST(ReadOnlyView, AFolderThatIsNotThereGivesNothing) {
  ScratchTree tree;
  EXPECT_FALSE(read_only_view(tree.at("none"), false));
}

}  // namespace
}  // namespace evtriage::evidence
