// The door of custody: digests and Merkle roots, the hash-chained log, the seal and its verification.
//
// Two products are kept apart on purpose: results (what the bytes say, reproducible) and custody (who did
// what, when; never reproducible, only sealed).  Formats, their grammar and their downsides: README.md of
// this folder.  Tested by tests/pipeline/custody and tests/whole/forgery_test.cpp.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/core/clock.h"
#include "pipeline/core/content.h"
#include "pipeline/core/result.h"

namespace evtriage {

// ---- digests ---------------------------------------------------------------------------------------
using Sha256 = std::array<std::byte, 32>;
Sha256 sha256(std::string_view bytes);
std::string hex(ByteView bytes);                                     // lower case
Result<std::string> sha256_of_file(const std::string& path);         // hex; streams
class Sha256Stream {                                                 // for bytes that come piece by piece
 public:
  Sha256Stream();
  void add(std::string_view bytes);
  Sha256 finish();                                                   // once; the object is spent afterwards
 private:
  alignas(16) std::array<std::byte, 128> state_;                     // OpenSSL's context, kept out of this header
};

// ---- Merkle tree hash, RFC 6962 section 2.1 --------------------------------------------------------
Sha256 leaf_hash(std::string_view leaf);                             // SHA-256(0x00 || leaf)
class MerkleTree {                                                   // append-only, memory O(log n)
 public:
  void append(std::string_view leaf) { append_hash(leaf_hash(leaf)); }
  void append_hash(const Sha256& leaf_hash);
  std::uint64_t size() const { return size_; }
  Sha256 root() const;                                               // empty tree: SHA-256("")
 private:
  std::vector<Sha256> peaks_;                                        // roots of full subtrees, largest first
  std::uint64_t size_ = 0;
};

// ---- custody.jsonl ---------------------------------------------------------------------------------
// One event is one canonical JSON line; fields are (name, value) texts, plus seq, time, prev, digest.
struct Event {
  std::string action;                                                // started, listed, opened, sealed, ...
  std::vector<std::pair<std::string, std::string>> fields;
};
class CustodyLog {
 public:
  virtual ~CustodyLog() = default;
  virtual Result<void> append(const Event& event) = 0;               // written and synced before it returns
  virtual std::string head() const = 0;                              // hex SHA-256 of the last line
  virtual std::uint64_t size() const = 0;                            // lines
};
// Creates or continues; a torn last line is cut, and the cut is recorded as an event of its own.
// Error (corrupt) if the chain is broken before the end; Error (limit) if another process holds the lock.
Result<std::unique_ptr<CustodyLog>> open_custody_log(const std::string& path, const Clock& clock);

// ---- seal.json and verification ----------------------------------------------------------------------
struct TableSeal {
  std::string table;
  std::uint64_t rows = 0;
  std::string root;
};
struct Seal {
  std::string program_version, profile_digest, results_digest;       // results_digest: see README "results root"
  std::string results_file_sha256;
  std::vector<TableSeal> tables;
  std::vector<std::pair<std::string, std::uint64_t>> counts;         // enumerated, done, partial, ...
  std::vector<std::pair<std::string, std::string>> exhibits;         // label, digest
  std::string custody_head;                                          // head before the "sealed" event
  std::uint64_t custody_size = 0;
};
// results root = Merkle root whose leaves are "TABLE ROWS ROOT" lines in the order given.
std::string results_root(const std::vector<TableSeal>& tables);
Result<void> write_seal(const std::string& case_dir, const Seal& seal);      // temp file, fsync, rename
Result<Seal> read_seal(const std::string& case_dir);                         // strict; checks its own digest

// Each line names what differs: "results.sqlite: table items: root is ..., sealed as ...".
struct Verdict {
  std::vector<std::string> differences;                              // empty: intact
  std::vector<std::string> checked;                                  // what was compared, for people
};
// Independent of the writer: reads raw rows and raw lines, uses the recursive tree hash.
Result<Verdict> verify_case(const std::string& case_dir);

}  // namespace evtriage
