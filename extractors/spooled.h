// A child whose bytes were decoded in memory: large ones go on through the spool, so that they count against the budget
// of the item and need not stay in memory.  Tested by tests/extractors/plain/vcard_test.cpp.
#pragma once
#include <string>
#include <utility>

#include "pipeline/core/plugin.h"

namespace evtriage {

inline void emit_child_bytes(Child child, std::string bytes, Emit& emit) {
  constexpr std::size_t resident_bytes = 1u << 20;
  if (bytes.size() <= resident_bytes) return emit.child(std::move(child), resident(std::move(bytes)));
  const std::unique_ptr<Spool> spool = emit.spool();
  if (spool->append(as_bytes(bytes))) emit.child(std::move(child), spool->take());
  else emit.child(std::move(child), nullptr);
}

}  // namespace evtriage
