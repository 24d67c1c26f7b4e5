// Deflate (RFC 1951) in its three wrappings, piece by piece: the one home of zlib.  No size that a file declares is
// believed: who calls decides how much may come out.
// Tested by tests/extractors/shared/inflate_test.cpp.
#pragma once
#include <cstdint>
#include <memory>

#include "pipeline/core/plugin.h"

namespace evtriage {

class Inflate {  // one stream; one thread
 public:
  enum class Wrapping : std::uint8_t { raw, zlib, gzip };
  enum class State : std::uint8_t { more, hungry, ended, broken };  // hungry: nothing came out, and no input is left

  explicit Inflate(Wrapping wrapping);
  ~Inflate();
  Inflate(const Inflate&) = delete;
  Inflate& operator=(const Inflate&) = delete;
  bool is_ready() const;         // false: no memory; then nothing may be called

  // The next piece of input, when pending() is 0; it must live until it is used up.
  void feed(ByteView packed);
  std::size_t pending() const;   // bytes of the last piece that are not used
  // Fills `to`, at most `size` bytes (below 4 GiB); `made` says how many.  What came before an end or a break is good.
  State step(std::byte* to, std::size_t size, std::size_t& made);
  void restart();                // for the next stream behind one that ended
  const char* why() const;       // of a break, in zlib's words; never null

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
};

// zlib data (RFC 1950) into a spool.  False: the data breaks off, is damaged, or the spool's budget is spent; what came
// before is in the spool.
bool inflate_zlib(std::string_view packed, Spool& to);

// CRC-32 (ISO 3309) that goes on from `before`, 0 at first.
std::uint32_t crc32_after(std::uint32_t before, ByteView bytes);

}  // namespace evtriage
