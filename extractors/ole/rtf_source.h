// RtfSource: bytes of a content one after the other, through a window of 1 MiB.
// Tested by tests/extractors/ole/rtf_test.cpp.
#pragma once
#include "extractors/ole/byte_runs.h"
#include "pipeline/core/plugin.h"

namespace evtriage::ole {

class RtfSource {
 public:
  RtfSource(const Content& content, Emit& emit) : content_(content), emit_(emit), size_(content.size()) {}

  static constexpr int end = -1;
  int peek() { return ready() ? static_cast<unsigned char>(window_[at_]) : end; }
  int get() { return ready() ? static_cast<unsigned char>(window_[at_++]) : end; }
  std::uint64_t position() const { return begin_ + at_; }
  std::uint64_t left() const { return size_ - position(); }
  void skip(std::uint64_t bytes) {  // precondition: bytes <= left()
    const std::uint64_t to = position() + bytes;
    if (to <= begin_ + window_.size()) {
      at_ = static_cast<std::size_t>(to - begin_);
      return;
    }
    window_ = {};
    at_ = 0;
    begin_ = to;
  }

 private:
  bool ready() { return at_ < window_.size() || fill(); }
  bool fill() {
    constexpr std::uint64_t window_bytes = 1 << 20;
    while (left() > 0) {
      begin_ = position();
      at_ = 0;
      const ByteRange range{begin_, std::min(size_, begin_ + window_bytes)};
      const auto bytes = content_.read(range);
      window_ = {};
      if (bytes) {
        keep_ = *bytes;
        window_ = keep_.chars();
        return true;
      }
      emit_.issue({bytes.error().code, "rtf", bytes.error().detail, range, true});
      begin_ = range.end;
    }
    return false;
  }

  const Content& content_;
  Emit& emit_;
  std::uint64_t size_, begin_ = 0;
  Blob keep_;
  std::string_view window_;
  std::size_t at_ = 0;
};

}  // namespace evtriage::ole
