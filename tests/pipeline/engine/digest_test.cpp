// Published vectors (RFC 1321, FIPS 180-4), and any split of the input gives the same digests.
#include "pipeline/engine/digest.h"

#include <gtest/gtest.h>

namespace evtriage {
namespace {

Digests digest(Hasher& hasher, std::string_view text, std::size_t step) {
  hasher.start();
  for (std::size_t at = 0; at < text.size(); at += step) hasher.update(as_bytes(text.substr(at, step)));
  return hasher.finish();
}

TEST(Digest, PublishedVectors) {
  HashSelection all;
  all.sha512 = true;
  auto made = Hasher::make(all);
  ASSERT_TRUE(made);
  const Digests abc = digest(**made, "abc", 3);
  EXPECT_EQ(hex_text(*abc.md5), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(hex_text(*abc.sha1), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(hex_text(*abc.sha256), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex_text(*abc.sha512),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
  const Digests empty = digest(**made, "", 1);
  EXPECT_EQ(hex_text(*empty.md5), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(hex_text(*empty.sha256), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Digest, AnySplitGivesTheSameAndTheHasherIsReusable) {
  auto made = Hasher::make({});
  ASSERT_TRUE(made);
  const std::string text(1'000'000, 'a');  // FIPS 180-4's long vector
  for (const std::size_t step : {1'000'000, 4096, 257}) {
    EXPECT_EQ(hex_text(*digest(**made, text, step).sha256),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  }
}

TEST(Digest, OnlyWhatWasAskedFor) {
  HashSelection only;
  only.md5 = only.sha1 = false;
  auto made = Hasher::make(only);
  ASSERT_TRUE(made);
  const Digests found = digest(**made, "abc", 3);
  EXPECT_FALSE(found.md5);
  EXPECT_FALSE(found.sha1);
  EXPECT_TRUE(found.sha256);
  EXPECT_FALSE(found.sha512);
}

}  // namespace
}  // namespace evtriage
