// What may be typed: lists, limits, languages, refusals with a mend.
#include "pipeline/app/options.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace evtriage {
namespace {

Result<Typed> parse(std::vector<const char*> words) {
  words.insert(words.begin(), "evtriage");
  return parse_command_line(static_cast<int>(words.size()), words.data());
}

TEST(Options, TakesListsAndPositionals) {
  const auto typed = parse({"run", "A=/a", "/b", "--case", "/c", "--region", "bj,SN", "--lang", "fr,ar", "--rules", "x", "y"});
  ASSERT_TRUE(typed) << typed.error().detail;
  EXPECT_EQ(typed->arguments, (std::vector<std::string>{"A=/a", "/b"}));
  EXPECT_EQ(typed->region, (std::vector<std::string>{"BJ", "SN"}));
  EXPECT_EQ(typed->languages, (std::vector<std::string>{"fr", "ar"}));
  EXPECT_EQ(typed->rules, (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ(typed->threads, 0u);
}

TEST(Options, RefusesWhatItDoesNotKnow) {
  for (const auto& words : std::vector<std::vector<const char*>>{
           {"eat"}, {"run", "--unknown"}, {"run", "--threads", "many"}, {"run", "--progress", "loud"}, {"run", "--cas", "/c"},
           {"run", "--region", "Benin"}, {"run", "--region", "ZZ"}, {"run", "--region", "BJ,XX"}, {"run", "--keep-text", "some"}, {"rules", "list", "--engine", "grep"},
           {"run", "--config", "/does/not/exist"}}) {
    const auto typed = parse(words);
    ASSERT_FALSE(typed) << words.back();
    EXPECT_EQ(typed.error().detail.find('\n'), std::string::npos) << "one line";
  }
}

TEST(Options, ARegionWithoutAPlanIsRefusedWithThoseThatThereAre) {
  const auto typed = parse({"run", "--region", "ZZ"});
  ASSERT_FALSE(typed);
  EXPECT_NE(typed.error().detail.find("'ZZ'"), std::string::npos);
  EXPECT_NE(typed.error().detail.find(" BF BJ CI "), std::string::npos) << typed.error().detail;
}

TEST(Options, TheLanguageComesFromTheLocale) {
  unsetenv("LC_MESSAGES");
  for (const auto& [locale, language] : {std::pair{"fr_SN.UTF-8", "fr"}, {"pt_PT", "pt"}, {"ar_MA.UTF-8", "ar"}, {"C", "en"}, {"de_DE", "en"}}) {
    setenv("LC_ALL", locale, 1);
    EXPECT_EQ(parse({"doctor"})->languages, std::vector<std::string>{language});
  }
}

TEST(Options, Hashes) {
  const auto only = parse_hashes("sha256");
  EXPECT_FALSE(only->md5);
  EXPECT_TRUE(only->sha256);
  EXPECT_TRUE(parse_hashes("md5")->sha256) << "always computed";
  EXPECT_TRUE(parse_hashes("sha512")->sha512);
  EXPECT_FALSE(parse_hashes("md5,crc32"));
}

TEST(Options, Limits) {
  const auto limits = parse_limits("# small\npage_bytes=65536\r\nmargin_bytes=1024\n\ndepth=3\n");
  ASSERT_TRUE(limits) << limits.error().detail;
  EXPECT_EQ(limits->page_bytes, 65536u);
  EXPECT_EQ(limits->margin_bytes, 1024u);
  EXPECT_EQ(limits->depth, 3u);
  EXPECT_EQ(limits->children, Limits{}.children);
  for (const char* text : {"pages=1", "depth=", "depth=-1", "depth=0", "depth=1x", "page_bytes=100"}) EXPECT_FALSE(parse_limits(text)) << text;
  EXPECT_NE(parse_limits("depth=3\nwidth=1").error().detail.find("line 2"), std::string::npos);
}

}  // namespace
}  // namespace evtriage
