// An open table of short digests.  Short, because ten million items must fit beside everything else; a
// clash of 32 bits is settled by the caller's look at the whole digest, so that the answer is exact.
// Tested by tests/pipeline/store/duplicates_test.cpp.
#include "pipeline/store/duplicates.h"

#include <cstring>

namespace evtriage {

FirstSeen::FirstSeen(std::uint64_t expected) : slots_(static_cast<std::size_t>(expected + expected / 2 + 64)) {}

std::uint64_t FirstSeen::first(const Sha256Bytes& digest, std::uint32_t id,
                               const std::function<bool(std::uint32_t)>& same) {
  std::uint32_t print = 0;
  std::memcpy(&print, digest.data(), sizeof print);
  if (used_ + used_ / 4 >= slots_.size()) grow();
  std::size_t at = home(print);
  for (; slots_[at].id != 0; at = at + 1 == slots_.size() ? 0 : at + 1) {
    if (slots_[at].print == print && same(slots_[at].id)) return slots_[at].id;
  }
  slots_[at] = {print, id};
  ++used_;
  return 0;
}

void FirstSeen::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.id == 0) continue;
    std::size_t at = home(slot.print);
    while (slots_[at].id != 0) at = at + 1 == slots_.size() ? 0 : at + 1;
    slots_[at] = slot;
  }
}

}  // namespace evtriage
