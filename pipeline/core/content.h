// Bytes that keep themselves alive (Blob) and bytes that may still lie on the evidence (Content).
//
// A slice of a Blob shares ownership with its origin, so no order of destruction can leave a view
// hanging.  Content is what an extractor sees: a read error is an Error for that range only.
// Tested by tests/pipeline/core/content_test.cpp.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/result.h"

namespace evtriage {

using ByteView = std::span<const std::byte>;

inline std::string_view as_chars(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline ByteView as_bytes(std::string_view chars) {
  return {reinterpret_cast<const std::byte*>(chars.data()), chars.size()};
}

class Blob {  // immutable; copying shares, never copies bytes; safe to share between threads
 public:
  Blob() = default;
  static Blob own(std::vector<std::byte> bytes) {
    auto box = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
    const ByteView view(*box);
    return Blob(std::move(box), view);
  }
  static Blob own(std::string chars) {
    auto box = std::make_shared<const std::string>(std::move(chars));
    const ByteView view = as_bytes(*box);
    return Blob(std::move(box), view);
  }
  // `keep` must own the memory that `view` points into.
  static Blob share(std::shared_ptr<const void> keep, ByteView view) { return {std::move(keep), view}; }

  ByteView view() const { return view_; }
  std::string_view chars() const { return as_chars(view_); }
  std::uint64_t size() const { return view_.size(); }
  bool empty() const { return view_.empty(); }
  // Clamped to the blob: hostile lengths cannot reach outside; a caller that must know compares sizes.
  Blob slice(std::uint64_t offset, std::uint64_t length) const {
    const auto from = std::min<std::uint64_t>(offset, size());
    return {keep_, view_.subspan(from, std::min<std::uint64_t>(length, size() - from))};
  }

 private:
  Blob(std::shared_ptr<const void> keep, ByteView view) : keep_(std::move(keep)), view_(view) {}
  std::shared_ptr<const void> keep_;
  ByteView view_;
};

class Content {  // random access, read only; read() may be called from any thread
 public:
  virtual ~Content() = default;
  virtual std::uint64_t size() const = 0;  // bytes
  // Exactly range.size() bytes, or an Error (io_read, or truncated if the range reaches past the end).
  virtual Result<Blob> read(ByteRange range) const = 0;
  // The same, into the caller's memory: `out` has room for range.size() bytes; after an Error its bytes are unspecified.
  virtual Result<void> read_to(ByteRange range, std::byte* out) const {
    const Result<Blob> bytes = read(range);
    if (!bytes) return bytes.error();
    if (bytes->size() != range.size()) return Error{Code::truncated, "fewer bytes than were asked for"};
    if (range.size() > 0) std::memcpy(out, bytes->view().data(), bytes->view().size());
    return {};
  }
};
using ContentPtr = std::shared_ptr<const Content>;

class Resident final : public Content {  // content that is in memory: read() is a slice, not a copy
 public:
  explicit Resident(Blob bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<Blob> read(ByteRange range) const override {
    if (range.begin > range.end || range.end > bytes_.size()) {
      return Error{Code::truncated, "read past the end"};
    }
    return bytes_.slice(range.begin, range.size());
  }

 private:
  Blob bytes_;
};

inline ContentPtr resident(Blob bytes) { return std::make_shared<Resident>(std::move(bytes)); }
inline ContentPtr resident(std::string chars) { return resident(Blob::own(std::move(chars))); }

}  // namespace evtriage
