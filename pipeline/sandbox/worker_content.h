// The item as a worker sees it when it is too large for the input window: blocks, asked for and kept a while.
// (An item that fits is a Resident over the window itself: no copy at all.)
// Tested by tests/pipeline/sandbox/cage_test.cpp against the in-process reading.
#pragma once
#include <cstdint>
#include <list>

#include "pipeline/core/content.h"
#include "pipeline/sandbox/link.h"

namespace evtriage::sandbox {

class BlockContent final : public Content {  // used from one thread, while its job lasts
 public:
  // `number`: 0 for the item itself, else of what lies beside it.
  BlockContent(Link& link, std::uint64_t size, std::uint32_t number = 0);
  std::uint64_t size() const override { return size_; }
  Result<Blob> read(ByteRange range) const override;

 private:
  struct Block {
    std::uint64_t number;
    Blob bytes;
  };
  const Blob* block(std::uint64_t number) const;  // null: it cannot be read whole
  Result<Blob> directly(ByteRange range) const;

  Link& link_;
  std::uint64_t size_, most_bytes_, block_bytes_;
  std::uint32_t number_;
  mutable std::list<Block> cache_;  // latest first
};

}  // namespace evtriage::sandbox
