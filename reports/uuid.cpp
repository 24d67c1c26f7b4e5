// Version and variant bits are set as RFC 9562 says; nothing is random.
// Tested by tests/reports/uuid_test.cpp
#include "reports/uuid.h"

#include <openssl/evp.h>

#include <algorithm>

#include "pipeline/custody/custody.h"

namespace evtriage::reports {
namespace {

// Our own space, drawn once.
constexpr unsigned char own[16] = {0x6b, 0x1f, 0x9c, 0x52, 0x0e, 0x7d, 0x4a, 0x83, 0x9f, 0x25, 0xd1, 0x40, 0xc8, 0x36, 0x7a, 0x5e};

}  // namespace

Uuid uuid_v5(const Uuid& space, std::string_view name) {
  std::string text(reinterpret_cast<const char*>(space.data()), space.size());
  text += name;
  std::array<std::byte, EVP_MAX_MD_SIZE> digest{};
  EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr, EVP_sha1(), nullptr);
  Uuid uuid{};
  std::copy_n(digest.begin(), uuid.size(), uuid.begin());
  uuid[6] = (uuid[6] & std::byte{0x0f}) | std::byte{0x50};
  uuid[8] = (uuid[8] & std::byte{0x3f}) | std::byte{0x80};
  return uuid;
}

std::string print_uuid(const Uuid& uuid) {
  std::string out = hex({uuid.data(), uuid.size()});
  for (const std::size_t at : {20u, 16u, 12u, 8u}) out.insert(at, 1, '-');
  return out;
}

Uuid case_space(std::string_view results_digest) {
  Uuid space{};
  std::transform(std::begin(own), std::end(own), space.begin(), [](unsigned char byte) { return std::byte{byte}; });
  return uuid_v5(space, results_digest);
}

}  // namespace evtriage::reports
