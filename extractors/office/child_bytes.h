// ChildBytes: the bytes of a child that come piece by piece; small ones stay in memory, larger ones go to the spool.
// Tested by tests/extractors/office/package_test.cpp.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "pipeline/core/plugin.h"

namespace evtriage {

class ChildBytes {
 public:
  explicit ChildBytes(Emit& emit) : emit_(emit) {}
  // False: a budget is spent, and take() will give null.
  bool append(std::string_view bytes) {
    if (!spool_ && bytes.size() <= small_bytes - small_.size()) {
      small_ += bytes;
      return true;
    }
    if (!spool_) {
      spool_ = emit_.spool();
      is_full_ = !spool_->append(as_bytes(small_));
      small_ = {};
    }
    is_full_ = is_full_ || !spool_->append(as_bytes(bytes));
    return !is_full_;
  }
  bool is_full() const { return is_full_; }
  ContentPtr take() { return spool_ ? spool_->take() : resident(std::move(small_)); }

 private:
  static constexpr std::size_t small_bytes = 1u << 20;
  Emit& emit_;
  std::unique_ptr<Spool> spool_;
  std::string small_;
  bool is_full_ = false;
};

}  // namespace evtriage
