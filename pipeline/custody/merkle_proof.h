// Inclusion proofs, RFC 6962 section 2.1.1 (RFC 9162 section 2.1.3): a few digests show that one row
// belongs to a sealed table without showing any other row.
// Tested by tests/pipeline/custody/merkle_proof_test.cpp, also with a plain shell script as verifier.
#pragma once
#include <cstdint>
#include <vector>

#include "pipeline/custody/custody.h"

namespace evtriage {

Sha256 node_hash(const Sha256& left, const Sha256& right);  // SHA-256(0x01 || left || right)

// The sibling digests from the leaf up.  `leaves` are leaf hashes in order; empty if `index` is no leaf.
std::vector<Sha256> inclusion_proof(const std::vector<Sha256>& leaves, std::uint64_t index);

// True if `leaf` stands at `index` in the tree of `size` leaves with this root.  A proof that is longer
// or shorter than needed is refused.
bool verify_inclusion(std::uint64_t index, std::uint64_t size, const Sha256& leaf, const std::vector<Sha256>& proof,
                      const Sha256& root);

}  // namespace evtriage
