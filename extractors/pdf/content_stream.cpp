// Content as a stream of the library; why zeros stand for lost bytes is said in the header.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/pdf/pdf_test.cpp.
#include "extractors/pdf/content_stream.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace evtriage {
namespace {

constexpr std::uint64_t whole_bytes = 4 << 20;   // a file up to this size is one block
constexpr std::uint64_t block_bytes = 256 << 10;
constexpr std::uint64_t piece_bytes = 4096;
constexpr std::size_t most_lost = 64;            // ranges kept; neighbours merge

}  // namespace

ContentWindow::ContentWindow(const Content& content)
    : content_(content), block_bytes_(content.size() <= whole_bytes ? whole_bytes : block_bytes) {}

const ContentWindow::Block& ContentWindow::block(std::uint64_t begin) {
  Block& block = blocks_[begin / block_bytes_ % blocks_.size()];
  if (!block.bytes.empty() && block.begin == begin) return block;
  const evtriage::ByteRange range{begin, std::min(begin + block_bytes_, content_.size())};
  Result<Blob> bytes = content_.read(range);
  block = {begin, bytes ? *std::move(bytes) : in_pieces(range)};
  return block;
}

Blob ContentWindow::in_pieces(evtriage::ByteRange range) {
  std::string out;
  for (std::uint64_t at = range.begin; at < range.end; at += piece_bytes) {  // only what is bad is lost
    const evtriage::ByteRange piece{at, std::min(range.end, at + piece_bytes)};
    const Result<Blob> read = content_.read(piece);
    out.append(read ? read->chars() : std::string(piece.size(), '\0'));
    if (!read) lose(piece);
  }
  return Blob::own(std::move(out));
}

void ContentWindow::lose(evtriage::ByteRange range) {
  const auto holds = [&](evtriage::ByteRange r) { return r.begin <= range.begin && range.end <= r.end; };
  if (std::any_of(lost_.begin(), lost_.end(), holds)) return;
  if (!lost_.empty() && lost_.back().end == range.begin) {
    lost_.back().end = range.end;
  } else if (lost_.size() < most_lost) {
    lost_.push_back(range);
  }
}

ByteView ContentWindow::at(std::uint64_t offset, std::uint64_t wanted) {
  if (offset >= content_.size()) return {};
  const std::uint64_t begin = offset / block_bytes_ * block_bytes_;
  const ByteView bytes = block(begin).bytes.view();
  const std::uint64_t skip = std::min<std::uint64_t>(offset - begin, bytes.size());
  return bytes.subspan(skip, std::min<std::uint64_t>(wanted, bytes.size() - skip));
}

ContentStream::ContentStream(std::shared_ptr<ContentWindow> window, Goffset begin, bool is_limited, Goffset bytes, Object&& dictionary)
    : BaseSeekInputStream(begin, is_limited, bytes, std::move(dictionary)), window_(std::move(window)), at_(begin) {}

BaseStream* ContentStream::copy() { return new ContentStream(window_, start, limited, length, dict.copy()); }

Stream* ContentStream::makeSubStream(Goffset begin, bool is_limited, Goffset bytes, Object&& dictionary) {
  return new ContentStream(window_, begin, is_limited, bytes, std::move(dictionary));
}

Goffset ContentStream::read(char* out, Goffset wanted) {
  Goffset done = 0;
  while (at_ >= 0 && done < wanted) {
    const ByteView bytes = window_->at(static_cast<std::uint64_t>(at_), static_cast<std::uint64_t>(wanted - done));
    if (bytes.empty()) break;
    std::memcpy(out + done, bytes.data(), bytes.size());
    done += static_cast<Goffset>(bytes.size());
    at_ += static_cast<Goffset>(bytes.size());
  }
  return done;
}

}  // namespace evtriage
