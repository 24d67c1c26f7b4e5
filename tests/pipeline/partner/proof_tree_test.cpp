// Against the two other implementations: the compact range and the recursive proof.
#include "pipeline/partner/proof_tree.h"

#include <gtest/gtest.h>

#include "pipeline/custody/merkle_proof.h"
#include "tests/support/scratch.h"

namespace evtriage {
namespace {

TEST(ProofTree, EveryProofOfEverySmallTree) {
  const test::Scratch scratch;
  std::vector<Sha256> leaves;
  for (std::uint64_t size = 0; size <= 70; ++size) {
    MerkleTree expected;
    ProofTree tree(scratch / "tree");
    for (const Sha256& leaf : leaves) tree.add(leaf), expected.append_hash(leaf);
    const auto root = tree.finish();
    ASSERT_TRUE(root);
    EXPECT_EQ(*root, expected.root());
    ASSERT_EQ(tree.size(), size);
    for (std::uint64_t i = 0; i < size; ++i) {
      const auto path = tree.proof(i);
      ASSERT_TRUE(path);
      EXPECT_EQ(*path, inclusion_proof(leaves, i)) << i << " of " << size;
      EXPECT_TRUE(verify_inclusion(i, size, leaves[i], *path, *root));
      EXPECT_EQ(*tree.leaf(i), leaves[i]);
    }
    leaves.push_back(leaf_hash("row " + std::to_string(size)));
  }
}

TEST(ProofTree, BlocksMeetWithoutASeam) {
  const test::Scratch scratch;
  ProofTree tree(scratch / "tree");
  MerkleTree expected;
  std::vector<Sha256> leaves;
  for (int i = 0; i < 5001; ++i) {
    leaves.push_back(leaf_hash(std::to_string(i)));
    tree.add(leaves.back());
    expected.append_hash(leaves.back());
  }
  EXPECT_EQ(*tree.finish(), expected.root());
  for (const std::uint64_t i : {0u, 2047u, 2048u, 4095u, 4999u, 5000u}) EXPECT_TRUE(verify_inclusion(i, 5001, leaves[i], *tree.proof(i), expected.root())) << i;
}

TEST(ProofTree, AFileThatCannotBeMadeIsAnError) {
  ProofTree tree("/nonexistent/tree");
  tree.add(leaf_hash("x"));
  EXPECT_FALSE(tree.finish());
}

}  // namespace
}  // namespace evtriage
