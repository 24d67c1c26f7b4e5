// The libbfio handle over a Content: reads in aligned blocks that are kept a while, counts what was lost.
// Tested by tests/extractors/outlook/pst_test.cpp.
#pragma once
#include <libbfio.h>

#include <array>
#include <vector>

#include "pipeline/core/content.h"

namespace evtriage::pff {

class Window {  // what the library reads through
 public:
  explicit Window(const Content& content) : content_(content) {}
  std::uint64_t size() const { return content_.size(); }
  std::uint64_t position = 0;
  bool is_open = false;
  // At `position`, which moves; fewer bytes at the end, -1 if bytes cannot be read.
  std::int64_t read(std::uint8_t* out, std::size_t wanted);
  const std::vector<ByteRange>& lost() const { return lost_; }

 private:
  static constexpr std::uint64_t block_bytes = 64 << 10;
  struct Block {
    std::uint64_t number = ~std::uint64_t{0};
    Blob bytes;
  };
  const Blob* block(std::uint64_t number);
  const Content& content_;
  std::array<Block, 64> blocks_;  // direct mapped: 4 MiB
  std::vector<ByteRange> lost_;
};

// Null if the library refuses.  The window must outlive the handle.
libbfio_handle_t* open_handle(Window& window);

}  // namespace evtriage::pff
