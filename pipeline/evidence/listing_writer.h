// ListingWriter: appends entries to the listing file as they are met; memory: one block.
// Tested by tests/pipeline/evidence/listing_test.cpp.
#pragma once
#include "pipeline/evidence/io_error.h"
#include "pipeline/evidence/listing_record.h"

namespace evtriage::evidence {

class ListingWriter {  // one thread
 public:
  // Creates or empties the file (0600) and writes the header.
  static Result<ListingWriter> create(const std::string& file, const ListingHeader& header);
  // Entries come in order: ordinals 0, 1, 2 ...
  Result<void> add(const Entry& entry);
  // Writes what is left and the trailer, and waits for the disk.  Nothing may be added after it.
  Result<void> finish();
  const Tally& tally() const { return tally_; }

 private:
  ListingWriter(Descriptor file, Tally tally) : file_(std::move(file)), tally_(std::move(tally)) {}
  Result<void> write(std::string_view bytes);
  Result<void> flush();
  Descriptor file_;
  Tally tally_;
  std::string records_, previous_path_;
  std::uint64_t first_ = 0, count_ = 0;  // of the block being filled
};

}  // namespace evtriage::evidence
