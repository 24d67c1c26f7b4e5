// UTF-8: every code point there and back, and the ill-formed sequences of the Unicode Standard.
#include "pipeline/core/text.h"

#include <gtest/gtest.h>

namespace evtriage {
namespace {

TEST(Utf8, EveryCodePointThereAndBack) {
  for (char32_t code = 0; code <= 0x10ffff; ++code) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    std::string text;
    append_utf8(text, code);
    ASSERT_TRUE(is_valid_utf8(text)) << static_cast<unsigned>(code);
    const Character back = decode_utf8(text, 0);
    ASSERT_EQ(back.code, code);
    ASSERT_EQ(back.length, text.size());
  }
}

TEST(Utf8, RefusesIllFormedSequences) {  // RFC 3629 section 3 and 10; Unicode 15 table 3-8
  for (const char* text : {"\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF",
                           "\xF0\x80\x80\xAF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\x80", "\xC3", "\xE2\x82",
                           "\xF0\x9F\x98", "\xFF", "\xC3\x28", "\xE2\x28\xA1"}) {
    EXPECT_FALSE(is_valid_utf8(text)) << text;
    for (unsigned pad = 0; pad < 40; ++pad) {
      const std::string padded = std::string(pad, 'a') + text + std::string(20, 'b');
      ASSERT_EQ(valid_utf8_prefix(padded), pad);
    }
  }
}

TEST(Utf8, PrintableKeepsGoodAndShowsBad) {
  EXPECT_EQ(printable("caf\xC3\xA9"), "caf\xC3\xA9");
  EXPECT_EQ(printable("caf\xE9.txt"), "caf\\xE9.txt");
  EXPECT_EQ(printable("\xE2\x82"), "\\xE2\\x82");
}

TEST(Utf8, NeverCutsACharacter) {
  const std::string text = "a\xE2\x82\xAC" "b";  // a, euro sign, b
  EXPECT_EQ(floor_char(text, 3), 1u);
  EXPECT_EQ(ceil_char(text, 2), 4u);
  EXPECT_EQ(floor_char(text, 4), 4u);
  EXPECT_EQ(floor_char(text, 99), 5u);
}

}  // namespace
}  // namespace evtriage
