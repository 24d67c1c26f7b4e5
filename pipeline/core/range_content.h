// A part of another content as a content of its own: a message of a mailbox, a stored member of an archive.
// Tested by tests/pipeline/core/content_test.cpp.
#pragma once
#include <utility>

#include "pipeline/core/content.h"

namespace evtriage {

class RangeContent final : public Content {
 public:
  // `whole` outlives this content.  Precondition: `range` lies in it.
  RangeContent(const Content& whole, ByteRange range) : whole_(whole), range_(range) {}
  // The same, and keeps `whole` alive.
  RangeContent(ContentPtr whole, ByteRange range) : keep_(std::move(whole)), whole_(*keep_), range_(range) {}
  std::uint64_t size() const override { return range_.size(); }
  Result<Blob> read(ByteRange wanted) const override {
    if (wanted.begin > wanted.end || wanted.end > range_.size()) return Error{Code::truncated, "read past the end"};
    return whole_.read({range_.begin + wanted.begin, range_.begin + wanted.end});
  }

 private:
  ContentPtr keep_;
  const Content& whole_;
  ByteRange range_;
};

}  // namespace evtriage
