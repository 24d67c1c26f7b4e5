// An Emit that keeps nothing and aborts where the contract is broken: what the fuzz targets need.
#pragma once
#include <cstdlib>

#include "pipeline/core/memory_spool.h"

namespace evtriage {

class NullEmit final : public Emit {
 public:
  void text(TextSegment segment) override {
    if (!is_valid_utf8(segment.utf8.chars()) || segment.map.text_size() != segment.utf8.size()) std::abort();
  }
  void child(Child, ContentPtr content) override {
    if (content && !content->read({0, content->size()})) std::abort();
  }
  std::unique_ptr<Spool> spool() override { return std::make_unique<MemorySpool>(64u << 20); }
  void property(std::string name, std::string value) override {
    if (!is_valid_utf8(name) || !is_valid_utf8(value)) std::abort();
  }
  void message(MessageRecord) override {}
  void issue(Issue) override {}
  void encrypted() override {}
  bool stop_requested() const override { return false; }
};

}  // namespace evtriage
