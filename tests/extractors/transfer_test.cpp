// Transfer encodings: the vectors of RFC 4648 section 10 and RFC 2045, and every decoded byte's way back.
#include "extractors/transfer.h"

#include <gtest/gtest.h>

namespace evtriage {
namespace {

TEST(Transfer, Base64VectorsOfRfc4648) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : vectors) {
    const Transferred out = decode_transfer(encoded, Transfer::base64, 0);
    EXPECT_EQ(out.bytes, plain);
    EXPECT_EQ(out.map.text_size(), out.bytes.size());
    EXPECT_FALSE(out.broken);
  }
}

TEST(Transfer, Base64LeadsBackOverLineEnds) {
  const std::string encoded = "Zm9v\r\nYmFy\r\n";
  const Transferred out = decode_transfer(encoded, Transfer::base64, 100);
  EXPECT_EQ(out.bytes, "foobar");
  EXPECT_EQ(out.map.to_source({0, 3}), (ByteRange{100, 104}));
  EXPECT_EQ(out.map.to_source({3, 6}), (ByteRange{106, 110}));
}

TEST(Transfer, QuotedPrintable) {
  const std::string encoded = "J'int=E9r=\r\nesse =3D oui=\n!";
  const Transferred out = decode_transfer(encoded, Transfer::quoted_printable, 0);
  EXPECT_EQ(out.bytes, "J'int\xE9resse = oui!");
  EXPECT_EQ(out.map.to_source({5, 6}), (ByteRange{5, 8}));
  EXPECT_EQ(encoded.substr(out.map.to_source({7, 12}).begin, 5), "esse ");
}

TEST(Transfer, BrokenInputIsToldAndPassedOver) {
  EXPECT_TRUE(decode_transfer("Zm9v!!Zg", Transfer::base64, 0).broken);
  EXPECT_EQ(decode_transfer("a=ZZb", Transfer::quoted_printable, 0).bytes, "a=ZZb");
  EXPECT_TRUE(decode_transfer("a=ZZb", Transfer::quoted_printable, 0).broken);
}

}  // namespace
}  // namespace evtriage
