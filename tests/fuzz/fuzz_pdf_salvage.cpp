// link: evtriage_pdf evtriage_core
// Any bytes as a broken PDF: pages are found or not, and the catalog is made; the library is not called.
#include <cstdint>
#include <cstdlib>

#include "extractors/pdf/salvage.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const evtriage::Resident content(evtriage::Blob::own(bytes));
  const evtriage::Extended all(content, evtriage::catalog_of(evtriage::find_pages(content)));
  const auto read = all.read({size / 2, all.size()});
  if (!read || read->size() != all.size() - size / 2) std::abort();
  return 0;
}
