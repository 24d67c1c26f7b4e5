// openssl makes keys and checks our signatures; we turn over every bit of them.
#include "pipeline/partner/signature.h"

#include <gtest/gtest.h>

#include "tests/support/scratch.h"

namespace evtriage {
namespace {

constexpr std::int64_t kTime = 1'768'471'200;
const std::string kText = "0123  data/a\n4567  data/b\n";

class Signature : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(scratch_.shell("umask 077; openssl genpkey -algorithm ed25519 -out ed.key; openssl pkey -in ed.key -pubout -out ed.pub;"
                               "openssl req -x509 -newkey rsa:3072 -nodes -keyout rsa.key -out rsa.pem -days 3650 -subj '/CN=R' -addext extendedKeyUsage=emailProtection;"
                               "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ec.key -out ec.pem -days 3650 -subj '/CN=E' -addext extendedKeyUsage=emailProtection"))
        << scratch_.read("out");
    scratch_.write("m", kText);
  }
  std::string cms(const std::string& name, const std::string& text = kText) {
    const auto key = load_private_key(scratch_ / (name + ".key"), "");
    const auto certificate = load_certificate(scratch_ / (name + ".pem"));
    const auto der = sign_cms(key->get(), certificate->get(), text, kTime);
    EXPECT_TRUE(der) << der.error().detail;
    return der ? *der : "";
  }
  test::Scratch scratch_;
};

TEST_F(Signature, RawIsWhatOpensslChecks) {
  const auto key = load_private_key(scratch_ / "ed.key", "");
  const auto signature = sign_raw(key->get(), kText);
  ASSERT_TRUE(signature);
  scratch_.write("s", *signature);
  EXPECT_TRUE(scratch_.shell("openssl pkeyutl -verify -pubin -inkey ed.pub -rawin -in m -sigfile s")) << scratch_.read("out");
  EXPECT_TRUE(verify_raw(key->get(), kText, *signature));
  for (std::size_t bit = 0; bit < 512; ++bit) {
    std::string bad = *signature;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(verify_raw(key->get(), kText, bad)) << bit;
  }
  EXPECT_FALSE(verify_raw(key->get(), kText + " ", *signature));
  EXPECT_FALSE(verify_raw(key->get(), kText, *signature + " "));
}

TEST_F(Signature, CmsIsWhatOpensslChecksWithItsCadesAttributes) {
  for (const std::string name : {"rsa", "ec"}) {
    scratch_.write("p7s", cms(name));
    EXPECT_TRUE(scratch_.shell("openssl cms -verify -binary -inform DER -in p7s -content m -nointern -certfile " + name + ".pem -noverify -out /dev/null")) << scratch_.read("out");
    EXPECT_TRUE(scratch_.shell("openssl cms -verify -binary -cades -inform DER -in p7s -content m -nointern -certfile " + name + ".pem -CAfile " + name + ".pem -out /dev/null"))
        << scratch_.read("out");
    EXPECT_FALSE(scratch_.shell("openssl cms -verify -binary -inform DER -in p7s -content out -nointern -certfile " + name + ".pem -noverify -out /dev/null"));
    const auto certificate = load_certificate(scratch_ / (name + ".pem"));
    const auto time = verify_cms(scratch_.read("p7s"), kText, certificate->get());
    ASSERT_TRUE(time) << time.error().detail;
    EXPECT_EQ(*time, "2026-01-15T10:00:00Z");
  }
  EXPECT_EQ(cms("rsa"), cms("rsa")) << "RSA gives the same bytes";
}

TEST_F(Signature, EveryBitOfACmsCounts) {
  for (const std::string name : {"rsa", "ec"}) {
    const std::string good = cms(name);
    const auto certificate = load_certificate(scratch_ / (name + ".pem"));
    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
      std::string bad = good;
      bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
      EXPECT_FALSE(verify_cms(bad, kText, certificate->get())) << name << " bit " << bit;
    }
    for (std::size_t size = 0; size < good.size(); size += 7) EXPECT_FALSE(verify_cms(good.substr(0, size), kText, certificate->get()));
    EXPECT_FALSE(verify_cms(good + "x", kText, certificate->get()));
    EXPECT_FALSE(verify_cms(good, kText + "x", certificate->get()));
  }
}

TEST_F(Signature, AnotherSignerIsRefused) {
  const auto other = load_certificate(scratch_ / "ec.pem");
  const auto verdict = verify_cms(cms("rsa"), kText, other->get());
  ASSERT_FALSE(verdict);
  EXPECT_NE(verdict.error().detail.find("another signer"), std::string::npos);
  // openssl's own signature with certificates inside and other attributes is good cryptography, but not our form.
  ASSERT_TRUE(scratch_.shell("openssl cms -sign -binary -in m -signer ec.pem -inkey ec.key -outform DER -out foreign"));
  EXPECT_FALSE(verify_cms(scratch_.read("foreign"), kText, other->get()));
}

}  // namespace
}  // namespace evtriage
