// An item of an Outlook store as a message of RFC 5322: an item is no range of the store, so its bytes are made.
//
// Header fields that begin with "X-Evtriage-" say what was made and where it came from; the digest of the child is
// the digest of this rendering.  Same properties in, same bytes out.
// Tested by tests/extractors/outlook/pst_test.cpp.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "extractors/outlook/pff.h"
#include "pipeline/core/plugin.h"

namespace evtriage {

struct StoreItem {
  pff::Item item;
  std::string folder;             // "Top of Personal Folders/Inbox"
  std::uint64_t enclosed_in = 0;  // number of the child that encloses it, or 0
  unsigned level = 0;             // of enclosing
  bool deleted = false;
};

// Emits one child; gives the messages that are enclosed in it, to be emitted next.
std::vector<StoreItem> emit_store_item(const StoreItem& item, std::uint64_t number, Emit& emit);

}  // namespace evtriage
