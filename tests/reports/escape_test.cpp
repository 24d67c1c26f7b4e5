// Escaping: expected texts are written by hand from the tables in escape.h.
#include "reports/escape.h"

#include <gmock/gmock.h>

#include "pipeline/core/text.h"

namespace evtriage::reports {
namespace {

std::string csv(std::string_view text) {
  std::string out;
  append_csv_cell(out, text);
  return out;
}

TEST(Html, MarkupIsText) { EXPECT_EQ(html("<b a='x'>&\"</b>"), "&lt;b a=&#39;x&#39;&gt;&amp;&quot;&lt;/b&gt;"); }

TEST(Html, ControlsAreVisible) {
  using namespace std::literals;
  EXPECT_EQ(html("a\0b"sv), "a<span class=\"ctl\">\u2400</span>b");
  EXPECT_EQ(html("\x1b"), "<span class=\"ctl\">\u241b</span>");
  EXPECT_EQ(html("\n"), "<span class=\"ctl\">\u21b5</span>");
  EXPECT_EQ(html("a\nb\tc", Shape::block), "a\nb c");
  EXPECT_EQ(html("a\r\nb", Shape::block), "a\nb");
  EXPECT_EQ(html("\u0085"), "<span class=\"ctl\">\\x85</span>");
  EXPECT_EQ(html("\u202egnp"), "<span class=\"ctl\">U+202E</span>gnp");
  EXPECT_EQ(html("\U000E0041"), "<span class=\"ctl\">U+E0041</span>");
  EXPECT_EQ(html("\uFFFE"), "<span class=\"ctl\">U+FFFE</span>");
}

TEST(Html, BrokenUtf8StaysVisibleAndTheOutputValid) {
  EXPECT_EQ(html("\xff"), "<span class=\"ctl\">\\xFF</span>");
  EXPECT_EQ(html("\xc3"), "<span class=\"ctl\">\\xC3</span>");
  EXPECT_EQ(html("\xed\xa0\x80"), "<span class=\"ctl\">\\xED</span><span class=\"ctl\">\\xA0</span><span class=\"ctl\">\\x80</span>");
  EXPECT_EQ(html("é\u0633😀"), "é\u0633😀");
}

TEST(Html, EveryByteAndPairGivesValidPrintableText) {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const std::string text = {static_cast<char>(a), static_cast<char>(b)};
      for (const auto& out : {html(text), attribute(text), csv(text)}) {
        ASSERT_TRUE(is_valid_utf8(out));
        for (const unsigned char c : out) ASSERT_TRUE(c >= 0x20 || c == '\n') << a << ' ' << b;
      }
      ASSERT_EQ(html(text).find_first_of("\"'"), html(text).find("\"ctl\""));
    }
  }
}

TEST(Html, LongTextIsCutAndSaysByHowMuch) {
  EXPECT_EQ(html("ééééé", Shape::line, 3), "ééé\u2026 <span class=\"ctl\">[+2]</span>");
}

TEST(Attribute, HoldsNoMarkup) { EXPECT_EQ(attribute("\"><x>\u202e"), "&quot;&gt;&lt;x&gt;U+202E"); }

TEST(Marked, OverlapsJoinAndWordsAreEscaped) {
  std::string out;
  append_marked(out, "a <b> c <b>", {"<b>", "b> c"});
  EXPECT_EQ(out, "a <mark>&lt;b&gt; c</mark> <mark>&lt;b&gt;</mark>");
}

TEST(Csv, FormulasBecomeText) {
  for (const auto* text : {"=1+1", "+221", "-x", "@SUM(1)", " =1", "\u00a0=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201", "\u2212x", "\u200b=1", "\t=1"}) {
    EXPECT_THAT(csv(text), testing::AnyOf(testing::StartsWith("'"), testing::StartsWith("\"'"))) << text;
  }
  EXPECT_EQ(csv("-12.5"), "-12.5");
  EXPECT_EQ(csv("a=b"), "a=b");
}

TEST(Csv, Rfc4180Quoting) {
  EXPECT_EQ(csv("a,b"), "\"a,b\"");
  EXPECT_EQ(csv("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(csv("a\nb"), "\"a\nb\"");
  EXPECT_EQ(csv(""), "");
  using namespace std::literals;
  EXPECT_EQ(csv("a\0b"sv), "a\u2400b");
}

}  // namespace
}  // namespace evtriage::reports
