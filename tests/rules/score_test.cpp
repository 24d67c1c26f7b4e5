// The length of a text counts: the same words alone in a message, in a chat, and in a book.
#include "rules/score.h"

#include <gtest/gtest.h>

#include "rules/pack.h"
#include "rules/rules.h"
#include "rules/scan.h"

namespace evtriage {
namespace {

constexpr const char* pack = R"yaml(
pack: small
version: "1"
licence: Apache-2.0
maintainer: test
languages: [en]
rules:
  - {id: tip.T09.en.sold, version: 1, offence: tip, category: T09, element: [act], article: "a", weight: 8, status: stable, source: "test",
     title: {en: "Person sold", fr: "a", pt: "a", ar: "a"}, when: {phrase: "sold the girl"}}
  - {id: tip.T02.en.held, version: 1, offence: tip, category: T02, element: [means], article: "a", weight: 8, status: stable, source: "test",
     title: {en: "Passport held", fr: "a", pt: "a", ar: "a"}, when: {phrase: "kept her passport"}}
  - {id: tip.T07.en.unpaid, version: 1, offence: tip, category: T07, element: [purpose], article: "a", weight: 7, status: stable, source: "test",
     title: {en: "Wages kept", fr: "a", pt: "a", ar: "a"}, when: {phrase: "never paid her"}}
  - {id: tip.T04.en.threat, version: 1, offence: tip, category: T04, element: [means], article: "a", weight: 4, status: stable, source: "test",
     title: {en: "Threat", fr: "a", pt: "a", ar: "a"}, when: {phrase: "you will see"}}
  - {id: tip.T13.en.child, version: 1, offence: tip, category: T13, element: [act], article: "a", weight: 4, status: stable, source: "test",
     title: {en: "Child", fr: "a", pt: "a", ar: "a"}, when: {phrase: "the boy brings"}}
)yaml";

class LongText : public testing::Test {
 protected:
  void SetUp() override {
    Problems problems;
    std::vector<Pack> packs;
    packs.push_back(parse_pack({"small.yaml", pack}, false, problems));
    program_ = compile(std::move(packs), problems);
    for (const auto& problem : problems) EXPECT_TRUE(problem.warning) << problem.what;
  }
  // The band of the only finding.
  std::optional<Band> band(const std::string& text) {
    RuleScratch scratch(program_, std::make_unique<FastConditions>(program_));
    scratch.match(text, UINT32_MAX);
    std::optional<Band> out;
    for (const JudgedUnit& judged : scratch.units(text, false)) {
      for (const Verdict& verdict : judged.verdicts) {
        if (verdict.is_finding()) out = verdict.band;
      }
    }
    return out;
  }
  static std::string book() {
    std::string out;
    for (int i = 0; i < 700; ++i) out += "The rain fell on the fields.\n";
    return out;
  }
  Program program_;
};

TEST_F(LongText, AloneInAShortTextIsMedium) { EXPECT_EQ(band("He sold the girl."), Band::medium); }

TEST_F(LongText, AloneInALongTextIsLow) { EXPECT_EQ(band(book() + "He sold the girl.\n" + book()), Band::low); }

TEST_F(LongText, AWideRuleInALongTextIsNoSecondCategory) {
  EXPECT_EQ(band("He sold the girl and never paid her."), Band::high);
  EXPECT_EQ(band(book() + "He sold the girl and never paid her.\n" + book()), Band::low);
}

TEST_F(LongText, LightRulesCountTogetherInANoteAndNotInAnArticle) {
  const std::string words = "If the boy brings less, you will see.\n";
  EXPECT_EQ(band(words), Band::medium);
  EXPECT_EQ(band(book().substr(0, 1400) + words), Band::medium);
  EXPECT_EQ(band(book().substr(0, 1600) + words), Band::low);
}

TEST_F(LongText, TwoWeightyCategoriesInALongTextKeepTheirBand) {
  EXPECT_EQ(band(book() + "He sold the girl and kept her passport.\n" + book()), Band::high);
}

TEST_F(LongText, AMessageOfALongChatIsShort) {
  std::string chat;
  for (int i = 0; i < 500; ++i) chat += "15/01/2026, 10:05 - Ama: The rain fell.\n";
  EXPECT_EQ(band(chat + "15/01/2026, 10:06 - Kofi: he sold the girl\n" + chat), Band::medium);
}

}  // namespace
}  // namespace evtriage
