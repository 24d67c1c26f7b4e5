// Fields by name, dates, base64 (vectors of RFC 4648, 10).
#include <gtest/gtest.h>

#include "extractors/media/fields.h"

namespace evtriage {
namespace {

TEST(MediaFields, Uses) {
  EXPECT_EQ(use_of_general("Format"), FieldUse::property);
  EXPECT_EQ(use_of_general("Duration/String3"), FieldUse::drop);
  EXPECT_EQ(use_of_general("FileSize"), FieldUse::drop);
  EXPECT_EQ(use_of_general("Comment"), FieldUse::words);
  EXPECT_EQ(use_of_general("com.example.note"), FieldUse::words) << "a tag of the file's own";
  EXPECT_EQ(use_of_stream("Width"), FieldUse::property);
  EXPECT_EQ(use_of_stream("StreamSize"), FieldUse::drop);
}

TEST(MediaFields, Dates) {
  EXPECT_EQ(media_date("2026-01-15 10:00:00 UTC"), "2026-01-15T10:00:00Z");
  EXPECT_EQ(media_date("UTC 2026-01-15 10:00:00"), "2026-01-15T10:00:00Z");
  EXPECT_EQ(media_date("2026-01-15 10:00:00"), "2026-01-15T10:00:00");
  EXPECT_EQ(media_date("2026"), "");
}

TEST(MediaFields, Base64) {
  EXPECT_EQ(from_base64(""), "");
  EXPECT_EQ(from_base64("Zg=="), "f");
  EXPECT_EQ(from_base64("Zm9vYmE="), "fooba");
  EXPECT_EQ(from_base64("Zm9vYmFy"), "foobar");
  EXPECT_EQ(from_base64("Zm9v*YmFy"), "foo");
}

}  // namespace
}  // namespace evtriage
