// An Emit that keeps nothing and aborts where the contract is broken: what the fuzz targets need.
#pragma once
#include <cstdlib>

#include "pipeline/core/plugin.h"

namespace evtriage {

class NullEmit final : public Emit {
 public:
  void text(TextSegment segment) override {
    if (!is_valid_utf8(segment.utf8.chars()) || segment.map.text_size() != segment.utf8.size()) std::abort();
  }
  void child(Child, ContentPtr content) override {
    if (!content->read({0, content->size()})) std::abort();
  }
  void property(std::string name, std::string value) override {
    if (!is_valid_utf8(name) || !is_valid_utf8(value)) std::abort();
  }
  void message(MessageRecord) override {}
  void issue(Issue) override {}
  void encrypted() override {}
  bool stop_requested() const override { return false; }
};

}  // namespace evtriage
