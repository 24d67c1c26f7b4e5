// Inflate over windows of the file; inflating at once is faster but wants the whole part in memory.  See part_stream.h.
// Tested by tests/extractors/office/part_stream_test.cpp.
#include "extractors/office/part_stream.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace evtriage {
namespace {

constexpr std::uint64_t window_bytes = 128u << 10;

}  // namespace

PartStream::PartStream(const Content& file, const Packed& packed, std::uint64_t part_bytes, std::uint64_t& bytes_left, const Emit& emit)
    : file_(file), packed_(packed), part_bytes_(part_bytes), bytes_left_(bytes_left), emit_(emit), next_(packed.data.begin) {
  if (packed_.deflated) {
    inflater_ = std::make_unique<Inflate>(Inflate::Wrapping::raw);
    if (!inflater_->is_ready()) fail(Code::internal, "zlib could not begin");
  }
}

PartStream::~PartStream() = default;

std::size_t PartStream::fail(Code code, std::string detail) {
  error_ = Error{code, std::move(detail)};
  return 0;
}

// The next window of the file; false if there is none.
bool PartStream::refill() {
  if (next_ == packed_.data.end) return false;
  const std::uint64_t end = next_ + std::min(window_bytes, packed_.data.end - next_);
  Result<Blob> bytes = file_.read({next_, end});
  if (!bytes) {
    fail(bytes.error().code, bytes.error().detail);
    return false;
  }
  window_ = *std::move(bytes);
  next_ = end;
  return true;
}

std::size_t PartStream::read(char* to, std::size_t size) {
  if (error_ || ended_ || emit_.stop_requested()) return 0;
  if (given_ >= part_bytes_) return fail(Code::limit, "part_bytes=" + std::to_string(part_bytes_) + ": the rest was not read");
  if (bytes_left_ == 0) return fail(Code::limit, "item_bytes: the budget for unpacked bytes of the item is spent, the rest was not read");
  size = static_cast<std::size_t>(std::min<std::uint64_t>({size, part_bytes_ - given_, bytes_left_, 1u << 30}));
  const std::size_t got = packed_.deflated ? inflate_some(to, size) : copy_some(to, size);
  if (got == 0) return error_ ? 0 : finish();
  given_ += got;
  bytes_left_ -= got;
  if (packed_.crc) crc_ = crc32_after(crc_, as_bytes(std::string_view(to, got)));
  return got;
}

std::size_t PartStream::copy_some(char* to, std::size_t size) {
  if (window_.empty() && !refill()) return 0;
  const std::size_t count = static_cast<std::size_t>(std::min<std::uint64_t>(size, window_.size()));
  std::memcpy(to, window_.chars().data(), count);
  window_ = window_.slice(count, window_.size());
  return count;
}

std::size_t PartStream::inflate_some(char* to, std::size_t size) {
  std::size_t got = 0;
  while (got < size && !inflater_ended_) {
    if (inflater_->pending() == 0) {
      if (!refill()) {
        if (!error_) fail(Code::truncated, "the compressed bytes end too early");
        break;
      }
      inflater_->feed(window_.view());
    }
    std::size_t made = 0;
    const Inflate::State state = inflater_->step(reinterpret_cast<std::byte*>(to) + got, size - got, made);
    got += made;
    inflater_ended_ = state == Inflate::State::ended;
    if (state == Inflate::State::broken || state == Inflate::State::hungry) {
      fail(Code::corrupt, "the compressed bytes are damaged after " + std::to_string(given_ + got) + " good bytes");
      break;
    }
  }
  return got;
}

std::size_t PartStream::finish() {
  ended_ = true;
  if (packed_.size && *packed_.size != given_) {
    return fail(Code::corrupt, "unpacked it has " + std::to_string(given_) + " bytes, the ZIP directory says " + std::to_string(*packed_.size));
  }
  if (packed_.crc && crc_ != *packed_.crc) return fail(Code::corrupt, "its CRC-32 is not that of the ZIP directory");
  return 0;
}

}  // namespace evtriage
