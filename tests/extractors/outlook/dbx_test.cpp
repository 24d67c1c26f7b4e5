// A folder of Outlook Express: what undbx 0.21 takes out of the same file (data/README.md), and broken ones.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "extractors/outlook/outlook.h"
#include "tests/support/fake_emit.h"

namespace evtriage {
namespace {

std::string sample() {
  std::ifstream in(EVTRIAGE_SOURCE_DIR "/tests/extractors/outlook/data/papers.dbx", std::ios::binary);
  EXPECT_TRUE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

FakeEmit extract(const std::string& bytes) {
  FakeEmit emit(bytes.size());
  extract_dbx(Resident(Blob::own(bytes)), {}, {}, emit);
  return emit;
}

void poke(std::string& bytes, std::size_t at, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) bytes[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> 8 * i & 0xff);
}
std::uint32_t peek(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (int i = 3; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return value;
}

TEST(Dbx, MessagesInTheOrderOfTheTree) {
  const FakeEmit emit = extract(sample());
  EXPECT_TRUE(emit.issues.empty());
  ASSERT_EQ(emit.children.size(), 3u);
  EXPECT_NE(emit.children[0].second.find("The passports stay with me until the fee is paid.\r\n"), std::string::npos);
  EXPECT_TRUE(emit.children[1].second.ends_with("line 298 of a long answer\r\nline 299 of a long answer\r\n"));
  EXPECT_EQ(emit.children[1].second.size(), 8104u) << "undbx writes as many bytes";
  EXPECT_TRUE(emit.children[2].second.ends_with("Meet at the old port.\r\n"));
  EXPECT_EQ(emit.children[0].first.media_type, "message/rfc822");
}

TEST(Dbx, LoopsAndLies) {
  std::string loop = sample();
  const std::uint32_t root = peek(loop, 0xe4);
  poke(loop, root + 8, root);  // the left child of the root is the root
  FakeEmit emit = extract(loop);
  ASSERT_EQ(emit.children.size(), 2u);
  EXPECT_EQ(emit.issues.size(), 2u) << "the loop, and one message less than declared";
  std::string circle = sample();
  const std::size_t first = circle.find("From: Kofi") - 16;
  poke(circle, first + 12, static_cast<std::uint32_t>(first));  // a segment that goes on with itself
  emit = extract(circle);
  EXPECT_EQ(emit.children.size(), 3u);
  ASSERT_FALSE(emit.issues.empty());
  EXPECT_EQ(emit.issues[0].code, Code::limit);
  std::string other = sample();
  poke(other, 4, 0x6f74fdc6);
  emit = extract(other);
  ASSERT_EQ(emit.issues.size(), 1u);
  EXPECT_EQ(emit.issues[0].code, Code::unsupported);
}

TEST(Dbx, EveryTruncationAndFlip) {
  const std::string bytes = sample();
  for (std::size_t length = 0; length < bytes.size(); length += 37) (void)extract(bytes.substr(0, length));
  for (std::size_t at = 0x24bc; at < bytes.size(); at += 3) {
    std::string broken = bytes;
    broken[at] = static_cast<char>(broken[at] ^ 0x55);
    EXPECT_LE(extract(broken).children.size(), 3u);
  }
}

}  // namespace
}  // namespace evtriage
