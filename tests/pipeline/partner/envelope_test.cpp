// openssl is the recipient.
#include "pipeline/partner/envelope.h"

#include <gtest/gtest.h>

#include "tests/support/scratch.h"

namespace evtriage {
namespace {

TEST(Envelope, EachRecipientOpensItAndNobodyElse) {
  const test::Scratch scratch;
  ASSERT_TRUE(scratch.shell("for n in a b c; do openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $n.key -out $n.pem -days 30 -subj /CN=$n; done;"
                            "openssl req -x509 -newkey rsa:3072 -nodes -keyout r.key -out r.pem -days 30 -subj /CN=r"));
  const auto a = load_certificate(scratch / "a.pem"), r = load_certificate(scratch / "r.pem");
  auto envelope = open_envelope(scratch / "e", {a->get(), r->get()});
  ASSERT_TRUE(envelope) << envelope.error().detail;
  std::string plain;
  for (int i = 0; i < 3000; ++i) {
    const std::string piece = std::string(static_cast<std::size_t>(i), static_cast<char>(i)) + std::to_string(i);
    ASSERT_TRUE((*envelope)->write(piece));
    plain += piece;
  }
  const auto digest = (*envelope)->finish();
  ASSERT_TRUE(digest) << digest.error().detail;
  scratch.write("sum", *digest + "  e\n");
  scratch.write("plain", plain);
  EXPECT_TRUE(scratch.shell("sha256sum -c sum"));
  for (const std::string name : {"a", "r"}) {
    EXPECT_TRUE(scratch.shell("openssl cms -decrypt -binary -inform DER -in e -recip " + name + ".pem -inkey " + name + ".key -out p && cmp p plain")) << scratch.read("out");
  }
  EXPECT_FALSE(scratch.shell("openssl cms -decrypt -binary -inform DER -in e -recip b.pem -inkey b.key -out q && cmp q plain"));
  std::string bytes = scratch.read("e");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  scratch.write("f", bytes);
  EXPECT_FALSE(scratch.shell("openssl cms -decrypt -binary -inform DER -in f -recip a.pem -inkey a.key -out q"));
  // Strong choices stand in it: OAEP, AES-256-GCM, SHA-256 in the key derivation.
  EXPECT_TRUE(scratch.shell("openssl asn1parse -inform DER -in e | tee parsed | grep -q rsaesOaep && grep -q aes-256-gcm parsed && grep -q dhSinglePass-stdDH-sha256kdf-scheme parsed"))
      << scratch.read("parsed");
  EXPECT_FALSE(open_envelope(scratch / "e", {a->get()})) << "never over a file";
}

TEST(Envelope, AFolderThatIsNotThereIsAnError) {
  const test::Scratch scratch;
  ASSERT_TRUE(scratch.shell("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout a.key -out a.pem -days 30 -subj /CN=a"));
  EXPECT_FALSE(open_envelope("/nonexistent/e", {load_certificate(scratch / "a.pem")->get()}));
}

}  // namespace
}  // namespace evtriage
