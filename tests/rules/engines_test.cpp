// The fast engine against the slow one: the same spans of every rule and modifier on every text.
#include <gtest/gtest.h>

#include <random>

#include "rules/naive.h"
#include "rules/pack.h"
#include "rules/rules.h"

namespace evtriage {
namespace {

Program program_of(const std::vector<PackSource>& sources) {
  Problems problems;
  std::vector<Pack> packs;
  for (const auto& source : sources) packs.push_back(parse_pack(source, true, problems));
  Program program = compile(std::move(packs), problems);
  for (const auto& p : problems) EXPECT_TRUE(p.warning) << p.file << ":" << p.line << ": " << p.what;
  return program;
}

std::vector<RuleMatch> matches(const Program& program, std::string_view folded, Conditions& conditions, std::uint32_t stretch) {
  std::vector<RuleMatch> out;
  conditions.begin(folded, stretch);
  for (const auto rule : conditions.candidates()) match_rule(program, rule, folded, conditions, out);
  std::sort(out.begin(), out.end());
  return out;
}

void expect_equal(const Program& program, const std::string& text, FastConditions& fast, NaiveConditions& slow,
                  std::uint32_t stretch, std::size_t& total) {
  FoldedText folded;
  folded.assign(text);
  const auto quick = matches(program, folded.text(), fast, stretch), sure = matches(program, folded.text(), slow, stretch);
  ASSERT_FALSE(slow.was_cut()) << text;
  EXPECT_EQ(quick.size(), sure.size()) << text;
  ASSERT_TRUE(quick == sure) << text;
  total += quick.size();
  for (std::uint32_t m = 0; m < program.modifiers.size(); ++m) {
    const auto node = program.modifier_judges[m].when;
    ASSERT_TRUE(fast.spans(node) == slow.spans(node)) << program.modifier(m).id << ": " << text;
  }
}

// One example of each kind of every rule: the naive search takes a tenth of a second for a text.
TEST(Engines, AgreeOnExamplesOfThePacksThatShip) {
  const Program program = program_of(shipped_packs());
  FastConditions fast(program);
  NaiveConditions slow(program);
  std::size_t total = 0;
  for (const Pack& pack : program.packs)
    for (const RuleText& rule : pack.rules)
      for (const auto* examples : {&rule.examples.match, &rule.examples.no_match})
        if (!examples->empty()) expect_equal(program, examples->front().text, fast, slow, UINT32_MAX, total);
  EXPECT_GT(total, 300u);
}

constexpr const char* kSmallPack = R"yaml(
pack: small
version: "1"
licence: Apache-2.0
maintainer: test
languages: [en]
lists:
  hold: [keep*, hold(s), take my/her/his]
  paper: [passport(s), "travel document(s)", جواز, "=ورق", paper]
  debt: [owe*, pay back, debt]
  place: [to sea, hotel]
rules:
  - {id: a, when: {near: {words: 3, of: [{list: hold}, {list: paper}]}}}
  - {id: b, when: {near: {words: 2, ordered: true, of: [{list: hold}, {list: paper}, {list: debt}]}}, without: {phrase: "hotel"}}
  - {id: c, when: {all: [{list: hold}, {any: [{list: debt}, {phrase: "to sea"}]}]}}
  - {id: d, when: {atleast: {n: 2, of: [{list: hold}, {list: paper}, {list: debt}]}}}
  - {id: e, when: {near: {words: 4, of: [{list: debt}, {money: any}]}}}
  - {id: f, when: {pattern: "\\b(?:pay|owe) [a-z]{1,5} back"}}
  - {id: g, when: {near: {words: 5, of: [{age: {under: 18}}, {list: hold}]}}}
  - {id: h, when: {near: {words: 2, of: [{list: hold}, {list: paper}, {list: debt}, {any: [{money: any}, {phrase: "sea"}]}]}}}
  - {id: i, when: {all: [{money: any}, {list: paper}]}}
  - {id: j, when: {all: [{list: paper}, {points: {least: 5, for: {hold: 3, debt: 3, paper: 1}, against: {place: 2}}}]}}
  - {id: k, when: {points: {least: 4, for: {hold: 3, debt: 2}, against: {paper: 2, place: 1}}}}
)yaml";

TEST(Engines, AgreeOnRandomTexts) {
  const Program program = program_of({{"small", kSmallPack}});
  FastConditions fast(program);
  NaiveConditions slow(program);
  const char* words[] = {"keep", "keeping", "hold", "holds", "take", "my", "her", "passport", "passports", "travel",
                         "document", "documents", "والجواز", "جواز", "بورق", "ورق", "للجواز", "paper", "owe", "owes", "pay", "back",
                         "debt", "to", "sea", "hotel", "500", "000", "fcfa", "€", "16 ans", "aged 15", ".", "\n\n", ",", "é",
                         "x", "them", "Kéép", "$200", "keeper_of"};
  std::mt19937 random(11);
  std::size_t total = 0;
  for (int round = 0; round < 1500; ++round) {
    std::string text;
    const std::size_t n = 1 + random() % 26;
    for (std::size_t i = 0; i < n; ++i) {
      text += words[random() % std::size(words)];
      text += random() % 9 == 0 ? ". " : random() % 17 == 0 ? "" : " ";
    }
    expect_equal(program, text, fast, slow, round % 2 == 0 ? UINT32_MAX : 40, total);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(total, 2000u);
}

// Long texts of words that mean nothing, with a few that do: close together, exactly as far apart as `near` and
// the stretch allow, one word or byte more, and far away.  What is found only near the rarest word of a rule must
// be what is found everywhere.
TEST(Engines, AgreeWhenWordsStandNearAndFar) {
  const Program program = program_of({{"small", kSmallPack}});
  FastConditions fast(program);
  NaiveConditions slow(program);
  const char* words[] = {"keep", "holds", "take her", "passport", "travel documents", "للجواز", "paper", "owe", "pay back",
                         "debt", "to sea", "hotel", "500 000 fcfa", "aged 15", "$200", "owe them back"};
  std::mt19937 random(23);
  const auto filler = [&](std::string& text, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      text += std::string(random() % 11 == 0 ? 70 : 1 + random() % 12, static_cast<char>('f' + random() % 4));
      text += random() % 6 == 0 ? "\n" : random() % 5 == 0 ? ", " : " ";
    }
  };
  std::size_t total = 0;
  for (int round = 0; round < 1500; ++round) {
    std::string text;
    filler(text, random() % 40);
    const std::size_t n = 1 + random() % 7;
    for (std::size_t i = 0; i < n; ++i) {
      text += words[random() % std::size(words)];
      text += ' ';
      filler(text, random() % 3 == 0 ? random() % 200 : random() % 7);
    }
    constexpr std::uint32_t stretches[] = {UINT32_MAX, 40, 200, 800};
    expect_equal(program, text, fast, slow, stretches[round % 4], total);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(total, 1000u);
}

// The word that leads to a rule may stand at either edge of what the rule spans, and at the edges of the text.
TEST(Engines, AgreeAtTheEdgesOfAStretch) {
  const Program program = program_of({{"small", kSmallPack}});
  FastConditions fast(program);
  NaiveConditions slow(program);
  std::size_t total = 0;
  for (std::size_t gap = 0; gap < 90; ++gap)
    for (const bool is_turned : {false, true}) {
      const std::string blanks(gap, ' '), words = std::string(is_turned ? "debt" : "keep");
      const std::string other = is_turned ? "keeping" : "to sea";
      expect_equal(program, words + blanks + ' ' + other, fast, slow, 60, total);
      expect_equal(program, "x " + words + std::string(gap, 'y') + ' ' + other + " x", fast, slow, 60, total);
      if (HasFatalFailure()) return;
    }
  EXPECT_GT(total, 100u);
}

}  // namespace
}  // namespace evtriage
