// Positions and dates; expected values by hand and by exiftool -n.
#include <gtest/gtest.h>

#include "extractors/image/gps.h"

namespace evtriage {
namespace {

TEST(Gps, FractionsToMillionths) {
  EXPECT_EQ(micro_degrees(Angle{{{{5, 1}, {33, 1}, {369, 50}}}, 'N'}, true), 5'552'050);
  EXPECT_EQ(micro_degrees(Angle{{{{33, 1}, {51, 1}, {24424, 1000}}}, 's'}, true), -33'856'784);
  EXPECT_EQ(micro_degrees(Angle{{{{151, 1}, {12917802, 1000000}, {0, 0}}}, 'E'}, false), 151'215'297) << "decimal minutes, no seconds";
  EXPECT_EQ(micro_degrees(Angle{{{{0, 0}, {0, 0}, {0, 0}}}, 'N'}, true), std::nullopt) << "a camera without a fix";
  EXPECT_EQ(micro_degrees(Angle{{{{91, 1}, {0, 1}, {0, 1}}}, 'N'}, true), std::nullopt);
  EXPECT_EQ(micro_degrees(Angle{{{{181, 1}, {0, 1}, {0, 1}}}, 'W'}, false), std::nullopt);
  EXPECT_EQ(micro_degrees(Angle{{{{5, 1}, {0, 1}, {0, 1}}}, '\0'}, true), std::nullopt) << "without its sign it is no position";
  EXPECT_EQ(micro_degrees(Angle{{{{5, 1}, {0, 1}, {0, 1}}}, 'E'}, true), std::nullopt);
}

TEST(Gps, Xmp) {
  EXPECT_EQ(micro_degrees("5,33.123N", true), 5'552'050);
  EXPECT_EQ(micro_degrees("5,33,7.38S", true), -5'552'050);
  EXPECT_EQ(micro_degrees("5,33,7,1N", true), std::nullopt);
  EXPECT_EQ(micro_degrees("", true), std::nullopt);
  EXPECT_EQ(micro_degrees("nanN", true), std::nullopt);
}

TEST(Gps, Text) {
  EXPECT_EQ(position_text(5'552'050, -196'901), "5.552050,-0.196901");
  EXPECT_EQ(position_text(-90'000'000, 180'000'000), "-90.000000,180.000000");
}

TEST(ExifDate, WithAndWithoutZone) {
  EXPECT_EQ(exif_date("2026:01:15 11:00:00", "+01:00"), "2026-01-15T10:00:00Z");
  EXPECT_EQ(exif_date("2026:01:15 11:00:00", ""), "2026-01-15T11:00:00");
  EXPECT_EQ(exif_date("2026:01:15 11:00:00", "garbage"), "2026-01-15T11:00:00");
  EXPECT_EQ(exif_date("0000:00:00 00:00:00", ""), "");
  EXPECT_EQ(exif_date("    :  :     :  :  ", ""), "");
  EXPECT_EQ(exif_date("", ""), "");
}

}  // namespace
}  // namespace evtriage
