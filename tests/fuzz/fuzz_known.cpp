// link: evtriage_store evtriage_core
// Lists of known files in text form, from anybody's hands.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "pipeline/store/known_set.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace evtriage;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  DigestSet set;
  (void)read_project_vic(text, set);
  ListReader reader(set);
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (!reader.line(line)) break;
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  set.sort();
  (void)set.contains({});
  return 0;
}
