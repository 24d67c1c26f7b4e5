// How long a file of a format is, by its own structure: 0 if what lies there does not hold to the end.
// Tested by tests/extractors/disk/carve_test.cpp and tests/fuzz/fuzz_carve.cpp.
#pragma once
#include <cstdint>
#include <string_view>

#include "pipeline/core/content.h"

namespace evtriage::disk {

class Piecewise {  // a run of the volume, read as it is needed; used from one thread
 public:
  Piecewise(const Content& volume, ByteRange run) : volume_(volume), run_(run) {}
  std::uint64_t size() const { return run_.size(); }
  // Up to `length` bytes (at most 1 MiB) from `offset` on, fewer at the end or where the disk cannot be read.
  // Valid until the next call.
  std::string_view at(std::uint64_t offset, std::uint64_t length) const;
  // What is at hand from `offset` on, at least `least` bytes of it (else as at()); for searches.
  std::string_view from(std::uint64_t offset, std::uint64_t least) const;
  std::uint64_t work() const { return work_; }  // bytes that were looked at so far

 private:
  bool holds(std::uint64_t offset, std::uint64_t length) const;
  const Content& volume_;
  ByteRange run_;
  mutable Blob held_;
  mutable std::uint64_t held_at_ = 0, work_ = 0;
};

std::uint64_t jpeg_length(const Piecewise& bytes);
std::uint64_t png_length(const Piecewise& bytes);
std::uint64_t pdf_length(const Piecewise& bytes);
std::uint64_t zip_length(const Piecewise& bytes);
std::uint64_t sqlite_length(const Piecewise& bytes);
std::uint64_t mp4_length(const Piecewise& bytes);

}  // namespace evtriage::disk
