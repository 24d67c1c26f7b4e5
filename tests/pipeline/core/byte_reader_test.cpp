// ByteReader: both byte orders, LEB128 of the DWARF standard's examples, and sticky failure.
#include "pipeline/core/byte_reader.h"

#include <gtest/gtest.h>

#include <string>

namespace evtriage {
namespace {

TEST(ByteReader, ReadsBothByteOrders) {
  const std::string bytes("\x01\x02\x03\x04\x05\x06\x07\x08", 8);
  EXPECT_EQ(ByteReader(bytes).u16be(), 0x0102);
  EXPECT_EQ(ByteReader(bytes).u16le(), 0x0201);
  EXPECT_EQ(ByteReader(bytes).u32be(), 0x01020304u);
  EXPECT_EQ(ByteReader(bytes).u32le(), 0x04030201u);
  EXPECT_EQ(ByteReader(bytes).u64be(), 0x0102030405060708u);
  EXPECT_EQ(ByteReader(bytes).u64le(), 0x0807060504030201u);
}

TEST(ByteReader, ReadsVarints) {  // DWARF 4, figure 22: 2, 127, 128, 129, 12857
  const std::string bytes("\x02\x7f\x80\x01\x81\x01\xb9\x64", 8);
  ByteReader reader(bytes);
  for (const std::uint64_t expected : {2u, 127u, 128u, 129u, 12857u}) EXPECT_EQ(reader.varint(), expected);
  EXPECT_TRUE(reader.ok());
  EXPECT_EQ(reader.left(), 0u);
}

TEST(ByteReader, FailureIsSticky) {
  ByteReader reader(std::string_view("abc"));
  EXPECT_EQ(reader.u32le(), 0u);
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(reader.u8(), 0u);
  EXPECT_EQ(reader.chars(1), "");
  EXPECT_EQ(reader.left(), 0u) << "a loop over what is left must end";
}

TEST(ByteReader, HugeLengthsDoNotWrap) {
  ByteReader reader(std::string_view("abc"));
  reader.skip(1);
  EXPECT_EQ(reader.chars(~std::uint64_t{0}), "");
  EXPECT_FALSE(reader.ok());
}

TEST(ByteReader, RefusesVarintsOfMoreThanTenBytes) {
  ByteReader reader(std::string_view("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"));
  EXPECT_EQ(reader.varint(), 0u);
  EXPECT_FALSE(reader.ok());
}

}  // namespace
}  // namespace evtriage
