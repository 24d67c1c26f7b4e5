// Profile: everything that may change a result, and nothing else.
//
// Its canonical text is hashed into the seal and the report: two laboratories with the same evidence and
// the same profile digest must obtain the same results digest.  Threads, paths and progress live in the
// run options and are never seen by the code that makes results.
// Tested by tests/pipeline/core/profile_test.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace evtriage {

enum class KeepText : std::uint8_t { all, relevant, none };  // relevant: items with a hit, finding or mention

struct HashSelection {
  bool md5 = true, sha1 = true, sha256 = true, sha512 = false;  // sha256 is always computed
};

struct Limits {  // each is named in the issue that it causes; --limits FILE changes them
  std::uint64_t page_bytes = 8u << 20;           // owned bytes of a page of text or raw strings
  std::uint64_t margin_bytes = 64u << 10;        // seen on both sides of a page, owned by the neighbour
  std::uint64_t resident_bytes = 8u << 20;       // a file up to this size is read into memory whole
  std::uint64_t structured_bytes = 256u << 20;   // a larger HTML or single mail is read as plain text
  std::uint64_t expanded_bytes = 8ull << 30;     // all children of one file together
  std::uint64_t children = 1u << 20;             // of one file, all levels together
  unsigned depth = 16;                           // children of children of ...
  std::uint64_t mentions_per_item = 100'000;     // stored; further ones are counted in an issue
  std::uint64_t hits_per_item = 10'000;
  std::uint64_t cage_memory_bytes = 1ull << 30;  // of a caged parser, on top of what its libraries need at rest
  std::uint64_t cage_output_bytes = 256u << 20;  // text and rows of one caged item; children are not counted
  std::uint64_t cage_cpu_seconds = 20;           // of one caged item, and one more for each MB of it
};

struct Profile {
  Limits limits;
  HashSelection hashes;
  KeepText keep_text = KeepText::all;
  std::vector<std::string> regions;                           // --region, upper case, sorted
  std::vector<std::pair<std::string, std::string>> versions;  // program, extractors, rule packs, libmagic data ...

  // One "name=value" line for each field, sorted by name; versions as "version.NAME=VALUE".
  std::string canonical_text() const;
};

}  // namespace evtriage
