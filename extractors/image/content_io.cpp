// Content as a file that is only read; see the header.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/image/image_test.cpp.
#include "extractors/image/content_io.h"

#include <algorithm>
#include <cstring>

namespace evtriage {
namespace {

constexpr std::uint64_t window_bytes = 64 << 10;
constexpr std::uint64_t piece_bytes = 4096;
constexpr std::size_t most_lost = 64;

}  // namespace

Blob ContentIo::bytes(ByteRange range) {
  Result<Blob> whole = content_.read(range);
  if (whole) return *std::move(whole);
  std::string out;
  for (std::uint64_t at = range.begin; at < range.end; at += piece_bytes) {  // only what is bad is lost
    const ByteRange piece{at, std::min(range.end, at + piece_bytes)};
    const Result<Blob> read = content_.read(piece);
    out.append(read ? read->chars() : std::string(piece.size(), '\0'));
    if (!read) lose(piece);
  }
  return Blob::own(std::move(out));
}

void ContentIo::lose(ByteRange range) {
  const bool known = std::any_of(lost_.begin(), lost_.end(), [&](ByteRange r) { return r.begin <= range.begin && range.end <= r.end; });
  if (known) return;
  if (!lost_.empty() && lost_.back().end == range.begin) {
    lost_.back().end = range.end;
  } else if (lost_.size() < most_lost) {
    lost_.push_back(range);
  }
}

int ContentIo::open() {
  at_ = 0;
  ended_ = false;
  return 0;
}

long ContentIo::read(Exiv2::byte* out, long wanted) {
  const std::uint64_t count = wanted <= 0 ? 0 : std::min<std::uint64_t>(static_cast<std::uint64_t>(wanted), size_ - at_);
  ended_ = wanted > 0 && count < static_cast<std::uint64_t>(wanted);
  for (std::uint64_t done = 0; done < count;) {
    if (at_ < window_begin_ || at_ - window_begin_ >= window_.size()) {
      window_begin_ = at_;
      window_ = bytes({at_, at_ + std::min(size_ - at_, window_bytes)});
    }
    const Blob piece = window_.slice(at_ - window_begin_, count - done);
    std::memcpy(out + done, piece.view().data(), piece.size());
    done += piece.size();
    at_ += piece.size();
  }
  return static_cast<long>(count);
}

Exiv2::DataBuf ContentIo::read(long wanted) {
  const long left = static_cast<long>(std::min<std::uint64_t>(size_ - at_, most_mapped));
  Exiv2::DataBuf buffer(std::clamp(wanted, 0L, left));
  buffer.size_ = read(buffer.pData_, buffer.size_);
  ended_ = buffer.size_ < wanted;
  return buffer;
}

int ContentIo::getb() {
  Exiv2::byte value = 0;
  return read(&value, 1) == 1 ? value : EOF;
}

int ContentIo::seek(long offset, Position from) {
  const std::uint64_t base = from == beg ? 0 : from == cur ? at_ : size_;
  const std::uint64_t distance = offset < 0 ? 0 - static_cast<std::uint64_t>(offset) : static_cast<std::uint64_t>(offset);
  if (offset < 0 ? distance > base : distance > size_ - base) return 1;
  at_ = offset < 0 ? base - distance : base + distance;
  ended_ = false;
  return 0;
}

Exiv2::byte* ContentIo::mmap(bool) {
  if (mapped_.empty()) {
    const Blob all = bytes({0, std::min(size_, most_mapped)});
    const auto* first = reinterpret_cast<const Exiv2::byte*>(all.view().data());
    mapped_.assign(first, first + all.size());
  }
  return mapped_.data();
}

}  // namespace evtriage
