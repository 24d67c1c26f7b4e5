// PartStream: the unpacked bytes of one part, a window at a time, in bounded memory.
//
// What a member claims about its size bounds nothing: bytes are counted as they come,
// and the CRC-32 is compared at the end.  Trouble is kept as an Error; what came before it is good.
// Tested by tests/extractors/office/part_stream_test.cpp.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>

#include "extractors/shared/inflate.h"
#include "pipeline/core/content.h"
#include "pipeline/core/plugin.h"

namespace evtriage {

struct PartLimits {  // shared by all parts of one item
  std::uint64_t part_bytes = 4ull << 30;   // unpacked, of one part that is read for text
  std::uint64_t item_bytes = 16ull << 30;  // unpacked, of all parts together, children too
};

class PartStream {
 public:
  struct Packed {
    ByteRange data;                     // in `file`
    bool deflated = false;              // RFC 1951, else as it is
    std::optional<std::uint32_t> crc;   // to be compared
    std::optional<std::uint64_t> size;  // as claimed: a difference is told
  };
  // All arguments outlive the stream.  `bytes_left`: the item's budget, counted down.
  PartStream(const Content& file, const Packed& packed, std::uint64_t part_bytes, std::uint64_t& bytes_left, const Emit& emit);
  ~PartStream();
  PartStream(const PartStream&) = delete;
  PartStream& operator=(const PartStream&) = delete;

  // Fills at most `size` bytes; 0 at the end, after an error, and when the engine wants to stop.
  std::size_t read(char* to, std::size_t size);
  const std::optional<Error>& error() const { return error_; }

 private:
  std::size_t fail(Code code, std::string detail);
  bool refill();
  std::size_t inflate_some(char* to, std::size_t size);
  std::size_t copy_some(char* to, std::size_t size);
  std::size_t finish();

  const Content& file_;
  const Packed packed_;
  const std::uint64_t part_bytes_;
  std::uint64_t& bytes_left_;
  const Emit& emit_;
  std::unique_ptr<Inflate> inflater_;  // null: stored
  Blob window_;
  std::uint64_t next_;       // offset in `file_` behind the window
  std::uint64_t given_ = 0;  // unpacked bytes so far
  std::uint32_t crc_ = 0;
  bool ended_ = false, inflater_ended_ = false;
  std::optional<Error> error_;
};

}  // namespace evtriage
