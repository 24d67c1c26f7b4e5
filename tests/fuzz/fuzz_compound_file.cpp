// link: evtriage_ole evtriage_core
// Any bytes as a compound file: every stream lies inside the file, and together they are no longer than it.
#include <cstdint>

#include "extractors/ole/compound_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace evtriage;
  const Resident content(Blob::own(std::string(reinterpret_cast<const char*>(data), size)));
  std::vector<Issue> issues;
  const auto file = ole::CompoundFile::open(content, issues);
  if (!file) return 0;
  std::uint64_t total = 0;
  for (const ole::Entry& entry : file->entries()) {
    total += entry.bytes.size();
    for (const ByteRange& range : entry.bytes.runs()) {
      if (range.begin >= range.end || range.end > size) __builtin_trap();
    }
  }
  if (total > 2 * size) __builtin_trap();
  return 0;
}
