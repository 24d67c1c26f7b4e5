// Text strings and dates of ISO 32000-1, 7.9.
#include <gtest/gtest.h>

#include "extractors/pdf/object_text.h"

namespace evtriage {
namespace {

TEST(ObjectText, StringsInTheirThreeEncodings) {
  using namespace std::string_literals;
  EXPECT_EQ(text_string("\xFE\xFF\x00\xE9\xD8\x3D\xDE\x00"s), "\xC3\xA9\xF0\x9F\x98\x80");
  EXPECT_EQ(text_string("\xFF\xFE\xE9\x00"s), "\xC3\xA9");
  EXPECT_EQ(text_string("\xEF\xBB\xBF\xC3\xA9"), "\xC3\xA9");
  EXPECT_EQ(text_string("\xA0 5"), "\xE2\x82\xAC 5") << "0xA0 is the euro sign in PDFDocEncoding (Annex D.3)";
  EXPECT_EQ(text_string("a\0b"s), "ab");
  EXPECT_EQ(text_string("\xFE\xFF\xD8\x00"s), "\xEF\xBF\xBD") << "half a pair";
  EXPECT_EQ(text_string("\xFE\xFF\x00"s), "");
  EXPECT_LE(text_string(std::string(1 << 20, '\xA0')).size(), most_string_bytes);
}

TEST(ObjectText, Dates) {
  EXPECT_EQ(date_text("D:20260115110000+01'00'"), "2026-01-15T10:00:00Z");
  EXPECT_EQ(date_text("D:20260115110000-0330"), "2026-01-15T14:30:00Z");
  EXPECT_EQ(date_text("D:20260115110000Z"), "2026-01-15T11:00:00Z");
  EXPECT_EQ(date_text("20260115110000"), "2026-01-15T11:00:00");
  EXPECT_EQ(date_text("D:2026"), "2026-01-01T00:00:00");
  EXPECT_EQ(date_text("D:20261315"), "D:20261315") << "month 13";
  EXPECT_EQ(date_text("yesterday"), "yesterday");
  EXPECT_EQ(date_ns("D:20260115110000+01'00'"), 1'768'471'200'000'000'000);  // date -u -d 2026-01-15T10:00:00Z +%s
  EXPECT_FALSE(date_ns("D:20260115110000"));
}

}  // namespace
}  // namespace evtriage
