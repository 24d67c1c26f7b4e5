// Unit: one entry of the listing while it is examined; its finished records, budgets and stop.
//
// Finished records are handed on in parts as soon as they are many, so that a mailbox of any size needs
// bounded memory.  Sizes are estimated from the content, never from the allocator: the parts must be the
// same on every machine.  Tested by tests/pipeline/engine/examine_test.cpp.
#pragma once
#include "pipeline/engine/examine.h"

namespace evtriage {

class Unit {
 public:
  static constexpr std::uint64_t part_bytes = 8u << 20;

  Unit(const Context& context, Worker& worker, PageRunner& pages, PartSink& sink, std::uint64_t ordinal)
      : context_(context), worker_(worker), pages_(pages), sink_(sink), ordinal_(ordinal) {}

  const Context& context() const { return context_; }
  const Limits& limits() const { return context_.profile->limits; }
  Worker& worker() { return worker_; }
  PageRunner& pages() { return pages_; }

  std::uint32_t next_index() { return indices_++; }
  // Asks for room for one child; the name and value of the limit that refuses it, or empty.
  std::string refuse_child(unsigned depth, std::uint64_t size);
  std::uint64_t expanded_bytes_left() const { return expanded_most_ - expanded_bytes_; }
  // An item that is a disk, or a part of one: what lies on it may be read several times over (as a part, as files, as
  // free space), so the budgets grow with its size.
  void widen(std::uint64_t disk_bytes);
  // The same for the disk that an image file of `image_bytes` says it holds; the limit that refuses it, or empty.
  std::string refuse_media(std::uint64_t media_bytes, std::uint64_t image_bytes);
  bool budget_spent() const { return spent_; }  // a child was refused, not for its depth
  bool stopped();                          // the run is to end, or the sink wants no more

  void complete(ItemRecord item, std::uint64_t estimated_bytes);  // an item below the root
  void lists_of_open(ItemRecord lists);    // lists of an item that is not complete yet: a part of its own
  bool finish(ItemRecord root);            // the last part; false if the unit was stopped

 private:
  void send(bool last);
  const Context& context_;
  Worker& worker_;
  PageRunner& pages_;
  PartSink& sink_;
  std::uint64_t ordinal_;
  std::uint32_t indices_ = 0, parts_ = 0;
  std::uint64_t children_ = 0, expanded_bytes_ = 0, ready_bytes_ = 0, media_bytes_ = 0;
  std::uint64_t children_most_ = limits().children, expanded_most_ = limits().expanded_bytes;
  bool refused_ = false, spent_ = false;
  std::vector<ItemRecord> ready_;
};

}  // namespace evtriage
