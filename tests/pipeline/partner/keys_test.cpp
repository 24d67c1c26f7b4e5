// Keys are made by openssl at test time; none is ever committed.
#include "pipeline/partner/keys.h"

#include <gtest/gtest.h>

#include "tests/support/scratch.h"

namespace evtriage {
namespace {

class Keys : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(scratch_.shell("umask 077; openssl genpkey -algorithm ed25519 -out ed.key; openssl pkey -in ed.key -pubout -out ed.pub;"
                               "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ec.key -out ec.pem -days 30 -subj '/CN=Test Laboratory/O=Polícia';"
                               "openssl pkcs8 -topk8 -in ec.key -passout pass:opensesame -out locked.key; printf 'opensesame\\n' > pass; printf 'wrong\\n' > wrong;"
                               "openssl req -x509 -newkey rsa:2048 -nodes -keyout weak.key -out weak.pem -days 30 -subj /CN=w;"
                               "openssl genpkey -algorithm x25519 -out x.key; openssl ecparam -name secp256k1 -genkey -noout -out k1.key; cp ed.key open.key; chmod 640 open.key"))
        << scratch_.read("out");
  }
  test::Scratch scratch_;
};

TEST_F(Keys, AreReadFromPrivateFilesOnly) {
  const auto ed = load_private_key(scratch_ / "ed.key", "");
  ASSERT_TRUE(ed) << ed.error().detail;
  EXPECT_EQ(kind_of(ed->get()), KeyKind::ed25519);
  EXPECT_TRUE(load_private_key(scratch_ / "ec.key", ""));
  const auto open = load_private_key(scratch_ / "open.key", "");
  ASSERT_FALSE(open);
  EXPECT_NE(open.error().detail.find("chmod 600"), std::string::npos);
  EXPECT_FALSE(check_private_file(scratch_ / "open.key"));
  EXPECT_FALSE(load_private_key(scratch_.path(), ""));
  EXPECT_FALSE(load_private_key(scratch_ / "missing", ""));
  std::filesystem::create_symlink(scratch_ / "ed.key", scratch_ / "link.key");
  EXPECT_FALSE(load_private_key(scratch_ / "link.key", ""));
}

TEST_F(Keys, PassPhrases) {
  EXPECT_TRUE(load_private_key(scratch_ / "locked.key", scratch_ / "pass"));
  EXPECT_FALSE(load_private_key(scratch_ / "locked.key", scratch_ / "wrong"));
  std::filesystem::permissions(scratch_ / "pass", std::filesystem::perms(0644));
  EXPECT_FALSE(load_private_key(scratch_ / "locked.key", scratch_ / "pass"));
}

TEST_F(Keys, WeakAndOddOnesAreRefused) {
  for (const char* name : {"weak.key", "x.key", "k1.key", "ec.pem", "pass"}) EXPECT_FALSE(load_private_key(scratch_ / name, "")) << name;
  EXPECT_FALSE(load_certificate(scratch_ / "weak.pem"));
  EXPECT_FALSE(load_certificate(scratch_ / "ed.pub"));
}

TEST_F(Keys, FingerprintsAreThoseOfOpenssl) {
  const auto certificate = load_certificate(scratch_ / "ec.pem");
  ASSERT_TRUE(certificate);
  const auto ed = load_signatory(scratch_ / "ed.pub");
  ASSERT_TRUE(ed);
  EXPECT_EQ(ed->certificate, nullptr);
  ASSERT_TRUE(scratch_.shell("openssl x509 -in ec.pem -outform DER | sha256sum | cut -c1-64 > a; openssl pkey -pubin -in ed.pub -outform DER | sha256sum | cut -c1-64 > b"));
  EXPECT_EQ(certificate_fingerprint(**certificate) + "\n", scratch_.read("a"));
  EXPECT_EQ(key_fingerprint(ed->key.get()) + "\n", scratch_.read("b"));
  EXPECT_EQ(common_name_of(**certificate), "Test Laboratory");
  EXPECT_EQ(public_key_pem(ed->key.get()), scratch_.read("ed.pub"));
  EXPECT_EQ(certificate_pem(**certificate), scratch_.read("ec.pem"));
}

TEST_F(Keys, Validity) {
  const auto certificate = load_certificate(scratch_ / "ec.pem");
  ASSERT_TRUE(certificate);
  EXPECT_FALSE(check_validity(**certificate, 0, "it"));
  EXPECT_FALSE(check_validity(**certificate, 4'000'000'000, "it"));
}

}  // namespace
}  // namespace evtriage
