// Content as Exiv2's own kind of file.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Formats built on TIFF ask for the whole file in one block; they are given its first most_mapped bytes.
// Tested by tests/extractors/image/image_test.cpp.
#pragma once
#include <exiv2/basicio.hpp>

#include <string>
#include <vector>

#include "pipeline/core/content.h"

namespace evtriage {

constexpr std::uint64_t most_mapped = 256 << 20;

class ContentIo final : public Exiv2::BasicIo {
 public:
  explicit ContentIo(const Content& content) : content_(content), size_(content.size()) {}
  void clamp() { size_ = std::min(size_, most_mapped); }          // before the file is mapped
  const std::vector<ByteRange>& lost() const { return lost_; }    // ranges that could not be read; zeros stood for them

  int open() override;
  int close() override { return 0; }
  long write(const Exiv2::byte*, long) override { return 0; }
  long write(BasicIo&) override { return 0; }
  int putb(Exiv2::byte) override { return EOF; }
  Exiv2::DataBuf read(long wanted) override;
  long read(Exiv2::byte* out, long wanted) override;
  int getb() override;
  void transfer(BasicIo&) override {}
  int seek(long offset, Position from) override;
  Exiv2::byte* mmap(bool) override;
  int munmap() override { return 0; }
  long tell() const override { return static_cast<long>(at_); }
  std::size_t size() const override { return static_cast<std::size_t>(size_); }
  bool isopen() const override { return true; }
  int error() const override { return 0; }
  bool eof() const override { return ended_; }
  std::string path() const override { return "item"; }

 private:
  Blob bytes(ByteRange range);
  void lose(ByteRange range);
  const Content& content_;
  std::uint64_t size_, at_ = 0;
  bool ended_ = false;
  Blob window_;
  std::uint64_t window_begin_ = 0;
  std::vector<Exiv2::byte> mapped_;
  std::vector<ByteRange> lost_;
};

}  // namespace evtriage
