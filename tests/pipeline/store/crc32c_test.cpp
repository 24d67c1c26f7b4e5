// Vectors of RFC 3720, appendix B.4, and table against instruction.
#include "pipeline/store/crc32c.h"

#include <gtest/gtest.h>

#include <string>

namespace evtriage {
namespace {

TEST(Crc32c, PublishedVectors) {
  std::string up, down;
  for (int i = 0; i < 32; ++i) {
    up += static_cast<char>(i);
    down += static_cast<char>(31 - i);
  }
  for (auto crc : {&crc32c, &crc32c_by_table}) {
    EXPECT_EQ(crc(std::string(32, '\0')), 0x8A9136AAu);
    EXPECT_EQ(crc(std::string(32, '\xff')), 0x62A8AB43u);
    EXPECT_EQ(crc(up), 0x46DD794Eu);
    EXPECT_EQ(crc(down), 0x113FDB5Cu);
    EXPECT_EQ(crc("123456789"), 0xE3069283u);
    EXPECT_EQ(crc(""), 0u);
  }
}

TEST(Crc32c, InstructionEqualsTableForAllShortLengths) {
  std::string bytes;
  for (unsigned i = 0; i < 100; ++i) {
    EXPECT_EQ(crc32c(bytes), crc32c_by_table(bytes)) << i;
    bytes += static_cast<char>(i * 37 + 11);
  }
}

}  // namespace
}  // namespace evtriage
