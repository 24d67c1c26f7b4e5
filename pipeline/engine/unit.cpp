// Parts and budgets of a unit.  A part holds records in index order, because children are finished
// before their parents but stand after them in the case.
// Tested by tests/pipeline/engine/examine_test.cpp.
#include "pipeline/engine/unit.h"

#include <algorithm>

#include "pipeline/engine/spool.h"

namespace evtriage {
namespace {

constexpr std::uint64_t disk_bytes_a_child = 16384;           // one child more for so many bytes of a disk
constexpr std::uint64_t disk_passes = 8;
constexpr std::uint64_t media_floor = std::uint64_t{64} << 30;  // what any image file may unfold to
constexpr std::uint64_t media_factor = 1000;                  // and in relation to its size

}  // namespace

void Unit::widen(std::uint64_t disk_bytes) {
  const auto grow = [](std::uint64_t& most, std::uint64_t by) { most += std::min(by, ~std::uint64_t{0} - most); };
  grow(children_most_, disk_bytes / disk_bytes_a_child);
  grow(expanded_most_, disk_bytes > ~std::uint64_t{0} / disk_passes ? ~std::uint64_t{0} : disk_bytes * disk_passes);
}

std::string Unit::refuse_media(std::uint64_t media_bytes, std::uint64_t image_bytes) {
  const std::uint64_t by_size = image_bytes > ~std::uint64_t{0} / media_factor ? ~std::uint64_t{0} : image_bytes * media_factor;
  const std::uint64_t most = std::max(media_floor, by_size);
  if (media_bytes > most - std::min(most, media_bytes_)) return "media_bytes=" + std::to_string(most);
  media_bytes_ += media_bytes;
  widen(media_bytes);
  return {};
}

std::string Unit::refuse_child(unsigned depth, std::uint64_t size) {
  const auto refusal = [](std::string_view name, std::uint64_t value) {
    return std::string(name) + "=" + std::to_string(value);
  };
  if (depth > limits().depth) return refusal("depth", limits().depth);
  spent_ = true;
  if (children_ >= children_most_) return refusal("children", limits().children);
  if (size > expanded_most_ - expanded_bytes_) return refusal("expanded_bytes", limits().expanded_bytes);
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
