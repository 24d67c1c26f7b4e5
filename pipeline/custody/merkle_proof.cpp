// Making and checking inclusion proofs.  Making follows the recursive definition, checking the iterative
// algorithm of RFC 9162 section 2.1.3.2, so that a fault in one does not hide in the other.
// Tested by tests/pipeline/custody/merkle_proof_test.cpp.
#include "pipeline/custody/merkle_proof.h"

#include <bit>
#include <span>

namespace evtriage {
namespace {

Sha256 tree_hash(std::span<const Sha256> leaves) {
  MerkleTree tree;
  for (const Sha256& leaf : leaves) tree.append_hash(leaf);
  return tree.root();
}

}  // namespace

std::vector<Sha256> inclusion_proof(const std::vector<Sha256>& leaves, std::uint64_t index) {
  std::vector<Sha256> downwards;
  std::span<const Sha256> range(leaves);
  if (index >= range.size()) return {};
  while (range.size() > 1) {
    const std::size_t left = std::bit_floor(range.size() - 1);
    if (index < left) {
      downwards.push_back(tree_hash(range.subspan(left)));
      range = range.first(left);
    } else {
      downwards.push_back(tree_hash(range.first(left)));
      range = range.subspan(left);
      index -= left;
    }
  }
  return {downwards.rbegin(), downwards.rend()};
}

bool verify_inclusion(std::uint64_t index, std::uint64_t size, const Sha256& leaf, const std::vector<Sha256>& proof,
                      const Sha256& root) {
  if (index >= size) return false;
  std::uint64_t last = size - 1;
  Sha256 hash = leaf;
  for (const Sha256& sibling : proof) {
    if (last == 0) return false;
    if ((index & 1) != 0 || index == last) {
      hash = node_hash(sibling, hash);
      while ((index & 1) == 0 && index != 0) {
        index >>= 1;
        last >>= 1;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    index >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

}  // namespace evtriage
