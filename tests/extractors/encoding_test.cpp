// Encodings: labels of the IANA registry, charsets of media types, published byte values.
#include "extractors/encoding.h"

#include <gtest/gtest.h>

#include "extractors/script.h"

namespace evtriage {
namespace {

TEST(Encoding, Labels) {
  EXPECT_EQ(encoding_named("US-ASCII"), "utf-8");
  EXPECT_EQ(encoding_named("Latin1"), "windows-1252");
  EXPECT_EQ(encoding_named("klingon"), "");
  EXPECT_EQ(charset_of("text/plain; charset=\"utf-8\""), "utf-8");
  EXPECT_EQ(charset_of("text/plain"), "");
}

TEST(Encoding, PublishedValues) {  // the Unicode Consortium's mapping tables
  EXPECT_EQ(decode("\x80", "windows-1252", 0).utf8, "\xE2\x82\xAC");
  EXPECT_EQ(decode("\xCC", "windows-1256", 0).utf8, "\xD8\xAC");
  EXPECT_EQ(decode(std::string("\xD8\x3D\xDE\x00", 4), "utf-16be", 0).utf8, "\xF0\x9F\x98\x80");
  EXPECT_EQ(decode("a\xFF" "b", "utf-8", 0).utf8, "a\xEF\xBF\xBD" "b");
  EXPECT_EQ(decode("a\xFF" "b", "utf-8", 0).broken, 1u);
}

TEST(Encoding, Scripts) {
  EXPECT_EQ(script_of(U'a'), Script::latin);
  EXPECT_EQ(script_of(U'\u0639'), Script::arabic);
  EXPECT_EQ(script_of(U'7'), Script::none);
}

}  // namespace
}  // namespace evtriage
