// WorkerEmit: the Emit that a format sees in its worker; every call becomes frames.
// Tested by tests/pipeline/sandbox/cage_test.cpp: the proxy gives the same records as the call in process.
#pragma once
#include <array>
#include <cstdint>

#include "pipeline/sandbox/frame_writer.h"
#include "pipeline/sandbox/link.h"

namespace evtriage::sandbox {

class WorkerEmit final : public Emit {
 public:
  WorkerEmit(Link& link, std::uint64_t item_size) : link_(link), writer_(link, item_size) {}
  void text(TextSegment segment) override { writer_.text(segment); }
  void child(Child child, ContentPtr content) override;
  std::unique_ptr<Spool> spool() override;
  void property(std::string name, std::string value) override { writer_.property(name, value); }
  void message(MessageRecord message) override { writer_.message(message); }
  void issue(Issue issue) override { writer_.issue(issue); }
  void encrypted() override { writer_.encrypted(); }
  bool stop_requested() const override { return link_.stop_requested(); }
  ContentPtr beside(std::string_view name) override;

  Link& link() { return link_; }

 private:
  friend class WorkerSpool;
  enum class Slot : std::uint8_t { free, filling, taken };
  static constexpr unsigned no_slot = spool_slots;
  unsigned open_slot();
  void drop(unsigned slot);
  unsigned slot_of(const Content& content) const;  // no_slot: it did not come from a spool of ours
  bool stream(const Content& content, unsigned slot);
  void by_spool(const Child& child, const Content& content);

  Link& link_;
  FrameWriter writer_;
  std::array<Slot, spool_slots> slots_{};
  std::array<const Content*, spool_slots> taken_{};
};

}  // namespace evtriage::sandbox
