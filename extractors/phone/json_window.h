// A file of any size, read from front to end in windows: what lies ahead, and more of it when it is asked for.
// A window that cannot be read is told and passed over.
// Tested by tests/extractors/phone/chat_json_test.cpp.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>

#include "pipeline/core/plugin.h"

namespace evtriage::phone {

class JsonWindow {
 public:
  static constexpr std::uint64_t window_bytes = 1u << 20;

  JsonWindow(const Content& content, std::string_view stage, Emit& emit) : content_(content), stage_(stage), emit_(emit) {}
  std::string_view ahead() const { return std::string_view(held_).substr(at_); }
  std::uint64_t offset() const { return held_at_ + at_; }  // of ahead() in the item
  void skip(std::size_t n) { at_ += std::min(n, held_.size() - at_); }
  // Makes ahead() longer; false at the end of the item.  Views into ahead() are void after it.
  bool more() {
    while (next_ < content_.size()) {
      const ByteRange range{next_, std::min(content_.size(), next_ + window_bytes)};
      const auto bytes = content_.read(range);
      next_ = range.end;
      if (!bytes) {
        emit_.issue({bytes.error().code, stage_, bytes.error().detail, range, true});
        if (at_ == held_.size()) held_.clear(), at_ = 0, held_at_ = next_;
        else held_.append(static_cast<std::size_t>(range.size()), ' ');  // so that offsets stay true
        continue;
      }
      held_.erase(0, at_);
      held_at_ += at_;
      at_ = 0;
      held_ += bytes->chars();
      return true;
    }
    return false;
  }
  bool ensure(std::size_t n) {
    while (held_.size() - at_ < n) {
      if (!more()) return false;
    }
    return true;
  }

 private:
  const Content& content_;
  std::string stage_;
  Emit& emit_;
  std::string held_;
  std::size_t at_ = 0;
  std::uint64_t held_at_ = 0, next_ = 0;
};

}  // namespace evtriage::phone
