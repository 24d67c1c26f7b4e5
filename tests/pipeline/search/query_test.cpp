// What a query finds, in words that were chosen by hand; ranges are those of the original bytes.
#include "pipeline/search/query.h"

#include <gmock/gmock.h>

namespace evtriage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> found(const Result<Query>& query, std::string_view text) {
  FoldedText scratch;
  std::vector<std::string> out;
  for (const ByteRange range : query->matches(text, scratch)) out.emplace_back(text.substr(range.begin, range.size()));
  return out;
}

std::vector<std::string> words(std::string_view typed, std::string_view text) {
  const auto query = Query::words(typed);
  EXPECT_TRUE(query) << typed;
  return query ? found(query, text) : std::vector<std::string>();
}

TEST(Query, CaseAndAccentsDoNotCount) {
  EXPECT_THAT(words("recu", "Le REÇU et le reçu, non les reçus."), ElementsAre("REÇU", "reçu"));
  EXPECT_THAT(words("ÉTAT", "l'autre état civil"), ElementsAre("état"));
}

TEST(Query, AllPartsMustStandInTheText) {
  EXPECT_THAT(words("passport madam", "Madam holds every passport."), ElementsAre("Madam", "passport"));
  EXPECT_THAT(words("passport madam", "She holds every passport."), IsEmpty());
}

TEST(Query, PhrasesGoOverLineEndsAndPunctuation) {
  EXPECT_THAT(words("\"pay the agent\"", "You must PAY the\nagent first"), ElementsAre("PAY the\nagent"));
  EXPECT_THAT(words("\"pay the agent\"", "pay to the agent"), IsEmpty());
}

TEST(Query, Prefixes) {
  EXPECT_THAT(words("rout*", "route, routes and en-route; trout"), ElementsAre("rout", "rout", "rout"));
  EXPECT_THAT(words("route", "routes"), IsEmpty());
}

TEST(Query, ArabicWordsWithWhatIsWrittenOntoThem) {
  EXPECT_THAT(words("جواز", "والجواز معي"), ElementsAre("والجواز"));
  EXPECT_THAT(words("٢٠٠", "دفع 200 يورو"), ElementsAre("200"));
}

TEST(Query, ScriptsWithoutACodeAreTakenAsTyped) {
  EXPECT_THAT(words("护照", "他的护照在这里"), ElementsAre("护照"));
  EXPECT_THAT(words("护照", "他的钱包在这里"), IsEmpty());
}

TEST(Query, InvisibleCharactersInsideAWord) {
  EXPECT_THAT(words("passport", "pass\u200bport"), ElementsAre("pass\u200bport"));
}

TEST(Query, Regex) {
  EXPECT_THAT(found(Query::regex("(?i)r[eé]çu\\s+\\d+"), "Reçu 12, RÉÇU  7"), ElementsAre("Reçu 12", "RÉÇU  7"));
}

TEST(Query, WhatCannotBeUnderstoodIsSaid) {
  EXPECT_FALSE(Query::words(""));
  EXPECT_FALSE(Query::words("  \"\" * "));
  EXPECT_FALSE(Query::words("\"open"));
  EXPECT_FALSE(Query::words("\xff"));
  EXPECT_FALSE(Query::regex("("));
  EXPECT_FALSE(Query::regex("a*"));
}

}  // namespace
}  // namespace evtriage
