// Four languages: nothing missing (the compiler says so), nothing left in English, typography of each language.
#include "reports/strings.h"

#include <gmock/gmock.h>

#include <set>

namespace evtriage::reports {
namespace {

constexpr Language translated[] = {Language::fr, Language::pt, Language::ar};

bool has_arabic(std::string_view text) {
  for (const unsigned char c : text) {
    if (c >= 0xd8 && c <= 0xdb) return true;
  }
  return false;
}

// Words that French or Portuguese write as English does, checked by hand.
const std::set<std::string_view> shared = {"Contacts", "Messages", "Mentions", "Total", "Type", "Source", "Score", "Volume", "Notes",
                                           "Version", "Conversations", "Application", "SHA-256 of results.sqlite", ": ", ", ", "Findings", "“", "”"};

TEST(Strings, NoTextIsLeftInEnglish) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(Text::last_); ++i) {
    const auto id = static_cast<Text>(i);
    const auto english = text(id, Language::en);
    if (shared.contains(english)) continue;
    for (const auto language : translated) EXPECT_NE(text(id, language), english) << code_of(language);
  }
}

TEST(Strings, ArabicIsArabic) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(Text::last_); ++i) {
    const auto id = static_cast<Text>(i);
    if (id == Text::colon || id == Text::quote_open || id == Text::quote_close) continue;
    EXPECT_TRUE(has_arabic(text(id, Language::ar)) || text(id, Language::ar) == "، ") << text(id, Language::en);
  }
}

TEST(Strings, FrenchSpacesBeforeItsColon) { EXPECT_EQ(text(Text::colon, Language::fr), "\u00a0: "); }

TEST(Words, EveryCategoryOfTheTaxonomyIsThereOnce) {
  std::set<std::string_view> keys;
  for (const auto& word : words(Vocabulary::category)) EXPECT_TRUE(keys.insert(word.key).second) << word.key;
  EXPECT_EQ(keys.size(), 35u);
  EXPECT_TRUE(keys.contains("T01") && keys.contains("T20") && keys.contains("S01") && keys.contains("S15"));
}

TEST(Words, TitlesDifferFromEnglishAndFromEachOther) {
  for (const auto vocabulary : {Vocabulary::offence, Vocabulary::category, Vocabulary::issue, Vocabulary::outcome, Vocabulary::band, Vocabulary::suppressor}) {
    std::set<std::string_view> english;
    for (const auto& word : words(vocabulary)) {
      EXPECT_TRUE(english.insert(word.in[0]).second) << word.key;
      for (const auto language : translated) EXPECT_NE(word.in[static_cast<std::size_t>(language)], word.in[0]) << word.key;
    }
  }
}

TEST(Words, TheTermsOfTheProtocols) {
  EXPECT_EQ(translate(Vocabulary::offence, "tip", Language::fr), "Traite des personnes");
  EXPECT_EQ(translate(Vocabulary::offence, "som", Language::fr), "Trafic illicite de migrants");
  EXPECT_EQ(translate(Vocabulary::offence, "tip", Language::pt), "Tráfico de pessoas");
  EXPECT_EQ(translate(Vocabulary::offence, "tip", Language::ar), "الاتجار بالأشخاص");
  EXPECT_EQ(translate(Vocabulary::offence, "som", Language::ar), "تهريب المهاجرين");
  EXPECT_EQ(translate(Vocabulary::category, "T99", Language::fr), std::nullopt);
}

TEST(Articles, AreWrittenAsTheLanguageWritesThem) {
  EXPECT_EQ(localised_article("TIP Protocol art. 3(a)", Language::en), "TIP Protocol art. 3(a)");
  EXPECT_EQ(localised_article("TIP Protocol art. 3(a)", Language::fr), "Protocole relatif à la traite art. 3 a)");
  EXPECT_EQ(localised_article("SOM Protocol art. 6(1)(b)", Language::ar), "بروتوكول تهريب المهاجرين المادة 6(1) (ب)");
}

TEST(Numbers, AreGroupedByNarrowSpaces) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1\u202f000");
  EXPECT_EQ(grouped(18446744073709551615u), "18\u202f446\u202f744\u202f073\u202f709\u202f551\u202f615");
}

TEST(Sizes, ForPeople) {
  EXPECT_EQ(readable_size(12, Language::en), "12\u00a0B");
  EXPECT_EQ(readable_size(1536, Language::en), "1.5\u00a0KiB");
  EXPECT_EQ(readable_size(1536, Language::fr), "1,5\u00a0Kio");
  EXPECT_EQ(readable_size(5ull << 30, Language::pt), "5,0\u00a0GiB");
}

TEST(Languages, ParseAndPrint) {
  for (const auto* code : {"en", "fr", "pt", "ar"}) EXPECT_EQ(code_of(*parse_language(code)), code);
  EXPECT_EQ(parse_language("de"), std::nullopt);
}

}  // namespace
}  // namespace evtriage::reports
