// UUID version 5 against the example of RFC 9562, appendix A.4.
#include "reports/uuid.h"

#include <gtest/gtest.h>

namespace evtriage::reports {
namespace {

TEST(Uuid, TheExampleOfTheRfc) {
  constexpr unsigned char dns[16] = {0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8};
  Uuid space{};
  for (std::size_t i = 0; i < space.size(); ++i) space[i] = std::byte{dns[i]};
  EXPECT_EQ(print_uuid(uuid_v5(space, "www.example.com")), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

TEST(Uuid, OneCaseOneSpace) {
  EXPECT_EQ(case_space("a"), case_space("a"));
  EXPECT_NE(case_space("a"), case_space("b"));
}

}  // namespace
}  // namespace evtriage::reports
