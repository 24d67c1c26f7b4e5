// ByteRuns: a stream as the list of byte ranges of the item that make it up, so that every byte of the stream
// has its place in the file.  StreamBytes: such a stream in memory.  StreamContent: such a stream as a child.
// Tested by tests/extractors/ole/compound_file_test.cpp.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/content.h"

namespace evtriage::ole {

class ByteRuns {
 public:
  ByteRuns() = default;
  explicit ByteRuns(ByteRange range) { append(range); }
  // A stream of `size` bytes that was made of the whole of `source` (decompressed, decrypted): no closer place exists.
  static ByteRuns vague(std::uint64_t size, ByteRange source);

  void append(ByteRange range);  // neighbours merge; empty ranges are ignored
  std::uint64_t size() const { return size_; }
  const std::vector<ByteRange>& runs() const { return runs_; }
  bool is_vague() const { return vague_; }

  // The stream's bytes [offset, offset + length), clamped.
  ByteRuns cut(std::uint64_t offset, std::uint64_t length) const;
  // Where these bytes lie.  If they are scattered: from the first of them to the end of its run.
  ByteRange place(std::uint64_t offset, std::uint64_t length) const;

 private:
  std::size_t run_at(std::uint64_t offset) const;  // precondition: offset < size()
  std::vector<ByteRange> runs_;
  std::vector<std::uint64_t> begins_;  // stream offset of each run
  std::uint64_t size_ = 0;
  bool vague_ = false;
};

struct StreamBytes {
  Blob bytes;
  ByteRuns runs;          // as long as bytes
  bool decrypted = false;  // the bytes are not those of the file, but each lies where `runs` says
  std::string_view view() const { return bytes.chars(); }
};

class StreamContent final : public Content {  // reads through to `whole`, which outlives it
 public:
  StreamContent(const Content& whole, ByteRuns runs) : whole_(whole), runs_(std::move(runs)) {}
  std::uint64_t size() const override { return runs_.size(); }
  Result<Blob> read(ByteRange wanted) const override;

 private:
  const Content& whole_;
  ByteRuns runs_;
};

}  // namespace evtriage::ole
