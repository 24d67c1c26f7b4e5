// link: evtriage_disk evtriage_core
// Lengths of carved files over any bytes: inside the run, or none.
#include <cstdint>

#include "extractors/disk/carve.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace evtriage;
  const ContentPtr volume = resident(std::string(reinterpret_cast<const char*>(data), size));
  std::uint64_t work = 0;
  const auto found = disk::carve_at(*volume, {0, size}, work);
  if (found && (found->range.begin != 0 || found->range.end > size || found->range.end == 0)) __builtin_trap();
  return 0;
}
