// IPv6 (RFC 4291, RFC 5952, documentation ranges) and MAC addresses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/extractors/contacts/found_in.h"

namespace evtriage::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Ipv6, CanonicalForms) {
  const std::pair<const char*, const char*> cases[] = {
      {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"}, {"2001:0db8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1"}, {"2001:DB8::1", "2001:db8::1"},
      {"ip fe80::202:b3ff:fe1e:8329,", "fe80::202:b3ff:fe1e:8329"}, {"[2001:db8::1]", "2001:db8::1"}, {"2001:db8::/32", "2001:db8::"},
      {"::ffff:192.0.2.128", "::ffff:c000:280"}, {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"}, {"addr 2001:db8::1.", "2001:db8::1"}};
  for (const auto& [text, value] : cases) EXPECT_THAT(values("ipv6", text), ElementsAre(value)) << text;
}

TEST(Ipv6, FalseFriends) {
  for (const auto* text : {"12:30:45", "std::array", "a::b", "dead::beef", "::", "::1", "2024:01:02", "1:2:3:4:5:6:7", "2001:db8::1::2", "x2001:db8::1", "1:2:3:4:5:6:7:8:9",
                           "00:11:22:33:44:55:66:77:88:99", "abc::def", "10:20:30 ::"}) {
    EXPECT_THAT(values("ipv6", text), IsEmpty()) << text;
  }
}

TEST(Mac, Writings) {
  EXPECT_THAT(values("mac", "00:1A:2B:3C:4D:5E"), ElementsAre("00:1a:2b:3c:4d:5e"));
  EXPECT_THAT(values("mac", "HWaddr 02:00:5e:10:00:01 up"), ElementsAre("02:00:5e:10:00:01"));
  for (const auto* text : {"00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "00:1A:2B:3C:4D:5E:6F", "00:1A:2B:3C:4D", "10:20:30:40:50:60:70:80", "g0:1A:2B:3C:4D:5E"}) {
    EXPECT_THAT(values("mac", text), IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace evtriage::contacts
