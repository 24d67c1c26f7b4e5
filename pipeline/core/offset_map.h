// OffsetMap: from an offset in extracted text back to the bytes that it was made of.
//
// A list of runs.  In a run every `text_unit` bytes of text came from `source_unit` bytes of source:
// 1:1 plain, 1:2 ASCII in UTF-16, 2:1 accented Latin-1.  text_unit 0 means "the whole run came from
// somewhere in this source range" (an HTML entity, a base64 line, OCR).  Maps compose, so that rule
// text -> decoded text -> file bytes is one look-up.
// Tested by tests/pipeline/core/offset_map_test.cpp against a byte-by-byte oracle.
#pragma once
#include <cstdint>
#include <vector>

#include "pipeline/core/result.h"

namespace evtriage {

struct Run {
  std::uint64_t text_begin = 0;  // first text byte of the run
  ByteRange source;              // source bytes of the whole run
  std::uint8_t text_unit = 1, source_unit = 1;
};

class OffsetMap {
 public:
  OffsetMap() = default;
  // Text bytes [0, size) came 1:1 from source bytes [source_begin, source_begin + size).
  static OffsetMap identity(std::uint64_t size, std::uint64_t source_begin = 0);

  // Adds `text_length` bytes of text, made of `source`.  Neighbours that continue each other merge, so
  // appending one character at a time costs no memory where nothing changes.  text_length 0 is ignored.
  void append(std::uint64_t text_length, ByteRange source, std::uint8_t text_unit = 1,
              std::uint8_t source_unit = 1);

  void reserve(std::size_t runs) { runs_.reserve(runs); }  // room for so many runs, if the caller can tell

  std::uint64_t text_size() const { return text_size_; }
  const std::vector<Run>& runs() const { return runs_; }

  // The smallest source range that covers the text range; an empty text range gives an empty range at
  // its place; ranges past the end are clamped; an empty map gives {0, 0}.
  ByteRange to_source(ByteRange text) const;

  // text of `a` -> source of `b`, where the source of `a` is the text of `b`.
  static OffsetMap compose(const OffsetMap& a, const OffsetMap& b);

 private:
  std::size_t run_at(std::uint64_t text_offset) const;
  ByteRange within(std::size_t run, ByteRange text) const;
  std::uint64_t run_end(std::size_t run) const;
  std::vector<Run> runs_;  // sorted by text_begin; the source need not be monotone
  std::uint64_t text_size_ = 0;
};

}  // namespace evtriage
