// LiveContent: a child that its worker decodes while it is examined, piece by piece, as it is asked for.
// Tested by tests/pipeline/sandbox/live_test.cpp.
#pragma once
#include <algorithm>
#include <atomic>

#include "pipeline/sandbox/frame_player.h"

namespace evtriage::sandbox {

class LiveContent final : public Content {
 public:
  // `door` may be null: nothing can be read then.
  LiveContent(LiveDoor* door, std::uint64_t size) : door_(door), size_(size) {}
  std::uint64_t size() const override { return size_; }
  Result<Blob> read(ByteRange range) const override {
    if (range.begin > range.end || range.end > size_) return Error{Code::truncated, "read past the end"};
    if (range.size() == 0) return Blob();
    LiveDoor* const door = door_;
    if (door == nullptr) return Error{Code::internal, "an image's content is read only while it is examined"};
    const std::uint64_t most = door->serve_most();
    if (range.size() <= most) return door->serve(range);
    std::string out;
    for (std::uint64_t at = range.begin; at < range.end; at += most) {
      const Result<Blob> piece = door->serve({at, std::min(range.end, at + most)});
      if (!piece) return piece.error();
      out += piece->chars();
    }
    return Blob::own(std::move(out));
  }
  void close() const { door_ = nullptr; }  // when the child was examined; no read is going on

 private:
  mutable std::atomic<LiveDoor*> door_;
  std::uint64_t size_;
};

}  // namespace evtriage::sandbox
