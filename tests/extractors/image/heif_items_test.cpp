// Item tables of HEIF: ranges against exiftool -v3 on the fixtures, lies of hostile tables.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "extractors/image/heif_items.h"

namespace evtriage {
namespace {

std::string fixture(const std::string& name) {
  std::ifstream file(std::string(EVTRIAGE_SOURCE_DIR) + "/tests/extractors/image/data/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string box(const std::string& type, const std::string& payload) {
  const auto size = static_cast<std::uint32_t>(payload.size() + 8);
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(size >> shift & 0xff);
  return out + type + payload;
}

TEST(HeifItems, ExifAndXmpOfRealFiles) {
  for (const char* name : {"full.heic", "full.avif"}) {
    const std::string bytes = fixture(name);
    const HeifItems found = read_heif_items(Resident(Blob::own(bytes)));
    EXPECT_EQ(found.problem, "");
    int exif = 0, xmp = 0;
    for (const HeifItem& item : found.items) {
      if (item.extents.empty()) continue;
      const std::string start = bytes.substr(item.extents[0].begin, 16);
      if (item.type == "Exif") exif += start.find("MM") != std::string::npos || start.find("II") != std::string::npos;
      if (item.type == "mime") xmp += item.content_type == "application/rdf+xml" && start.starts_with("<?xpacket");
    }
    EXPECT_EQ(exif, 1) << name;
    EXPECT_EQ(xmp, 1) << name;
  }
}

TEST(HeifItems, Lies) {
  using namespace std::string_literals;
  const std::string entry = box("infe", "\2\0\0\0\0\1\0\0Exif\0"s);
  const auto meta = [&](const std::string& location) { return "\0\0\0\0"s + box("iinf", "\0\0\0\0\0\1"s + entry) + box("iloc", location); };
  // Version 0, four-byte offsets and lengths, no base: item 1, one extent of 4 bytes at 100.
  const std::string good = "\0\0\0\0\x44\0\0\1\0\1\0\0\0\1\0\0\0\x64\0\0\0\4"s;
  const HeifItems found = parse_meta(meta(good), 0, 200);
  ASSERT_EQ(found.items.size(), 1u);
  EXPECT_EQ(found.items[0].extents, (std::vector<ByteRange>{{100, 104}}));
  EXPECT_NE(parse_meta(meta(good), 0, 103).problem, "") << "past the end";
  for (std::size_t n = 0; n < good.size(); ++n) parse_meta(meta(good.substr(0, n)), 0, 200);
  EXPECT_NE(parse_meta(meta("\2\0\0\0\x44\0\xff\xff\xff\xff"s), 0, 200).problem, "") << "a count without entries";
  EXPECT_NE(parse_meta(meta("\0\0\0\0\xff\xff\0\1"s), 0, 200).problem, "") << "integers of fifteen bytes";
  EXPECT_EQ(read_heif_items(Resident(Blob::own("\0\0\0\1meta\xff\xff\xff\xff\xff\xff\xff\xff"s))).items.size(), 0u);
}

}  // namespace
}  // namespace evtriage
