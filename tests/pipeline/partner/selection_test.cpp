// Masks over JSON values: only inside strings, the longest words first, valid JSON after.
#include "pipeline/partner/selection.h"

#include <gtest/gtest.h>

namespace evtriage {
namespace {

TEST(Selection, MasksInsideStringsOnly) {
  Needles own, words;
  own.add({"a@example.org", "[P-A]", "THIRD-PARTY"});
  own.add({"A", "[P-B]", "OTHER"});
  words.add({"line\nbreak", "[W]", "MINOR"});
  words.add({"", "[X]", "NEVER"});
  EXPECT_EQ(mask_strings(R"(["to A@EXAMPLE.org",1,{"x":"line\nbreak \"n\""}])", own, words)->json, R"(["to [P-A]",1,{"x":"[W] \"n\""}])");
  EXPECT_FALSE(mask_strings(R"({"x":["no","thing",5,true]})", words, words));
  Needles n;
  n.add({"n", "[N]", "R"});
  EXPECT_EQ(mask_strings(R"("a\nb\u0001n")", n, words)->json, R"("a\nb\u0001[N]")");
  Needles comma;
  comma.add({",", "[C]", "R"});
  EXPECT_FALSE(mask_strings(R"(["a","b"])", comma, words));
}

TEST(Selection, AHundredThousandWordsCostNoMoreThanTheirLengths) {
  Needles many, none;
  for (int i = 0; i < 100000; ++i) many.add({"+2299" + std::to_string(1000000 + i), "[P]", "R"});
  std::string text = "\"";
  for (int i = 0; i < 2000; ++i) text += "+22991" + std::to_string(i + 900000).substr(0, 6) + " ";
  EXPECT_FALSE(mask_strings(text + "\"", many, none));
  EXPECT_EQ(mask_strings(text + "+22991050000\"", many, none)->json, text + "[P]\"");
}

TEST(Selection, DecodesCanonicalStrings) {
  EXPECT_EQ(text_of_json(R"("a\"\\\b\f\n\r\t\u001f/\u00e9")"), "a\"\\\b\f\n\r\t\x1f/\xc3\xa9");
  EXPECT_EQ(text_of_json("12"), "12");
  EXPECT_EQ(text_of_json("\""), "\"");
  EXPECT_EQ(text_of_json("\"\\\""), "\"");
}

}  // namespace
}  // namespace evtriage
