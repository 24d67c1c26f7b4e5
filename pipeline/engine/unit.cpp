// Parts and budgets of a unit.  A part holds records in index order, because children are finished
// before their parents but stand after them in the case.
// Tested by tests/pipeline/engine/examine_test.cpp.
#include "pipeline/engine/unit.h"

#include <algorithm>

#include "pipeline/engine/spool.h"

namespace evtriage {

std::string Unit::refuse_child(unsigned depth, std::uint64_t size) {
  const auto refusal = [](std::string_view name, std::uint64_t value) {
    return std::string(name) + "=" + std::to_string(value);
  };
  if (depth > limits().depth) return refusal("depth", limits().depth);
  spent_ = true;
  if (children_ >= limits().children) return refusal("children", limits().children);
  if (size > limits().expanded_bytes - expanded_bytes_) return refusal("expanded_bytes", limits().expanded_bytes);
  spent_ = false;
  ++children_;
  expanded_bytes_ += size;
  return {};
}

bool Unit::stopped() {
  refused_ = refused_ || context_.spool->failed() || (context_.stop != nullptr && context_.stop->load(std::memory_order_relaxed));
  return refused_;
}

void Unit::complete(ItemRecord item, std::uint64_t estimated_bytes) {
  ready_bytes_ += estimated_bytes;
  ready_.push_back(std::move(item));
  if (ready_bytes_ > part_bytes) send(false);
}

void Unit::lists_of_open(ItemRecord lists) {
  lists.complete = false;
  ready_.push_back(std::move(lists));
  send(false);
}

bool Unit::finish(ItemRecord root) {
  if (refused_ || context_.spool->failed()) return false;  // a child that found no room is no result
  ready_.push_back(std::move(root));
  send(true);
  return !refused_;
}

void Unit::send(bool last) {
  UnitPart part;
  part.ordinal = ordinal_;
  part.number = parts_++;
  part.last = last;
  part.items = std::exchange(ready_, {});
  ready_bytes_ = 0;
  if (refused_) return;
  std::sort(part.items.begin(), part.items.end(),
            [](const ItemRecord& a, const ItemRecord& b) { return a.index < b.index; });
  if (Tally* const tally = context_.tally; tally != nullptr) {
    for (const ItemRecord& item : part.items) {
      tally->items += item.complete ? 1 : 0;
      tally->hits += item.hits.size();
      tally->findings += item.findings.size();
      tally->issues += item.issues.size();
    }
  }
  refused_ = !sink_.take(std::move(part));
}

}  // namespace evtriage
