// TextStream: an item of any size as UTF-8, window by window, with the way back to the item's bytes.
//
// The encoding is found from the first window, and again for one that cannot be UTF-8 as planned.  A parser looks at
// `ahead()`, asks for `more()` if a token is cut, and skips what it has read; only the pieces still in sight are kept,
// so memory is bounded by what a parser leaves unread.  A window that cannot be read is told and passed over.
// Tested by tests/extractors/plain/text_stream_test.cpp.
#pragma once
#include <deque>
#include <string>
#include <string_view>

#include "extractors/html_text.h"
#include "pipeline/core/plugin.h"

namespace evtriage {

class TextStream {
 public:
  // `claimed` is a charset label, or empty.  `content` and `emit` outlive the stream.
  TextStream(const Content& content, std::string_view claimed, std::string_view stage, Emit& emit);

  bool is_text() const { return is_text_; }  // false: no encoding makes text of the first window; nothing is ahead
  std::string_view encoding() const { return encoding_; }
  std::string_view ahead() const { return std::string_view(buffer_).substr(at_); }
  // Makes ahead() longer; false at the end of the item.  Offsets in ahead() stay, views into it do not.
  bool more();
  // more() until `n` bytes are ahead or the item ends.
  bool ensure(std::size_t n) {
    while (buffer_.size() - at_ < n) {
      if (!more()) return false;
    }
    return true;
  }
  void skip(std::size_t n) {  // n bytes of ahead() have been read
    at_ += std::min(n, buffer_.size() - at_);
    if (pieces_.size() > 1 && pieces_.front().end <= base_ + at_) pieces_.pop_front();
  }

  // Where bytes [begin, end) of ahead() lie in the item: the smallest range that covers them.
  ByteRange source(std::size_t begin, std::size_t end) const;
  // Appends bytes [begin, end) of ahead() with their map.
  void copy(std::size_t begin, std::size_t end, MappedText& out) const;
  // A string that is UTF-8 in the item too: offsets differ only by a constant.
  bool is_same(std::size_t begin, std::size_t end) const;

 private:
  struct Piece {             // one decoded window
    std::uint64_t begin = 0, end = 0;  // in the stream's own text
    std::uint64_t source = 0;          // item offset of its first byte
    bool same = true;                  // text and item are the same bytes
    OffsetMap map;                     // else: from the piece's text to the item
  };
  std::string encoding_of(std::string_view window) const;
  void add(std::string_view bytes);
  const Piece* piece_at(std::uint64_t offset) const {
    return !pieces_.empty() && offset < pieces_.front().end ? &pieces_.front() : later_piece_at(offset);
  }
  const Piece* later_piece_at(std::uint64_t offset) const;
  static ByteRange in_piece(const Piece& piece, std::uint64_t begin, std::uint64_t end) {
    if (piece.same) return {piece.source + (begin - piece.begin), piece.source + (end - piece.begin)};
    return piece.map.to_source({begin - piece.begin, end - piece.begin});
  }

  const Content& content_;
  std::string stage_;
  Emit& emit_;
  std::string encoding_ = "utf-8";
  bool is_text_ = true;
  std::uint64_t next_ = 0;     // item offset of the next window
  std::string buffer_;
  std::size_t at_ = 0;         // how much of the buffer has been read
  std::uint64_t base_ = 0;     // stream offset of buffer_[0]
  std::deque<Piece> pieces_;
};

// Appends the runs of another map, whose text follows that of `to`.
inline void append_map(OffsetMap& to, const OffsetMap& map) {
  const auto& runs = map.runs();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::uint64_t end = i + 1 < runs.size() ? runs[i + 1].text_begin : map.text_size();
    to.append(end - runs[i].text_begin, runs[i].source, runs[i].text_unit, runs[i].source_unit);
  }
}

// Appends made text (a separator, a decoded escape) that stands for the source range.
inline void append_made(MappedText& out, std::string_view text, ByteRange source) {
  out.text += text;
  out.map.append(text.size(), source, 0, 0);
}

}  // namespace evtriage
