// Window: small reads of a Content in order, served from pieces of 1 MiB, so that a hundred thousand headers do not
// cost a hundred thousand reads.  Tested by tests/extractors/archive/zip_test.cpp.
#pragma once
#include <algorithm>

#include "pipeline/core/content.h"

namespace evtriage::archives {

constexpr std::uint64_t piece_bytes = 1 << 20, jump_bytes = 4096;

class Window {  // refers to the content; one thread
 public:
  explicit Window(const Content& content) : content_(content) {}
  std::uint64_t size() const { return content_.size(); }

  // At most `length` bytes from `offset`: fewer at the end of the content, none where it cannot be read.  The view
  // lives until the next call.
  std::string_view at(std::uint64_t offset, std::uint64_t length) {
    if (offset >= size()) return {};
    length = std::min(length, size() - offset);
    if (offset < begin_ || offset > begin_ + held_.size() || length > begin_ + held_.size() - offset) load(offset, length);
    return offset < begin_ ? std::string_view() : held_.chars().substr(static_cast<std::size_t>(offset - begin_), static_cast<std::size_t>(length));
  }

  // What is held from `offset` on, at least 64 bytes unless the content ends or cannot be read there.
  std::string_view rest(std::uint64_t offset) {
    const std::string_view some = at(offset, 64);
    return some.empty() ? some : held_.chars().substr(static_cast<std::size_t>(offset - begin_));
  }

 private:
  void load(std::uint64_t offset, std::uint64_t length) {
    // Only who goes forward gets a large piece: headers in a hostile order must not cost a piece each.
    const std::uint64_t end = begin_ + held_.size();
    const bool forward = offset >= begin_ && (offset <= end || offset - end < piece_bytes);
    const std::uint64_t wanted = std::min(std::max(length, forward ? piece_bytes : jump_bytes), size() - offset);
    Result<Blob> read = content_.read({offset, offset + wanted});
    if (!read && wanted > length) read = content_.read({offset, offset + length});
    begin_ = offset;
    held_ = read ? std::move(*read) : Blob();
  }
  const Content& content_;
  Blob held_;
  std::uint64_t begin_ = 0;
};

}  // namespace evtriage::archives
