// Numbers written nationally are found only with a region, and never as money or dates.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/extractors/contacts/found_in.h"

namespace evtriage::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(National, OnlyWithARegion) {
  EXPECT_THAT(values("phone", "70 12 34 56"), IsEmpty());
  EXPECT_THAT(values("phone", "70 12 34 56", {"BF"}), ElementsAre("+22670123456"));
  EXPECT_THAT(values("phone", "70123456 70123457", {"BF"}), ElementsAre("+22670123456"));
  EXPECT_THAT(values("phone", "024 412 3456", {"GH"}), ElementsAre("+233244123456"));
  EXPECT_THAT(values("phone", "01 97 00 00 00", {"BJ"}), ElementsAre("+2290197000000"));
}

TEST(National, TransitAndDestination) {
  const struct {
    const char *text, *region, *value;
  } cases[] = {{"06 12 34 56 78", "FR", "+33612345678"}, {"612 34 56 78", "ES", "+34612345678"}, {"320 123 4567", "IT", "+393201234567"}, {"912 345 678", "PT", "+351912345678"},
               {"20 123 456", "TN", "+21620123456"}, {"03 123 456", "LB", "+9613123456"}, {"70 123 456", "LB", "+96170123456"}, {"9212 3456", "OM", "+96892123456"},
               {"5012 3456", "KW", "+96550123456"}, {"050 123 4567", "SA", "+966501234567"}, {"07 08 09 10 11", "CI", "+2250708091011"}, {"0803 123 4567", "NG", "+2348031234567"}};
  for (const auto& c : cases) EXPECT_THAT(values("phone", c.text, {c.region}), ElementsAre(c.value)) << c.text;
}

TEST(National, FormerPlansAreCandidates) {
  const auto found = search_text("07 08 09 10", {"CI"});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].value, "+2250707080910") << "the second digit, 7, names the operator whose numbers begin with 07 now";
  EXPECT_EQ(found[0].confidence, Confidence::candidate);
  EXPECT_THAT(values("phone", "97 00 00 00", {"BJ"}), ElementsAre("+2290197000000"));
}

TEST(National, SeveralRegionsAreCandidates) {
  const auto found = search_text("76123456", {"BF", "ML", "SN"});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].confidence, Confidence::candidate);
  EXPECT_THAT(found[0].countries, ElementsAre("BF", "ML"));
  EXPECT_EQ(found[0].country, "");
}

TEST(National, MoneyDatesAndFractionsAreRefused) {
  for (const auto* text : {"FCFA 70123456", "70123456 FCFA", "70 123 456 F CFA", "01.02.2024", "01-02-2024", "20240102", "70123456.50",
                           "70123456,25", "x70123456", "701234567890", "70 12 34 56 78"}) {
    EXPECT_THAT(values("phone", text, {"BF", "NE"}), IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace evtriage::contacts
