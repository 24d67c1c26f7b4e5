// Small reads go through whole blocks; large ones, and those beside a bad sector, ask for exactly what is wanted, so
// that an error is told for the range that was asked and for no other.
// Tested by tests/pipeline/sandbox/cage_test.cpp.
#include "pipeline/sandbox/worker_content.h"

#include <algorithm>

namespace evtriage::sandbox {
namespace {

constexpr std::uint64_t most_block_bytes = 256u << 10;  // reads here and there, in a disk image, cost little more than they ask for
constexpr std::size_t cached_blocks = 32;

}  // namespace

BlockContent::BlockContent(Link& link, std::uint64_t size, std::uint32_t number)
    : link_(link), size_(size), most_bytes_(number == 0 ? link.block_most() : beside_most),
      block_bytes_(std::min<std::uint64_t>(most_block_bytes, most_bytes_)), number_(number) {}

const Blob* BlockContent::block(std::uint64_t number) const {
  const auto known = std::find_if(cache_.begin(), cache_.end(), [&](const Block& b) { return b.number == number; });
  if (known != cache_.end()) {
    cache_.splice(cache_.begin(), cache_, known);
    return &cache_.front().bytes;
  }
  const std::uint64_t begin = number * block_bytes_;
  const Result<std::string_view> bytes = link_.want({begin, std::min(size_, begin + block_bytes_)}, number_);
  if (!bytes) return nullptr;
  if (cache_.size() == cached_blocks) cache_.pop_back();
  cache_.push_front({number, Blob::own(std::string(*bytes))});
  return &cache_.front().bytes;
}

Result<Blob> BlockContent::directly(ByteRange range) const {
  std::string out;
  out.reserve(static_cast<std::size_t>(range.size()));
  for (std::uint64_t at = range.begin; at < range.end;) {
    const std::uint64_t end = std::min(range.end, at + most_bytes_);
    const Result<std::string_view> bytes = link_.want({at, end}, number_);
    if (!bytes) return bytes.error();
    out += *bytes;
    at = end;
  }
  return Blob::own(std::move(out));
}

Result<Blob> BlockContent::read(ByteRange range) const {
  if (range.begin > range.end || range.end > size_) return Error{Code::truncated, "read past the end"};
  if (range.size() == 0) return Blob();
  const std::uint64_t first = range.begin / block_bytes_, last = (range.end - 1) / block_bytes_;
  if (last - first >= cached_blocks / 2) return directly(range);
  std::string out;
  for (std::uint64_t number = first; number <= last; ++number) {
    const Blob* const whole = block(number);
    if (whole == nullptr) return directly(range);
    const std::uint64_t begin = std::max(range.begin, number * block_bytes_) - number * block_bytes_;
    const std::uint64_t end = std::min(range.end - number * block_bytes_, block_bytes_);
    const Blob part = whole->slice(begin, end - begin);
    if (first == last) return part;
    out += part.chars();
  }
  return Blob::own(std::move(out));
}

}  // namespace evtriage::sandbox
