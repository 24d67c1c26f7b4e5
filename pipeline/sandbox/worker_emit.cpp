// Children: small ones travel in their frame, those that are ranges of the item as those ranges; what a disk image holds
// in another form is decoded while it is examined, as it is asked for; the rest goes by spool.
// Tested by tests/pipeline/sandbox/cage_test.cpp.
#include "pipeline/sandbox/worker_emit.h"

#include <algorithm>
#include <typeinfo>

#include "pipeline/sandbox/worker_content.h"

namespace evtriage::sandbox {
namespace {

constexpr std::uint64_t stream_piece = 1u << 20;

class Elsewhere final : public Content {  // the bytes of a finished spool: the coordinator has them
 public:
  explicit Elsewhere(std::uint64_t size) : size_(size) {}
  std::uint64_t size() const override { return size_; }
  Result<Blob> read(ByteRange) const override { return Error{Code::unsupported, "an unpacked child is read by the engine only"}; }

 private:
  std::uint64_t size_;
};

}  // namespace

class WorkerSpool final : public Spool {
 public:
  WorkerSpool(WorkerEmit& emit, unsigned slot) : emit_(emit), slot_(slot) {}
  ~WorkerSpool() override {
    if (slot_ != WorkerEmit::no_slot) emit_.drop(slot_);
  }
  bool append(ByteView bytes) override {
    if (refused()) return false;
    emit_.writer_.spool_data(slot_, as_chars(bytes));
    size_ += bytes.size();
    return !refused();
  }
  ContentPtr take() override {
    if (refused()) return nullptr;
    auto content = std::make_shared<Elsewhere>(size_);
    emit_.slots_[slot_] = WorkerEmit::Slot::taken;
    emit_.taken_[slot_] = content.get();
    slot_ = WorkerEmit::no_slot;
    return content;
  }

 private:
  bool refused() const { return slot_ == WorkerEmit::no_slot || emit_.link_.is_refused(slot_); }
  WorkerEmit& emit_;
  unsigned slot_;
  std::uint64_t size_ = 0;
};

unsigned WorkerEmit::open_slot() {
  const auto free = std::find(slots_.begin(), slots_.end(), Slot::free);
  if (free == slots_.end()) {
    issue({Code::limit, "", "cage_spools=" + std::to_string(spool_slots) + ": more children at once were not unpacked", {}, true});
    return no_slot;
  }
  *free = Slot::filling;
  const auto slot = static_cast<unsigned>(free - slots_.begin());
  link_.slot_was_freed(slot);
  writer_.spool_open(slot);
  return slot;
}

void WorkerEmit::drop(unsigned slot) {
  writer_.spool_drop(slot);
  slots_[slot] = Slot::free;
  taken_[slot] = nullptr;
}

std::unique_ptr<Spool> WorkerEmit::spool() { return std::make_unique<WorkerSpool>(*this, open_slot()); }

ContentPtr WorkerEmit::beside(std::string_view name) {
  const Link::Beside found = link_.beside(name);
  if (found.number == 0) return nullptr;
  return std::make_shared<BlockContent>(link_, found.size, found.number);
}

unsigned WorkerEmit::slot_of(const Content& content) const {
  return static_cast<unsigned>(std::find(taken_.begin(), taken_.end(), &content) - taken_.begin());
}

bool WorkerEmit::stream(const Content& content, unsigned slot) {
  for (std::uint64_t at = 0; at < content.size() && !link_.is_refused(slot); at += stream_piece) {
    const ByteRange piece{at, std::min(content.size(), at + stream_piece)};
    const Result<Blob> bytes = content.read(piece);
    if (!bytes) {
      issue({bytes.error().code, "", "a child cannot be read: " + bytes.error().detail, {}, true});
      return false;
    }
    writer_.spool_data(slot, bytes->chars());
  }
  return true;
}

void WorkerEmit::by_spool(const Child& child, const Content& content) {
  const unsigned slot = open_slot();
  if (slot == no_slot || !stream(content, slot)) {
    if (slot != no_slot) drop(slot);
    return writer_.child(child, ChildBytes::none);
  }
  writer_.child(child, ChildBytes::spool, {.slot = slot});
  slots_[slot] = Slot::free;
}

void WorkerEmit::child(Child child, ContentPtr content) {
  if (!content) return writer_.child(child, ChildBytes::none);
  if (unsigned slot = slot_of(*content); slot != no_slot) {
    writer_.child(child, ChildBytes::spool, {.slot = slot});
    slots_[slot] = Slot::free;
    taken_[slot] = nullptr;
    return;
  }
  if (child.extent && child.extent->size() == content->size()) return writer_.child(child, ChildBytes::extent);
  if (const Content& bytes = *content; typeid(bytes) == typeid(RunsContent)) {
    const auto& runs = static_cast<const RunsContent&>(bytes).runs();
    if (runs.size() <= data_runs_most) return writer_.child(child, ChildBytes::runs, {.runs = &runs});
  }
  if (!child.is_media && content->size() <= child_here_most) {
    const Result<Blob> bytes = content->read({0, content->size()});
    if (bytes) return writer_.child(child, ChildBytes::here, {.bytes = bytes->chars()});
  }
  if (!is_on_disk(child.step.kind)) return by_spool(child, *content);
  writer_.child(child, ChildBytes::live, {.size = content->size()});
  link_.serve(*content);
}

}  // namespace evtriage::sandbox
