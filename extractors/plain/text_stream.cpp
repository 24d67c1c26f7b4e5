// Windows are cut between characters; UTF-8 is copied as it is, everything else decoded with its map.
// Tested by tests/extractors/plain/text_stream_test.cpp.
#include "extractors/plain/text_stream.h"

#include <algorithm>

#include "extractors/encoding.h"

namespace evtriage {
namespace {

constexpr std::uint64_t window_bytes = 256u << 10;
constexpr std::uint64_t head_bytes = 64u << 10;

unsigned char byte_at(std::string_view bytes, std::size_t i) { return static_cast<unsigned char>(bytes[i]); }

std::size_t whole_utf8(std::string_view bytes) {
  std::size_t lead = bytes.size();
  while (lead > 0 && bytes.size() - lead < 3 && (byte_at(bytes, lead - 1) & 0xc0) == 0x80) --lead;
  const bool cut = lead > 0 && byte_at(bytes, lead - 1) >= 0xc0 && valid_utf8_prefix(bytes.substr(lead - 1)) == 0;
  return cut ? lead - 1 : bytes.size();
}

// How many of the window's bytes are whole characters; the rest is read again with the next window.
std::size_t whole_characters(std::string_view bytes, std::string_view encoding) {
  const std::size_t unit = code_unit_bytes(encoding);
  if (unit > 1) {
    std::size_t size = bytes.size() - bytes.size() % unit;
    if (unit == 2 && size >= 4) {
      const unsigned char high = byte_at(bytes, size - (encoding == "utf-16le" ? 1 : 2));
      if (high >= 0xd8 && high < 0xdc) size -= 2;
    }
    return size;
  }
  if (encoding == "utf-8") return whole_utf8(bytes);
  if (upper_half(encoding) != nullptr) return bytes.size();
  // East Asian: bytes below 0x30 are never the second half of a character; a line end also ends a shift state.
  if (const std::size_t line = bytes.rfind('\n'); line != bytes.npos) return line + 1;
  std::size_t size = bytes.size();
  while (size > 0 && byte_at(bytes, size - 1) >= 0x30) --size;
  return size == 0 ? bytes.size() : size;
}

}  // namespace

TextStream::TextStream(const Content& content, std::string_view claimed, std::string_view stage, Emit& emit)
    : content_(content), stage_(stage), emit_(emit) {
  const std::uint64_t size = std::min(content.size(), head_bytes);
  const Result<Blob> head = content.read({0, size});
  if (!head || head->empty()) return;
  const EncodingHint hint{claimed, true, size < content.size()};
  const auto encoding = detect_encoding(head->chars(), hint);
  is_text_ = encoding.has_value();
  if (!is_text_) {
    next_ = content.size();
    return;
  }
  encoding_ = *encoding;
  next_ = bom_length(head->chars(), encoding_);
}

bool TextStream::more() {
  if (next_ >= content_.size()) return false;
  if (at_ > 0) {
    buffer_.erase(0, at_);
    base_ += at_;
    at_ = 0;
    while (!pieces_.empty() && pieces_.front().end <= base_) pieces_.pop_front();
  }
  const std::size_t before = buffer_.size();
  while (next_ < content_.size() && buffer_.size() == before && !emit_.stop_requested()) {
    const ByteRange window{next_, next_ + std::min(content_.size() - next_, window_bytes)};
    const Result<Blob> bytes = content_.read(window);
    if (!bytes) {
      emit_.issue({bytes.error().code, stage_, bytes.error().detail, window, true});
      next_ = window.end;
      continue;
    }
    std::string_view chars = bytes->chars();
    if (window.end < content_.size()) chars = chars.substr(0, whole_characters(chars, encoding_));
    add(chars);
    next_ += chars.size();
  }
  return buffer_.size() > before;
}

// The item's first window may have been ASCII alone: what cannot be UTF-8 is judged again.
std::string TextStream::encoding_of(std::string_view window) const {
  if (encoding_ != "utf-8") return encoding_;
  std::string judged = detect_encoding(window, {{}, true, true}).value_or(encoding_);
  return code_unit_bytes(judged) == 1 ? judged : encoding_;
}

void TextStream::add(std::string_view bytes) {
  Piece piece;
  piece.begin = base_ + buffer_.size();
  piece.source = next_;
  piece.same = encoding_ == "utf-8" && is_valid_utf8(bytes);
  if (piece.same) {
    buffer_ += bytes;
  } else {
    Decoded decoded = decode(bytes, encoding_of(bytes), next_);
    buffer_ += decoded.utf8;
    piece.map = std::move(decoded.map);
  }
  piece.end = base_ + buffer_.size();
  if (piece.end > piece.begin) pieces_.push_back(std::move(piece));
}

const TextStream::Piece* TextStream::later_piece_at(std::uint64_t offset) const {
  const auto found = std::partition_point(pieces_.begin(), pieces_.end(), [&](const Piece& p) { return p.end <= offset; });
  return found == pieces_.end() ? nullptr : &*found;
}

ByteRange TextStream::source(std::size_t begin, std::size_t end) const {
  const std::uint64_t first = base_ + at_ + begin, last = base_ + at_ + end;
  const Piece* from = piece_at(first);
  if (from == nullptr) {
    if (pieces_.empty()) return {std::min(next_, content_.size()), std::min(next_, content_.size())};
    const ByteRange tail = in_piece(pieces_.back(), pieces_.back().end - 1, pieces_.back().end);
    return {tail.end, tail.end};
  }
  if (last <= from->end) return in_piece(*from, first, last);
  const Piece* to = piece_at(last - 1);
  const ByteRange head = in_piece(*from, first, from->end);
  return {head.begin, to == nullptr ? head.end : in_piece(*to, to->begin, last).end};
}

bool TextStream::is_same(std::size_t begin, std::size_t end) const {
  const Piece* piece = piece_at(base_ + at_ + begin);
  return piece != nullptr && piece->same && base_ + at_ + end <= piece->end;
}

void TextStream::copy(std::size_t begin, std::size_t end, MappedText& out) const {
  out.text += ahead().substr(begin, end - begin);
  std::uint64_t at = base_ + at_ + begin;
  const std::uint64_t stop = base_ + at_ + end;
  for (const Piece* piece = piece_at(at); piece != nullptr && at < stop; piece = piece_at(at)) {
    const std::uint64_t part = std::min(stop, piece->end);
    if (piece->same) {
      out.map.append(part - at, in_piece(*piece, at, part));
    } else {
      append_map(out.map, OffsetMap::compose(OffsetMap::identity(part - at, at - piece->begin), piece->map));
    }
    at = part;
  }
}

}  // namespace evtriage
