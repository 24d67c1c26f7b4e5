// link: evtriage_core
// Any text is either refused or printed back to itself.
#include <cstdint>
#include <cstdlib>

#include "pipeline/core/address.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto parsed = evtriage::parse_address(text);
  if (!parsed) return 0;
  const std::string back = parsed->range ? parsed->address.print(*parsed->range) : parsed->address.print();
  const auto again = evtriage::parse_address(back);
  if (!again || again->address.print() != parsed->address.print()) std::abort();
  return 0;
}
