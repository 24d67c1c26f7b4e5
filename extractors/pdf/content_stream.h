// Content as the library's own kind of stream: the PDF is read by ranges, never as a file.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// A range that cannot be read gives zeros, so that the rest of the file is still found where the tables say;
// it is kept in lost() and told at the end.
// Tested by tests/extractors/pdf/pdf_test.cpp.
#pragma once
#include <poppler/Object.h>
#include <poppler/Stream.h>

#include <array>
#include <memory>
#include <vector>

#include "pipeline/core/content.h"

namespace evtriage {

class ContentWindow {  // the last few blocks of a Content; shared by all streams of one document
 public:
  explicit ContentWindow(const Content& content);
  std::uint64_t size() const { return content_.size(); }
  // At most `wanted` bytes at `offset`; an empty view at the end.  Valid until the next call.
  ByteView at(std::uint64_t offset, std::uint64_t wanted);
  const std::vector<evtriage::ByteRange>& lost() const { return lost_; }

 private:
  struct Block {
    std::uint64_t begin = 0;
    Blob bytes;
  };
  const Block& block(std::uint64_t begin);
  Blob in_pieces(evtriage::ByteRange range);
  void lose(evtriage::ByteRange range);
  const Content& content_;
  std::uint64_t block_bytes_;
  std::array<Block, 16> blocks_;
  std::vector<evtriage::ByteRange> lost_;
};

class ContentStream final : public BaseSeekInputStream {
 public:
  ContentStream(std::shared_ptr<ContentWindow> window, Goffset begin, bool is_limited, Goffset bytes, Object&& dictionary);
  BaseStream* copy() override;
  Stream* makeSubStream(Goffset begin, bool is_limited, Goffset bytes, Object&& dictionary) override;

 private:
  Goffset currentPos() const override { return at_; }
  void setCurrentPos(Goffset offset) override { at_ = offset; }
  Goffset read(char* out, Goffset wanted) override;
  std::shared_ptr<ContentWindow> window_;
  Goffset at_ = 0;
};

}  // namespace evtriage
