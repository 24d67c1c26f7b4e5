// The seal comes back as it was; any changed, cut or added byte is refused.
#include "tests/pipeline/store/small_case.h"

#include "pipeline/custody/seal_text.h"

namespace evtriage {
namespace {

Seal sample() {
  Seal seal;
  seal.program_version = "0.1";
  seal.tables = {{"items", 2, std::string(64, 'a')}, {"issues", 0, std::string(64, 'b')}};
  seal.results_digest = results_root(seal.tables);
  seal.counts = {{"enumerated", 2}, {"done", 2}};
  seal.exhibits = {{"EX1", std::string(64, 'c')}};
  seal.custody_head = std::string(64, 'd');
  seal.custody_size = 7;
  return seal;
}

TEST(Seal, WrittenAndRead) {
  const test::Folder folder;
  ASSERT_TRUE(write_seal(folder.path(), sample()));
  auto seal = read_seal(folder.path());
  ASSERT_TRUE(seal);
  EXPECT_EQ(seal->tables[1].root, std::string(64, 'b'));
  EXPECT_EQ(seal->custody_size, 7u);
  EXPECT_EQ(seal->counts[0].first, "done");
  EXPECT_FALSE(std::filesystem::exists(folder / "seal.json.new"));
  EXPECT_FALSE(read_seal(folder / "none"));
}

TEST(Seal, NoByteCanChange) {
  const std::string text = seal_text(sample());
  ASSERT_TRUE(parse_seal(text));
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const char mask : {'\x01', '\x20', '\x80'}) {
      std::string flipped = text;
      flipped[i] = static_cast<char>(flipped[i] ^ mask);
      EXPECT_FALSE(parse_seal(flipped)) << i;
    }
    EXPECT_FALSE(parse_seal(text.substr(0, i))) << i;
  }
  EXPECT_FALSE(parse_seal(text + "\n"));
}

TEST(Seal, ResultsRootIsTheTreeOverItsLines) {
  const Sha256 a = leaf_hash("items 2 " + std::string(64, 'a')), b = leaf_hash("issues 0 " + std::string(64, 'b'));
  EXPECT_EQ(results_root(sample().tables),
            hex(sha256(std::string(1, '\x01').append(as_chars(a)).append(as_chars(b)))));
}

}  // namespace
}  // namespace evtriage
