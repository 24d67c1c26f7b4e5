// Encrypted packages: Standard as LibreOffice 7.4 writes it, Agile built from MS-OFFCRYPTO (data/make_odd.py).  The
// digests are of what msoffcrypto-tool 5.0 decrypts.
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include "extractors/ole/office_crypto.h"
#include "tests/extractors/ole/fixtures.h"

namespace evtriage {
namespace {

using namespace ole_test;

constexpr const char* password = "Sésame 4711";

std::string sha256_hex(std::string_view bytes) {
  unsigned char digest[32];
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr);
  std::string out;
  for (const unsigned char b : digest) {
    out += "0123456789abcdef"[b >> 4];
    out += "0123456789abcdef"[b & 15];
  }
  return out;
}

TEST(Crypto, PasswordsOpenPackages) {
  const std::pair<const char*, const char*> files[] = {
      {"locked.docx", "676ffd2f2286cf4ada4fbc33067c19ef2607373b89b50abeae98c26d214c111d"},
      {"locked.xlsx", "21824d6a52dc8847fe4774c5df3eb7f94365987d28bd70db4eeb6dc112f3254c"},
      {"agile.docx", "95b945ff25cfcbdca3c63eb8b522144090565573ff60db36a7ae613df39da293"}};
  for (const auto& [name, digest] : files) {
    const FakeEmit emit = read_ole(fixture(name), {"faux", password});
    EXPECT_FALSE(emit.is_encrypted) << name;
    ASSERT_EQ(emit.children.size(), 1u) << name;
    EXPECT_EQ(sha256_hex(emit.children[0].second), digest) << name;
  }
}

TEST(Crypto, PasswordsOpenDocumentsAndWorkbooks) {  // RC4 as LibreOffice 7.4 writes it
  for (const char* name : {"locked.doc", "locked.xls"}) {
    const FakeEmit emit = read_ole(fixture(name), {"faux", password});
    EXPECT_FALSE(emit.is_encrypted) << name;
    EXPECT_NE(emit.all("body").find("secret passage"), std::string::npos) << name;
    EXPECT_NE(emit.all("body").find("4711"), std::string::npos) << name;
    EXPECT_TRUE(emit.issues.empty());
  }
}

TEST(Crypto, WithoutAPasswordItIsTold) {
  for (const char* name : {"locked.docx", "agile.docx"}) {
    const FakeEmit emit = read_ole(fixture(name), {"faux"});
    EXPECT_TRUE(emit.is_encrypted);
    EXPECT_TRUE(has_issue(emit, Code::encrypted));
    ASSERT_EQ(emit.children.size(), 1u);
    EXPECT_TRUE(emit.children[0].first.encrypted);
  }
}

TEST(Crypto, ImpossibleNumbersAreRefused) {
  std::string bytes = fixture("agile.docx");
  const std::size_t at = bytes.find("spinCount=\"1000\"");
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at, 16, "spinCount=\"9e99\"");
  EXPECT_TRUE(read_ole(bytes, {password}).is_encrypted);
}

}  // namespace
}  // namespace evtriage
