// Nothing leads out of the root, nothing hangs, and paths may be longer than PATH_MAX.
#include "pipeline/evidence/open_beneath.h"
#include "tests/pipeline/evidence/scratch_tree.h"

namespace evtriage::evidence {
namespace {

int error_of(const Root& root, const std::string& path) {
  int error_number = 0;
  const Descriptor fd = open_beneath(root, path, O_RDONLY, error_number);
  return fd ? 0 : error_number;
}

void root_at(Root& root, const std::string& folder) {
  root.folder = Descriptor(open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
}

TEST(OpenBeneath, LinksAreNotFollowed) {
  ScratchTree tree;
  tree.folder("in");
  tree.folder("in/d");
  tree.file("in/d/f");
  tree.file("secret");
  tree.link("in/out", "../secret");
  tree.link("in/near", "d/f");
  tree.link("in/way", "d");
  Root root;
  root_at(root, tree.at("in"));
  EXPECT_EQ(0, error_of(root, "d/f"));
  EXPECT_EQ(ELOOP, error_of(root, "out"));
  EXPECT_EQ(ELOOP, error_of(root, "near"));
  EXPECT_EQ(ELOOP, error_of(root, "way/f"));
  EXPECT_NE(0, error_of(root, "../secret"));
  EXPECT_NE(0, error_of(root, "/etc/passwd"));
  EXPECT_EQ(ENOENT, error_of(root, "none"));
}

TEST(OpenBeneath, AFifoDoesNotHang) {
  ScratchTree tree;
  tree.fifo("p");
  Root root;
  root_at(root, tree.root());
  EXPECT_EQ(0, error_of(root, "p"));
}

TEST(OpenBeneath, OwnFilesKeepTheirTimeOfAccess) {
  ScratchTree tree;
  tree.file("f", "bytes");
  const timespec old[2] = {{1000, 0}, {2000, 0}};  // older than the change: every plain read would move it
  ASSERT_EQ(0, utimensat(AT_FDCWD, tree.at("f").c_str(), old, 0));
  Root root;
  root_at(root, tree.root());
  int error_number = 0;
  const Descriptor fd = open_beneath(root, "f", O_RDONLY, error_number);
  char byte = 0;
  ASSERT_EQ(1, pread(fd.get(), &byte, 1, 0));
  struct stat status {};
  ASSERT_EQ(0, lstat(tree.at("f").c_str(), &status));
  EXPECT_EQ(1000, status.st_atim.tv_sec);
  EXPECT_FALSE(root.noatime_refused.load());
}

}  // namespace
}  // namespace evtriage::evidence
