// The folded form of known words, the offset map, and the whole of Unicode against the table's generator.
#include "rules/fold.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>

#include "pipeline/core/text.h"

namespace evtriage {
namespace {

// By the definition, one ASCII character at a time.
char fold_ascii(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c + 32);
  const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || std::string_view(".!?;$\n").find(c) != std::string_view::npos;
  return kept ? c : ' ';
}

TEST(Fold, EveryAsciiCharacterInEveryColumnOfABlock) {
  for (int c = 0; c < 128; ++c) {
    const std::string text(48, static_cast<char>(c));
    EXPECT_EQ(fold(text), std::string(48, fold_ascii(static_cast<char>(c)))) << c;
  }
  std::string all;
  for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
  std::string wanted;
  for (const char c : all) wanted += fold_ascii(c);
  EXPECT_EQ(fold(all), wanted);
}

TEST(Fold, WordsThatAreWrittenInSeveralWays) {
  EXPECT_EQ(fold("École"), "ecole");
  EXPECT_EQ(fold("e\xCC\x81" "cole"), "ecole");                 // decomposed
  EXPECT_EQ(fold("MÃE irmão coração"), "mae irmao coracao");
  EXPECT_EQ(fold("ẹ̀kọ́ ɓarawo ƙasa ŋɔ ɛ ƴan"), "eko barawo kasa no e yan");
  EXPECT_EQ(fold("pass\xE2\x80\x8Bport pass\xC2\xADport"), "passport passport");
  EXPECT_EQ(fold("ｐａｓｓ ﬁne ①"), "pass fine 1");
  EXPECT_EQ(fold("٣٥٠ ۳۵۰ ३"), "350 350 3");
  EXPECT_EQ(fold("500\xC2\xA0""000\xE2\x80\xAF" "€"), "500 000 eur");
  EXPECT_EQ(fold("œuvre straße"), "oeuvre strasse");
}

TEST(Fold, ArabicFormsAreOneLetterOfTwoCapitals) {
  EXPECT_EQ(fold("أإآٱ"), fold("اااا"));
  EXPECT_EQ(fold("على مدرسة"), fold("علي مدرسه"));
  EXPECT_EQ(fold("تَهْرِيب"), fold("تهريب"));
  EXPECT_EQ(fold("تهـــريب"), fold("تهريب"));
  EXPECT_EQ(fold("ﻻ"), fold("لا"));
  EXPECT_EQ(fold("ک ی"), fold("ك ي"));
  const std::string word = fold("جواز");
  ASSERT_EQ(word.size(), 8u);
  for (std::size_t i = 0; i < word.size(); i += 2) {
    EXPECT_TRUE(word[i] >= 'A' && word[i] <= 'M');
    EXPECT_TRUE(word[i + 1] >= 'N' && word[i + 1] <= 'Z');
  }
  EXPECT_EQ(fold("أين؟ هنا؛ نعم،").find_first_of("?;"), fold("أين").size());
}

TEST(Fold, OutputIsAlwaysOfTheAlphabetAndOffsetsLeadBack) {
  std::mt19937 random(7);
  const std::u32string letters = U"aZé\u0301ẹ ﬁ\u200bجَـ٣ا漢字😀½€\u00adç.\n'Ω𝐀я";
  FoldedText folded;
  for (int round = 0; round < 300; ++round) {
    std::string text, wanted;
    std::vector<std::size_t> origin;  // of each folded byte the character that made it
    const std::size_t n = random() % 60;
    for (std::size_t i = 0; i < n; ++i) {
      std::string one;
      append_utf8(one, letters[random() % letters.size()]);
      const std::string out = fold(one);  // one character by itself
      for (std::size_t k = 0; k < out.size(); ++k) origin.push_back(text.size());
      wanted += out;
      text += one;
    }
    folded.assign(text);
    ASSERT_EQ(folded.text(), wanted);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      EXPECT_EQ(floor_char(text, folded.original(static_cast<std::uint32_t>(i))), origin[i]) << text << " at " << i;
      EXPECT_NE(std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ .!?;$\n").find(wanted[i]),
                std::string_view::npos);
    }
    EXPECT_EQ(folded.original(static_cast<std::uint32_t>(wanted.size())), text.size());
    for (std::size_t i = 1; i <= kFoldPadding; ++i) EXPECT_EQ(folded.text().data()[wanted.size() + i - 1], ' ');
  }
}

TEST(Fold, EnglishNeedsNoBreakpoints) {
  FoldedText folded;
  folded.assign("The quick brown fox, 12 of them; \"jumps\" over the lazy dog.");
  EXPECT_EQ(folded.breakpoint_count(), 0u);
}

TEST(Fold, TableIsWhatTheGeneratorMakes) {
  const std::string root = EVTRIAGE_SOURCE_DIR, made = testing::TempDir() + "evtriage_fold_table.inc";
  const std::string version_check = "python3 -c \"import unicodedata,sys; sys.exit(unicodedata.unidata_version != '" +
                                    std::string(fold_unicode_version()) + "')\" 2>/dev/null";
  if (std::system(version_check.c_str()) != 0) GTEST_SKIP() << "python3 with the same Unicode version is not here";
  ASSERT_EQ(std::system(("python3 " + root + "/rules/make_fold_table.py " + made).c_str()), 0);
  const auto bytes = [](const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  EXPECT_EQ(bytes(made), bytes(root + "/rules/fold_table.inc"));
  std::remove(made.c_str());
}

}  // namespace
}  // namespace evtriage
