// link: evtriage_store evtriage_core
// The journal's decoder over any bytes: heads, places, items, header.
#include <cstddef>
#include <cstdint>

#include "pipeline/store/journal_scan.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace evtriage;
  const std::string_view payload(reinterpret_cast<const char*>(data), size);
  (void)decode_header(payload);
  StoredItem item;
  (void)decode_item(payload, item);
  auto heads = decode_heads(payload);
  if (!heads) return 0;
  JournalIndex index;
  (void)index.add(0, *heads);
  for (const PartHead& head : *heads) {
    std::vector<ItemPlace> places;
    if (!decode_places(payload, head, places)) continue;
    for (const ItemPlace& place : places) (void)decode_item(payload.substr(place.begin, place.bytes), item);
  }
  return 0;
}
