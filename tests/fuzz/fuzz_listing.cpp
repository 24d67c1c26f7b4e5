// link: evtriage_evidence evtriage_core
// Any bytes as a listing: opened, or refused, and if opened then readable from both ends.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "pipeline/evidence/listing_reader.h"

namespace {

// Checksums are put right, so that the records behind them are reached.
std::string with_checksums(std::string bytes) {
  using namespace evtriage::evidence;
  std::string out(kListingMagic);
  for (std::size_t at = 0; at + 1 < bytes.size();) {
    const std::size_t length = std::min<std::size_t>(static_cast<unsigned char>(bytes[at]) + 1U, bytes.size() - at - 1);
    out += frame(std::string_view(bytes).substr(at + 1, length));
    at += 1 + length;
  }
  return out;
}

void read_all(const std::string& bytes) {
  auto listing = evtriage::evidence::ListingReader::open(evtriage::resident(bytes));
  if (!listing || !*listing) return;
  const std::uint64_t count = (*listing)->tally().total().entries;
  (void)(*listing)->entries(0, count);
  if (count > 0) (void)(*listing)->entries(count - 1, 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  read_all(bytes);
  read_all(with_checksums(bytes));
  return 0;
}
