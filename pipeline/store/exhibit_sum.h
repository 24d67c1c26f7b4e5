// What the table of exhibits says of one exhibit, summed up while its items are walked.
// Tested by tests/pipeline/store/build_test.cpp and tests/whole/disk_test.py.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/core/records.h"
#include "pipeline/core/source.h"
#include "pipeline/custody/custody.h"

namespace evtriage {

class ExhibitSum {
 public:
  void add_file(const Entry& entry, const ItemRecord& record);  // an entry of the listing that is a file
  // Any item of the exhibit: it is counted, and what an image says of itself is kept.
  void add_item(const Entry& entry, const ItemRecord& record);
  // The digest of a single file, else that of the lines "sha256  size  path"; once, after all items.
  std::string finish(const std::string& kind);

  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t items() const { return items_; }
  std::string kind(const std::string& listed) const;  // of the listing, or better known from the type: ewf, archive ...
  std::string digests() const;                        // JSON objects; after finish()
  std::string stored_digests() const;                 // empty: the exhibit claims none
  std::string media() const;                          // empty: the exhibit says nothing of its acquisition

 private:
  using Facts = std::vector<std::pair<std::string, std::string>>;
  std::uint64_t bytes_ = 0, items_ = 0, files_ = 0;
  bool is_single_ = false;
  Digests digests_;                // of the last file: the exhibit's own if it is a file
  Sha256Stream tree_;              // lines of the folder's files
  std::string line_, tree_digest_, media_type_;
  Facts stored_, media_;
};

}  // namespace evtriage
