// The medium that an EWF image holds, chunk by chunk on demand: memory is a few tables and the last chunks, whatever the size.
// Tested by tests/extractors/disk/ewf_test.cpp and tests/fuzz/fuzz_ewf.cpp.
#pragma once
#include "extractors/disk/block_cache.h"
#include "extractors/disk/ewf_map.h"

namespace evtriage::disk {

class EwfMedia final : public Content {  // used from one thread
 public:
  // `image` outlives it.  Preconditions: map.chunk_bytes > 0.
  EwfMedia(const Content& image, const EwfMap& map);
  // What is here of the medium.
  std::uint64_t size() const override { return size_; }
  Result<Blob> read(ByteRange range) const override;

 private:
  struct Chunk {
    std::uint64_t begin = 0, end = 0;  // in the image
    bool packed = false;
  };
  struct LoadedTable {
    std::size_t number = 0;
    std::vector<Chunk> chunks;
  };
  Result<Blob> chunk(std::uint64_t number) const;
  Result<Blob> decode(const Chunk& place, std::uint64_t size) const;
  Result<const LoadedTable*> table(std::size_t number) const;

  const Content& image_;
  const EwfMap& map_;
  std::uint64_t size_ = 0;
  mutable std::list<LoadedTable> tables_;  // latest first
  mutable BlockCache cache_;
};

}  // namespace evtriage::disk
