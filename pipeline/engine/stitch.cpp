// Blocks are cut and closed here; the kernel sees whole ones only.  MD5 writes its length with the lowest
// byte first, the SHAs with the highest: the last block is run twice, once for each.
// Tested by tests/pipeline/engine/stitch_test.cpp.
#include "pipeline/engine/stitch.h"

#include <cpuid.h>

#include <algorithm>
#include <cstring>

namespace evtriage {
namespace {

constexpr std::size_t block_bytes = 64, length_at = 56;

template <std::size_t Bytes>
std::array<std::byte, Bytes> bytes_of(const std::uint32_t* words, bool big_endian) {
  std::array<std::byte, Bytes> out;
  for (std::size_t i = 0; i < Bytes; ++i) {
    const std::size_t at = i % 4;
    out[i] = static_cast<std::byte>(words[i / 4] >> (8 * (big_endian ? 3 - at : at)));
  }
  return out;
}

}  // namespace

StitchedKernel stitched_kernel() {
  constexpr unsigned sha = 1u << 29, bmi1 = 1u << 3;
  unsigned a = 0, b = 0, c = 0, d = 0;
  const bool has = __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & sha) != 0 && (b & bmi1) != 0;
  return has ? stitched_blocks : nullptr;
}

void StitchedStream::start() {
  state_ = {};
  bytes_ = 0;
}

void StitchedStream::update(ByteView bytes) {
  const std::size_t begun = bytes_ % block_bytes;
  bytes_ += bytes.size();
  if (begun > 0) {
    const std::size_t taken = std::min(block_bytes - begun, bytes.size());
    std::copy_n(bytes.begin(), taken, rest_.begin() + static_cast<std::ptrdiff_t>(begun));
    bytes = bytes.subspan(taken);
    if (begun + taken < block_bytes) return;
    kernel_(state_, rest_.data(), 1);
  }
  const std::size_t blocks = bytes.size() / block_bytes;
  kernel_(state_, bytes.data(), blocks);
  const ByteView left = bytes.subspan(blocks * block_bytes);
  std::copy(left.begin(), left.end(), rest_.begin());
}

void StitchedStream::close(StitchedState& state, bool big_endian) const {
  std::array<std::byte, 2 * block_bytes> last{};
  const std::size_t begun = bytes_ % block_bytes;
  std::copy_n(rest_.begin(), begun, last.begin());
  last[begun] = std::byte{0x80};
  const std::size_t blocks = begun < length_at ? 1 : 2;
  std::byte* const length = last.data() + (blocks - 1) * block_bytes + length_at;
  for (std::size_t i = 0; i < 8; ++i) length[big_endian ? 7 - i : i] = static_cast<std::byte>((bytes_ * 8) >> (8 * i));
  kernel_(state, last.data(), blocks);
}

void StitchedStream::finish(Digests& out) {
  StitchedState little = state_;
  close(little, false);
  close(state_, true);
  out.md5 = bytes_of<16>(little.md5, false);
  out.sha1 = bytes_of<20>(state_.sha1, true);
  out.sha256 = bytes_of<32>(state_.sha256, true);
}

}  // namespace evtriage
