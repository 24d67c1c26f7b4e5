// Case folder against evidence: by device and inode, whatever names lead there.
#include "pipeline/evidence/evidence.h"
#include "tests/pipeline/evidence/scratch_tree.h"

namespace evtriage {
namespace {

bool overlap(const std::string& a, const std::string& b) {
  const auto answer = paths_overlap(a, b);
  EXPECT_TRUE(answer);
  return answer && *answer;
}

TEST(Overlap, OneInsideTheOther) {
  ScratchTree tree;
  tree.folder("ev");
  tree.folder("ev/deep");
  tree.folder("evil");
  tree.file("ev/one");
  tree.link("alias", "ev/deep");
  EXPECT_TRUE(overlap(tree.at("ev"), tree.at("ev")));
  EXPECT_TRUE(overlap(tree.at("ev"), tree.at("ev/deep")));
  EXPECT_TRUE(overlap(tree.at("ev/deep"), tree.at("ev")));
  EXPECT_TRUE(overlap(tree.at("ev"), tree.at("alias")));
  EXPECT_TRUE(overlap(tree.at("ev"), tree.at("ev/deep/../deep/")));
  EXPECT_TRUE(overlap(tree.at("ev/one"), tree.at("ev")));
  EXPECT_FALSE(overlap(tree.at("ev"), tree.at("evil")));
}

TEST(Overlap, ACaseFolderThatDoesNotExistYet) {
  ScratchTree tree;
  tree.folder("ev");
  tree.link("alias", "ev");
  EXPECT_TRUE(overlap(tree.at("ev"), tree.at("ev/case/new/")));
  EXPECT_TRUE(overlap(tree.at("ev"), tree.at("alias/case")));
  EXPECT_FALSE(overlap(tree.at("ev"), tree.at("case")));
  EXPECT_FALSE(overlap(tree.at("ev"), tree.at("case/new")));
}

}  // namespace
}  // namespace evtriage
