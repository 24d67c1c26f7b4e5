// CompoundFile: a reader of OLE2 compound files (MS-CFB, versions 3 and 4).
//
// Why our own: text must lead back to byte ranges of the file, and no library tells where a stream's bytes lie.
// Every chain is followed once, when the file is opened, and becomes a list of byte ranges; a sector belongs to the
// first chain that claims it, so that loops and cross links end there, are told, and all work is linear in the file.
// Tested by tests/extractors/ole/compound_file_test.cpp; fuzzed by tests/fuzz/fuzz_compound_file.cpp.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/ole/byte_runs.h"

namespace evtriage::ole {

using EntryId = std::uint32_t;  // index in CompoundFile::entries(); 0 is the root storage

struct Entry {
  EntryId parent = 0;
  std::string name;            // UTF-8
  bool is_storage = false;
  bool is_orphan = false;      // in the directory, but in no storage: what a deletion leaves behind
  std::uint64_t declared = 0;  // bytes that the directory declares; bytes.size() is what exists
  std::string class_id;        // 16 bytes as stored
  std::optional<std::int64_t> created_ns, modified_ns;
  ByteRuns bytes;              // of a stream
};

class CompoundFile {
 public:
  // `content` outlives the object.  An Error: no directory can be read at all.  What is damaged but bearable goes
  // to `issues` (stage "ole", at most some hundreds).
  static Result<CompoundFile> open(const Content& content, std::vector<Issue>& issues);

  const Content& content() const { return *content_; }
  const std::vector<Entry>& entries() const { return entries_; }  // a storage stands before what it holds
  // The entry of that name in a storage; ASCII letters compare without case.
  std::optional<EntryId> find(EntryId storage, std::string_view name) const;
  std::vector<EntryId> children(EntryId storage) const;
  // "Storage/Stream" below the root, controls as written.
  std::string path(EntryId id) const;

  // At most `most` bytes of a stream in memory.  Unreadable ranges are zeros and told.
  StreamBytes load(EntryId id, std::uint64_t most, std::vector<Issue>& issues) const;

 private:
  friend class CompoundFileOpener;
  const Content* content_ = nullptr;
  std::vector<Entry> entries_;
  std::vector<std::vector<EntryId>> children_;  // by storage
  std::map<std::pair<EntryId, std::string>, EntryId> names_;  // (storage, lower-case name)
};

// Nanoseconds since 1970 of a FILETIME (100 ns since 1601); nothing for 0 and what no int64 holds.
std::optional<std::int64_t> filetime_ns(std::uint64_t filetime);

}  // namespace evtriage::ole
