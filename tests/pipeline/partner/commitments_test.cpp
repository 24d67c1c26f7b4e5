// Vectors of RFC 4231 for HMAC; the rest is recomputed in Python by tests/whole/disclosure_test.py.
#include "pipeline/partner/commitments.h"

#include <gtest/gtest.h>

namespace evtriage {
namespace {

std::string mac(std::string_view key, std::string_view bytes) { return hex(hmac_sha256(key, bytes)); }

TEST(Commitments, HmacVectors) {
  EXPECT_EQ(mac(std::string(20, '\x0b'), "Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(mac("Jefe", "what do ya want for nothing?"), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(mac(std::string(20, '\xaa'), std::string(50, '\xdd')), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  EXPECT_EQ(mac(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"), "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Commitments, EveryPartOfASaltCounts) {
  const std::string salt = salt_of("secret", "items", 1, "name");
  EXPECT_EQ(salt.size(), 32u);
  EXPECT_NE(salt, salt_of("Secret", "items", 1, "name"));
  EXPECT_NE(salt, salt_of("secret", "item", 1, "name"));
  EXPECT_NE(salt, salt_of("secret", "items", 2, "name"));
  EXPECT_NE(salt, salt_of("secret", "items", 1, ""));
  EXPECT_NE(field_commitment(salt, "a", "1"), field_commitment(salt, "a", "2"));
  EXPECT_NE(field_commitment(salt, "a", "1"), row_commitment(salt, "1"));
}

TEST(Commitments, Pseudonyms) {
  const std::string one = pseudonym_of("s", "phone", "+22990000001");
  EXPECT_EQ(one.size(), 10u);
  EXPECT_EQ(one, pseudonym_of("s", "phone", "+22990000001"));
  EXPECT_NE(one, pseudonym_of("s", "phone", "+22990000002"));
  EXPECT_NE(one, pseudonym_of("t", "phone", "+22990000001"));
}

TEST(Commitments, Hexadecimal) {
  EXPECT_EQ(unhex("00ff41"), std::string("\0\xff" "A", 3));
  EXPECT_EQ(unhex(""), "");
  for (const char* bad : {"0", "0G", "FF", " 0"}) EXPECT_FALSE(unhex(bad)) << bad;
}

}  // namespace
}  // namespace evtriage
