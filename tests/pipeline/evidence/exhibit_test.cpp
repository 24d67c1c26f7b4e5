// What may be an exhibit and what may not.
#include "pipeline/evidence/exhibit.h"
#include "tests/pipeline/evidence/scratch_tree.h"

namespace evtriage::evidence {
namespace {

TEST(Exhibit, FoldersFilesAndTypedLinks) {
  ScratchTree tree;
  tree.folder("ev");
  tree.file("ev/one.txt");
  tree.link("alias", "ev");
  const auto folder = open_exhibit({"A", tree.at("ev")});
  ASSERT_TRUE(folder);
  EXPECT_EQ("folder", folder->info.kind);
  EXPECT_EQ("ev", folder->info.name);
  const auto file = open_exhibit({"B", tree.at("ev/one.txt")});
  ASSERT_TRUE(file);
  EXPECT_EQ("file", file->info.kind);
  EXPECT_EQ("one.txt", file->file_name);
  const auto link = open_exhibit({"C", tree.at("alias")});
  ASSERT_TRUE(link);
  EXPECT_EQ(folder->info.real_path, link->info.real_path);
}

TEST(Exhibit, OthersAreRefused) {
  ScratchTree tree;
  tree.fifo("p");
  EXPECT_FALSE(open_exhibit({"A", tree.at("p")}));
  EXPECT_FALSE(open_exhibit({"A", tree.at("none")}));
  EXPECT_FALSE(open_exhibit({"A", "/dev/null"}));
  EXPECT_FALSE(open_exhibit({"A", "/proc"}));
}

}  // namespace
}  // namespace evtriage::evidence
