// Inclusion proofs (RFC 6962, section 2.1.1) for many rows of a large table: all levels of the tree lie in one
// temporary file, so that memory does not grow with the table and a proof costs a read for each level.
//
// Pairing digests from the left and carrying a last odd one upwards gives the tree of RFC 6962.
// Tested by tests/pipeline/partner/proof_tree_test.cpp against pipeline/custody/merkle_proof.h.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/custody/custody.h"

namespace evtriage {

class ProofTree {
 public:
  explicit ProofTree(const std::string& path);      // created; removed with the object
  ~ProofTree();
  ProofTree(const ProofTree&) = delete;
  ProofTree& operator=(const ProofTree&) = delete;

  void add(const Sha256& leaf_hash);
  Result<Sha256> finish();                          // the root; no more leaves after it
  // Sibling digests from the leaf up.  Precondition: finished, index < size().
  Result<std::vector<Sha256>> proof(std::uint64_t index) const;
  Result<Sha256> leaf(std::uint64_t index) const { return read(index); }
  std::uint64_t added() const { return written_; }  // leaves so far; not after finish()
  std::uint64_t size() const { return levels_.empty() ? 0 : levels_[0].size; }

 private:
  struct Level {
    std::uint64_t begin = 0, size = 0;              // in digests
  };
  void flush();
  Result<Sha256> read(std::uint64_t place) const;
  Result<void> next_level(const Level& from);

  int file_ = -1;
  std::string path_, buffer_;
  std::uint64_t written_ = 0;                       // digests
  bool failed_ = false;
  std::vector<Level> levels_{Level{}};
};

}  // namespace evtriage
