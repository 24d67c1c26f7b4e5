// The examples of [MS-OXRTFCP] section 4, cut and bent.
#include "extractors/shared/lzfu.h"

#include <gtest/gtest.h>

namespace evtriage {
namespace {

using namespace std::string_literals;
constexpr std::size_t most = 1 << 20;

// Section 4.1: a plain one, and one whose reference crosses what it writes.
const std::string simple = "\x2d\x00\x00\x00\x2b\x00\x00\x00\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\x00\x0a\x00\x72\x63\x70\x67\x31\x32\x35\x42\x32\x0a\xf3\x20"
                           "\x68\x65\x6c\x09\x00\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0"s;
const std::string crossing = "\x1a\x00\x00\x00\x1c\x00\x00\x00\x4c\x5a\x46\x75\xe2\xd4\x4b\x51\x41\x00\x04\x20\x57\x58\x59\x5a\x0d\x6e\x7d\x01\x0e\xb0"s;

TEST(Lzfu, ExamplesOfTheSpecification) {
  EXPECT_EQ(unpack_rtf(simple, most)->bytes, "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
  EXPECT_TRUE(unpack_rtf(simple, most)->whole);
  EXPECT_EQ(unpack_rtf(crossing, most)->bytes, "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}");
  EXPECT_EQ(unpack_rtf("\x10\0\0\0\x05\0\0\0MELA\0\0\0\0{\\rtf"s, most)->bytes, "{\\rtf");
}

TEST(Lzfu, EveryTruncation) {
  EXPECT_FALSE(unpack_rtf("", most));
  EXPECT_FALSE(unpack_rtf(std::string(64, 'x'), most));
  const std::string all = unpack_rtf(simple, most)->bytes;
  for (std::size_t size = 16; size < simple.size(); ++size) {
    const auto part = unpack_rtf(simple.substr(0, size), most);
    ASSERT_TRUE(part);
    EXPECT_FALSE(part->whole);
    EXPECT_TRUE(all.starts_with(part->bytes));
  }
}

TEST(Lzfu, DamageIsSeen) {
  EXPECT_TRUE(unpack_rtf(simple)->checked && unpack_rtf(crossing)->checked);
  EXPECT_TRUE(unpack_rtf(crossing)->whole);
  std::string flipped = simple;
  flipped[20] = static_cast<char>(flipped[20] ^ 1);
  EXPECT_FALSE(unpack_rtf(flipped)->checked);
}

TEST(Lzfu, GrowthIsBounded) {
  std::string bomb = simple.substr(0, 16);
  for (int i = 0; i < 100'000; ++i) bomb += "\xff\0\x0f\0\x0f\0\x0f\0\x0f\0\x0f\0\x0f\0\x0f\0\x0f"s;
  const auto out = unpack_rtf(bomb, 1000);
  EXPECT_FALSE(out->whole);
  EXPECT_LT(out->bytes.size(), 1100u);
}

}  // namespace
}  // namespace evtriage
