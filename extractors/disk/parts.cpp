// Partitions as children in the order of the disk; what lies between them is free space with its place on the device.
// Entries of the table that overlap are all given: which of them is right, nobody can tell.
// Tested by tests/extractors/disk/parts_test.cpp.
#include <algorithm>

#include "extractors/disk/disk.h"
#include "extractors/disk/free_space.h"
#include "pipeline/core/range_content.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace disk {
namespace {

constexpr std::size_t parts_most = 4096;

class PartsRun {
 public:
  PartsRun(const Content& content, Emit& emit) : content_(content), emit_(emit), image_(content) {}

  void run() {
    const TskHandle<TSK_VS_INFO> table(tsk_vs_open(image_.get(), 0, TSK_VS_TYPE_DETECT));
    RangeSet parts;
    if (!table) {
      emit_.issue({Code::corrupt, "", "the table of partitions cannot be read: " + tsk_failure(), std::nullopt, true});
    } else {
      emit_.property("disk:table", tsk_vs_type_toname(table->vstype));
      if (table->block_size > 0) each(*table, parts);
    }
    parts.settle();
    RangeSet all;
    all.add({0, content_.size()});
    if (!emit_.stop_requested()) emit_free_space(content_, all.without(parts), emit_);
  }

 private:
  void each(const TSK_VS_INFO& table, RangeSet& parts) {
    std::size_t count = 0;
    for (TSK_PNUM_T i = 0; i < table.part_count; ++i) {
      const TSK_VS_PART_INFO* const part = tsk_vs_part_get(&table, i);
      if (part == nullptr || (part->flags & TSK_VS_PART_FLAG_ALLOC) == 0) continue;
      if (emit_.stop_requested()) return;
      if (++count > parts_most) return emit_.issue({Code::limit, "", "parts=" + std::to_string(parts_most) + ": further ones were not read", std::nullopt, true});
      if (const auto range = give(table, *part, count); range) parts.add(*range);
    }
  }

  std::optional<ByteRange> give(const TSK_VS_INFO& table, const TSK_VS_PART_INFO& part, std::size_t number) {
    const std::uint64_t sectors = content_.size() / table.block_size;
    Child child;
    child.step = {StepKind::part, number, std::nullopt, {}};
    child.kind = ItemKind::member;
    child.properties.push_back({"disk:part", part.desc != nullptr ? printable(part.desc) : std::string()});
    if (part.start >= sectors) {
      child.issues.push_back({Code::truncated, "", "it begins past the end of the disk, at sector " + std::to_string(part.start), std::nullopt, true});
      emit_.child(std::move(child), nullptr);
      return std::nullopt;
    }
    const std::uint64_t begin = part.start * table.block_size;
    const bool is_cut = part.len > sectors - part.start;
    const ByteRange range{begin, is_cut ? content_.size() : begin + part.len * table.block_size};
    child.step.offset = begin;
    child.extent = range;
    if (is_cut) child.issues.push_back({Code::truncated, "", "its table entry says " + std::to_string(part.len) + " sectors, the disk ends before", std::nullopt, true});
    emit_.child(std::move(child), std::make_shared<RangeContent>(content_, range));
    return range;
  }

  const Content& content_;
  Emit& emit_;
  TskImage image_;
};

}  // namespace
}  // namespace disk

void extract_parts(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) { disk::PartsRun(content, emit).run(); }

}  // namespace evtriage
