// ISO 6709 texts and the boxes that hold them.
#include <gtest/gtest.h>

#include "extractors/media/location.h"

namespace evtriage {
namespace {

using namespace std::string_literals;

std::string box(const std::string& type, const std::string& payload) {
  const auto size = static_cast<std::uint32_t>(payload.size() + 8);
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(size >> shift & 0xff);
  return out + type + payload;
}

MediaLocations read(const std::string& bytes) { return read_locations(Resident(Blob::own(bytes))); }

TEST(Iso6709, ThreeForms) {
  EXPECT_EQ(iso6709_position("+05.5520-000.1969/"), "5.552000,-0.196900");
  EXPECT_EQ(iso6709_position("+40.20361-075.00417+012.5CRSWGS_84/"), "40.203610,-75.004170");
  EXPECT_EQ(iso6709_position("+4012.22-07500.25/"), "40.203667,-75.004167") << "degrees and minutes";
  EXPECT_EQ(iso6709_position("+401213.1-0750015.1/"), "40.203639,-75.004194") << "and seconds";
  EXPECT_EQ(iso6709_position("-90+180/"), "-90.000000,180.000000");
  for (const char* bad : {"", "+", "+91+000/", "+5.5", "5.5-0.1", "+123456789-000/", "+05.5520,-000.1969"}) EXPECT_EQ(iso6709_position(bad), std::nullopt) << bad;
}

TEST(Locations, BoxesAndLies) {
  const std::string text = "+05.5520-000.1969/";
  const std::string xyz = box("\xA9xyz", "\0\x12\x15\xc7"s + text);
  const std::string file = box("ftyp", "isom") + box("moov", box("mvhd", "x") + box("udta", xyz));
  const MediaLocations found = read(file);
  ASSERT_EQ(found.found.size(), 1u);
  EXPECT_EQ(found.found[0].position, "5.552000,-0.196900");
  EXPECT_EQ(file.substr(found.found[0].source.begin + 4, text.size()), text);
  // 3GPP TS 26.244: language, name, role, longitude, latitude, altitude.
  const std::string loci = box("loci", "\0\0\0\0\x15\xc7Harbour\0\0\xff\xff\x80\0\0\5\x80\0\0\0\0\0"s);
  const MediaLocations named = read(box("ftyp", "3gp4") + box("moov", box("udta", loci)));
  ASSERT_EQ(named.found.size(), 1u);
  EXPECT_EQ(named.found[0].position, "5.500000,-0.500000");
  EXPECT_EQ(named.found[0].name, "Harbour");
  for (std::size_t n = 0; n < file.size(); ++n) read(file.substr(0, n));
  EXPECT_TRUE(read(file + "\0\0\1\0mdatxx"s).cut);
  EXPECT_FALSE(read(file).cut);
  EXPECT_FALSE(read("GIF89a, no boxes here at all").cut);
}

TEST(Locations, DeepAndManyEndWell) {
  std::string deep = "x";
  for (int i = 0; i < 2000; ++i) deep = box("moov", deep);
  EXPECT_TRUE(read(deep).found.empty());
  std::string many = box("ftyp", "isom");
  for (int i = 0; i < 200'000; ++i) many += box("moov", "");
  EXPECT_TRUE(read(many).found.empty());
}

}  // namespace
}  // namespace evtriage
