// First seen, also when the kept bits of two digests clash and while the table grows.
#include "pipeline/store/duplicates.h"

#include <gtest/gtest.h>

#include <map>

namespace evtriage {
namespace {

TEST(FirstSeen, AgreesWithAMap) {
  FirstSeen table(0);
  std::map<Sha256Bytes, std::uint32_t> oracle;
  std::vector<Sha256Bytes> all(1);
  for (std::uint32_t id = 1; id <= 5000; ++id) {
    Sha256Bytes digest{};
    const std::uint32_t value = id * 2654435761u % 1500;
    digest[0] = static_cast<std::byte>(value % 7);  // only seven different short digests: all clash
    digest[20] = static_cast<std::byte>(value & 0xff);
    digest[21] = static_cast<std::byte>(value >> 8);
    all.push_back(digest);
    const auto [known, fresh] = oracle.emplace(digest, id);
    const auto answer = table.first(digest, id, [&](std::uint32_t other) { return all[other] == digest; });
    EXPECT_EQ(answer, fresh ? 0u : known->second);
  }
}

}  // namespace
}  // namespace evtriage
