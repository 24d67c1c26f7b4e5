// IPv4 addresses, and the version numbers that look like them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/extractors/contacts/found_in.h"

namespace evtriage::contacts {
namespace {

TEST(Ipv4, DottedQuads) {
  EXPECT_THAT(values("ipv4", "from 192.0.2.17 port; 198.51.100.2:80."), testing::ElementsAre("192.0.2.17", "198.51.100.2"));
  EXPECT_THAT(values("ipv4", "dns 9.9.9.9, http://8.8.8.8/ 8.8.4.4:53"), testing::ElementsAre("9.9.9.9", "8.8.8.8", "8.8.4.4"));
  EXPECT_THAT(values("ipv4", "ip 192.0.2.17"), testing::ElementsAre("192.0.2.17"));
}

TEST(Ipv4, VersionsAndSectionsAreRefused) {
  for (const auto* text : {"version 10.20.30.40", "v10.20.30.40", "10.20.30.256", "10.20.30.40.50", "010.20.30.40", "lib-10.20.30.40", "1.2.3.4",
                           "10.20.30.40-1", "0.10.20.30", "dpkg (1.15.8.1)", "v 1.10.2.3"}) {
    EXPECT_THAT(values("ipv4", text), testing::IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace evtriage::contacts
