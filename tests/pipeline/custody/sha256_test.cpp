// FIPS 180-4 examples; a file and pieces give the same as one string.
#include "tests/pipeline/store/small_case.h"

namespace evtriage {
namespace {

TEST(Sha256, PublishedVectors) {
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256(std::string(1'000'000, 'a'))), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesAndFiles) {
  const test::Folder folder;
  const std::string text(700'001, 'x');
  Sha256Stream stream;
  for (std::size_t at = 0; at < text.size(); at += 1000) stream.add(std::string_view(text).substr(at, 1000));
  EXPECT_EQ(stream.finish(), sha256(text));
  test::write_file(folder / "f", text);
  auto digest = sha256_of_file(folder / "f");
  ASSERT_TRUE(digest);
  EXPECT_EQ(*digest, hex(sha256(text)));
  EXPECT_FALSE(sha256_of_file(folder / "missing"));
}

}  // namespace
}  // namespace evtriage
