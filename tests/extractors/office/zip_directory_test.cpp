// ZIP directories by Info-ZIP and python's zipfile (inside the samples), with every truncation.
#include "extractors/office/zip_directory.h"

#include "tests/extractors/office/support.h"

namespace evtriage {
namespace {
using namespace office_test;

Result<ZipDirectory> read(const std::string& bytes) { return read_zip_directory(Resident(Blob::own(bytes))); }

TEST(ZipDirectory, Zip64) {  // printf 'hello office' >a.txt; zip -fz zip64.zip a.txt
  const std::string bytes = sample("zip64.zip");
  const auto directory = read(bytes);
  ASSERT_TRUE(directory);
  ASSERT_EQ(directory->members.size(), 1u);
  EXPECT_EQ(directory->members[0].name, "a.txt");
  EXPECT_EQ(directory->members[0].size, 12u);
  const auto data = member_data(Resident(Blob::own(bytes)), directory->members[0]);
  ASSERT_TRUE(data);
  EXPECT_EQ(bytes.substr(data->begin, data->size()), "hello office");
  const std::string moved = "MZ in front" + bytes;
  const auto again = read(moved);
  ASSERT_TRUE(again);
  EXPECT_EQ(member_data(Resident(Blob::own(moved)), again->members[0])->begin, data->begin + 11);
}

TEST(ZipDirectory, CommentsAndBytesAround) {
  const std::string bytes = zip({{"a", "1"}, {"b", "22"}});
  const auto in_front = read("12345" + bytes);
  ASSERT_TRUE(in_front);
  EXPECT_EQ(in_front->members[0].header, 5u);
  ASSERT_TRUE(read(bytes + "bytes behind"));
  EXPECT_FALSE(read(bytes)->doubt);
}

TEST(ZipDirectory, EveryTruncationIsAnError) {
  const std::string bytes = sample("report.epub");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto directory = read(bytes.substr(0, size));
    ASSERT_FALSE(directory) << size;
    EXPECT_EQ(directory.error().code, Code::corrupt);
  }
  EXPECT_TRUE(read(bytes));
}

TEST(ZipDirectory, EveryFlippedByteEnds) {
  const std::string bytes = sample("zip64.zip");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const int mask : {1, 0x80, 0xff}) {
      std::string flipped = bytes;
      flipped[i] = static_cast<char>(flipped[i] ^ mask);
      const Resident file(Blob::own(flipped));
      const auto directory = read_zip_directory(file);
      if (!directory) continue;
      for (const ZipMember& member : directory->members) {
        const auto data = member_data(file, member);
        EXPECT_TRUE(!data || data->end <= flipped.size());
      }
    }
  }
}

TEST(ZipDirectory, AnExtraFieldThatIsTooLongEnds) {  // once an endless loop: a failed read consumes nothing
  std::string bytes = zip({{"a", "1"}});
  const std::string extra = "\x99\x99\xff\xff????";
  const std::size_t entry = bytes.find("PK\1\2"), end = bytes.find("PK\5\6");
  bytes[entry + 30] = static_cast<char>(extra.size());
  bytes[end + 12] = static_cast<char>(bytes[end + 12] + static_cast<char>(extra.size()));
  bytes.insert(entry + 46 + 1, extra);
  const auto directory = read(bytes);
  ASSERT_TRUE(directory);
  EXPECT_EQ(directory->members.size(), 1u);
}

TEST(ZipDirectory, CountsThatDisagreeAreDoubted) {
  std::string bytes = zip({{"a", "1"}, {"b", "22"}});
  bytes[bytes.size() - 12] = 7;  // total entries in the end record
  const auto directory = read(bytes);
  ASSERT_TRUE(directory);
  EXPECT_EQ(directory->members.size(), 2u);
  EXPECT_EQ(*directory->doubt, "the ZIP directory holds 2 members, its end record says 7");
}

}  // namespace
}  // namespace evtriage
