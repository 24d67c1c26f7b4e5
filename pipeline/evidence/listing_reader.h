// ListingReader: a finished listing, checked whole when it is opened, then read from anywhere.
//
// Memory: 16 bytes for each block (up to 4096 entries) and for each large file, and one block.
// Tested by tests/pipeline/evidence/listing_test.cpp and tests/fuzz/fuzz_listing.cpp.
#pragma once
#include <optional>

#include "pipeline/evidence/listing_record.h"

namespace evtriage::evidence {

class ListingReader {  // one thread
 public:
  // Reads it from end to end.  Nothing if the file breaks off before its trailer (the walk that wrote it
  // did not end); an Error (corrupt) if what is there is not what was written, or the disk fails.
  static Result<std::optional<ListingReader>> open(ContentPtr file);
  const ListingHeader& header() const { return header_; }
  const Tally& tally() const { return tally_; }
  // The entries from `first`, at most `count`, and no more than some 64 MiB of them at once; at least one
  // unless `first` is past the end.
  Result<std::vector<Entry>> entries(std::uint64_t first, std::uint64_t count);

 private:
  struct Block {
    std::uint64_t first, offset;
  };
  struct Payload {
    Blob bytes;                 // empty: the file ends before
    std::uint64_t next = 0;     // offset of the block after it
  };
  explicit ListingReader(ContentPtr file) : file_(std::move(file)) {}
  Result<Payload> payload_at(std::uint64_t offset) const;
  Result<std::optional<std::uint64_t>> read_magic_and_header();  // offset of the next block
  bool take_header(std::string_view payload);
  bool take_entries(std::string_view payload);
  Result<void> enter(std::uint64_t block);
  bool step();                  // decodes the next record of the entered block into entry_

  ContentPtr file_;
  ListingHeader header_;
  Tally tally_;
  std::vector<Block> blocks_;
  std::uint64_t block_ = 0;     // the entered one: the next to be read is `at_` in `payload_`
  std::uint64_t next_ordinal_ = 0, left_ = 0;
  Blob payload_;
  std::size_t at_ = 0;
  Entry entry_;
};

}  // namespace evtriage::evidence
