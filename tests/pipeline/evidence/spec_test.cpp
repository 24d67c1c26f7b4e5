// The grammar of exhibits on the command line, as the door states it.
#include "pipeline/evidence/evidence.h"
#include "tests/pipeline/evidence/scratch_tree.h"

namespace evtriage {
namespace {

TEST(Spec, LabelsAreGivenByPositionOrTyped) {
  const auto specs = parse_exhibits({"/a", "PHONE.1=/b", "/c", "X=/d=e"});
  ASSERT_TRUE(specs);
  ASSERT_EQ(4u, specs->size());
  EXPECT_EQ("EX1", (*specs)[0].label);
  EXPECT_EQ("PHONE.1", (*specs)[1].label);
  EXPECT_EQ("/b", (*specs)[1].path);
  EXPECT_EQ("EX3", (*specs)[2].label);
  EXPECT_EQ("/d=e", (*specs)[3].path);
}

TEST(Spec, APathThatExistsAsTypedIsAPath) {
  ScratchTree tree;
  tree.file("a=b");
  const auto specs = parse_exhibits({tree.at("a=b")});
  ASSERT_TRUE(specs);
  EXPECT_EQ("EX1", (*specs)[0].label);
  EXPECT_EQ(tree.at("a=b"), (*specs)[0].path);
}

TEST(Spec, BadAndDoubledLabelsAreErrors) {
  EXPECT_FALSE(parse_exhibits({""}));
  EXPECT_FALSE(parse_exhibits({"=/a"}));
  EXPECT_FALSE(parse_exhibits({"A="}));
  EXPECT_FALSE(parse_exhibits({"a b=/a"}));
  EXPECT_FALSE(parse_exhibits({"\xc3\xa9=/a"}));
  EXPECT_FALSE(parse_exhibits({"A=/a", "A=/b"}));
  EXPECT_FALSE(parse_exhibits({"EX2=/a", "/b"}));
}

}  // namespace
}  // namespace evtriage
