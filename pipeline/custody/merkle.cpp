// Tree hash of RFC 6962 section 2.1 as a compact range: only the roots of the full subtrees are kept, so
// that a table of any length needs about 30 digests.  Leaves and nodes have different first bytes, so
// that no node can pass for a leaf.
// Tested by tests/pipeline/custody/merkle_test.cpp against the recursive definition.
#include <bit>

#include "pipeline/custody/custody.h"
#include "pipeline/custody/merkle_proof.h"

namespace evtriage {

Sha256 leaf_hash(std::string_view leaf) {
  Sha256Stream stream;
  stream.add(std::string_view("\0", 1));
  stream.add(leaf);
  return stream.finish();
}

Sha256 node_hash(const Sha256& left, const Sha256& right) {
  std::array<std::byte, 65> bytes;
  bytes[0] = std::byte{1};
  std::copy(left.begin(), left.end(), bytes.begin() + 1);
  std::copy(right.begin(), right.end(), bytes.begin() + 33);
  return sha256(as_chars(bytes));
}

void MerkleTree::append_hash(const Sha256& leaf_hash) {
  peaks_.push_back(leaf_hash);
  ++size_;
  // As many subtrees close as the new size has trailing zero bits.
  for (int closing = std::countr_zero(size_); closing > 0; --closing) {
    const Sha256 right = peaks_.back();
    peaks_.pop_back();
    peaks_.back() = node_hash(peaks_.back(), right);
  }
}

Sha256 MerkleTree::root() const {
  if (peaks_.empty()) return sha256({});
  Sha256 root = peaks_.back();
  for (std::size_t i = peaks_.size() - 1; i-- > 0;) root = node_hash(peaks_[i], root);
  return root;
}

}  // namespace evtriage
