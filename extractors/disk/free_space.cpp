// The library is asked for addresses only: no block is read to find out what is free.
// Tested by tests/extractors/disk/file_system_test.cpp.
#include "extractors/disk/free_space.h"

#include <algorithm>

#include "extractors/disk/carve.h"
#include "pipeline/core/range_content.h"
#include "pipeline/core/runs_content.h"

namespace evtriage::disk {
namespace {

constexpr std::size_t free_runs_most = 1u << 22;
constexpr std::uint64_t own_child_bytes = 64u << 10;
constexpr std::size_t shared_runs = 512;

struct Collecting {
  RangeSet& free;
  std::uint64_t block_bytes, volume_bytes;
  bool is_over = false;
};

TSK_WALK_RET_ENUM collect(const TSK_FS_BLOCK* block, void* state) {
  Collecting& into = *static_cast<Collecting*>(state);
  if (block->addr >= into.volume_bytes / into.block_bytes) return TSK_WALK_CONT;
  const std::uint64_t begin = block->addr * into.block_bytes;
  into.free.add({begin, begin + into.block_bytes});
  into.is_over = into.free.ranges().size() >= free_runs_most;
  return into.is_over ? TSK_WALK_STOP : TSK_WALK_CONT;
}

class Children {
 public:
  Children(const Content& volume, Emit& emit) : volume_(volume), emit_(emit) {}

  void add(const Carved& file) {
    Child child = next(file.range.begin);
    child.step.name = "carved." + std::string(file.suffix);
    child.kind = ItemKind::deleted;
    child.deleted = true;
    child.extent = file.range;
    child.properties.push_back({"disk:carved", "found in free space by its structure; its name and times are lost"});
    emit_.child(std::move(child), std::make_shared<RangeContent>(volume_, file.range));
  }
  void add(ByteRange run) {
    if (run.size() >= own_child_bytes) {
      Child child = next(run.begin);
      child.extent = run;
      emit_.child(std::move(child), std::make_shared<RangeContent>(volume_, run));
      return;
    }
    small_.push_back({run.size(), run.begin});
    if (small_.size() == shared_runs) flush();
  }
  void flush() {
    if (small_.empty()) return;
    Child child = next(*small_.front().begin);
    std::string where;
    for (const DataRun& run : small_) where += (where.empty() ? "" : " ") + std::to_string(*run.begin) + "+" + std::to_string(run.length);
    child.properties.push_back({"disk:runs", std::move(where)});
    emit_.child(std::move(child), std::make_shared<RunsContent>(volume_, std::exchange(small_, {})));
  }

 private:
  Child next(std::uint64_t begin) {
    Child child;
    child.step = {StepKind::free, ++count_, begin, {}};
    child.kind = ItemKind::free_space;
    return child;
  }
  const Content& volume_;
  Emit& emit_;
  std::uint64_t count_ = 0;
  std::vector<DataRun> small_;
};

}  // namespace

bool find_free(TSK_FS_INFO& system, std::uint64_t volume_bytes, RangeSet& free, Emit& emit) {
  const auto flags = static_cast<TSK_FS_BLOCK_WALK_FLAG_ENUM>(TSK_FS_BLOCK_WALK_FLAG_UNALLOC | TSK_FS_BLOCK_WALK_FLAG_CONT |
                                                              TSK_FS_BLOCK_WALK_FLAG_META | TSK_FS_BLOCK_WALK_FLAG_AONLY);
  Collecting into{free, system.block_size, volume_bytes};
  const bool walked = tsk_fs_block_walk(&system, system.first_block, system.last_block_act, flags, collect, &into) == 0;
  if (!walked) emit.issue({Code::corrupt, "", "what is free cannot be told: " + tsk_failure(), std::nullopt, true});
  if (into.is_over) {
    emit.issue({Code::limit, "", "free_runs=" + std::to_string(free_runs_most) + ": free space beyond was not looked at", std::nullopt, true});
  }
  if (system.block_size > 0 && system.block_count <= volume_bytes / system.block_size) {  // behind the file system
    free.add({static_cast<std::uint64_t>(system.block_count) * system.block_size, volume_bytes});
  }
  free.settle();
  return walked && !into.is_over;
}

void emit_free_space(const Content& volume, const RangeSet& free, Emit& emit) {
  Children children(volume, emit);
  RangeSet carved;
  for (const Carved& file : carve(volume, free, emit)) {
    if (emit.stop_requested()) return;
    children.add(file);
    carved.add(file.range);
  }
  carved.settle();
  const RangeSet rest = free.without(carved);
  for (const ByteRange& run : rest.ranges()) {
    if (emit.stop_requested()) return;
    children.add(run);
  }
  children.flush();
}

}  // namespace evtriage::disk
