// Every leaf of small trees, forged proofs, and a plain shell as a second verifier.
#include "pipeline/custody/merkle_proof.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace evtriage {
namespace {

std::vector<Sha256> leaves_of(std::uint64_t size) {
  std::vector<Sha256> leaves;
  for (std::uint64_t i = 0; i < size; ++i) leaves.push_back(leaf_hash(std::string("row ").append(std::to_string(i))));
  return leaves;
}

Sha256 root_of(const std::vector<Sha256>& leaves) {
  MerkleTree tree;
  for (const Sha256& leaf : leaves) tree.append_hash(leaf);
  return tree.root();
}

TEST(MerkleProof, EveryLeafOfEverySmallTree) {
  for (std::uint64_t size = 1; size <= 40; ++size) {
    const auto leaves = leaves_of(size);
    const Sha256 root = root_of(leaves);
    for (std::uint64_t i = 0; i < size; ++i) {
      auto proof = inclusion_proof(leaves, i);
      EXPECT_TRUE(verify_inclusion(i, size, leaves[i], proof, root));
      EXPECT_FALSE(verify_inclusion(i, size, leaf_hash("other"), proof, root));
      EXPECT_FALSE(verify_inclusion(size, size, leaves[i], proof, root));
      if (size > 1) {
        EXPECT_FALSE(verify_inclusion((i + 1) % size, size, leaves[i], proof, root));
      }
      proof.push_back(root);
      EXPECT_FALSE(verify_inclusion(i, size, leaves[i], proof, root));
      proof.pop_back();
      if (proof.empty()) continue;
      proof[0][3] ^= std::byte{1};
      EXPECT_FALSE(verify_inclusion(i, size, leaves[i], proof, root));
      proof.erase(proof.begin());
      EXPECT_FALSE(verify_inclusion(i, size, leaves[i], proof, root));
    }
  }
  EXPECT_TRUE(inclusion_proof(leaves_of(3), 3).empty());
}

TEST(MerkleProof, APlainShellAgrees) {
  const auto leaves = leaves_of(7);
  const Sha256 root = root_of(leaves);
  const auto command = [&](std::uint64_t index, const Sha256& leaf) {
    std::string text = "sh " EVTRIAGE_SOURCE_DIR "/tests/pipeline/custody/verify_inclusion.sh " +
                       std::to_string(index) + " 7 " + hex(leaf) + " " + hex(root);
    for (const Sha256& sibling : inclusion_proof(leaves, index)) text.append(" ").append(hex(sibling));
    return std::system(text.c_str());
  };
  for (const std::uint64_t i : {0u, 3u, 6u}) {
    EXPECT_EQ(command(i, leaves[i]), 0) << i;
    EXPECT_NE(command(i, leaf_hash("other")), 0) << i;
  }
}

}  // namespace
}  // namespace evtriage
