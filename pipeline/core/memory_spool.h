// A Spool that keeps everything in memory: for small worlds, tests and single look-ups.
// Tested by tests/pipeline/engine/spool_test.cpp.
#pragma once
#include "pipeline/core/plugin.h"

namespace evtriage {

class MemorySpool final : public Spool {
 public:
  explicit MemorySpool(std::uint64_t most_bytes) : most_bytes_(most_bytes) {}
  bool append(ByteView bytes) override {
    refused_ = refused_ || bytes.size() > most_bytes_ - bytes_.size();
    if (!refused_) bytes_.append(as_chars(bytes));
    return !refused_;
  }
  ContentPtr take() override { return refused_ ? nullptr : resident(std::move(bytes_)); }

 private:
  std::uint64_t most_bytes_;
  std::string bytes_;
  bool refused_ = false;
};

}  // namespace evtriage
