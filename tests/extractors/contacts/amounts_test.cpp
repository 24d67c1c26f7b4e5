// Amounts of money: shapes of the region's writing, and numbers that are none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/extractors/contacts/found_in.h"

namespace evtriage::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Amounts, EveryShape) {
  const std::pair<const char*, const char*> cases[] = {
      {"400 000 FCFA", "400000 XOF"}, {"400.000 F CFA", "400000 XOF"}, {"400,000 cfa", "400000 XOF"}, {"1\u00A0424\u00A0800 FCFA", "1424800 XOF"},
      {"1\u202F424\u202F800 XOF", "1424800 XOF"}, {"400k FCFA", "400000 XOF"}, {"1,5M FCFA", "1500000 XOF"}, {"FCFA 70123456", "70123456 XOF"},
      {"GHS 1,250.50", "1250.50 GHS"}, {"GH₵500", "500 GHS"}, {"500 cedis", "500 GHS"}, {"N500k", "500000 NGN"}, {"₦25,000", "25000 NGN"}, {"NGN 25,000.00", "25000 NGN"},
      {"500€", "500 EUR"}, {"€ 500", "500 EUR"}, {"1.250,75 euros", "1250.75 EUR"}, {"US$ 300", "300 USD"}, {"$300", "300 dollar"}, {"D70,000", "70000 GMD"},
      {"25 000 F", "25000 franc"}, {"15 millions de francs", "15000000 franc"}, {"300 dinars", "300 dinar"}, {"5000 MRU", "5000 MRU"}, {"50000 MRO", "50000 MRO"},
      {"2 millions d'ouguiyas", "2000000 ouguiya"}, {"100.00 FCFA", "100 XOF"}, {"300 دينار", "300 dinar"}};
  for (const auto& [text, value] : cases) EXPECT_THAT(values("money", text), ElementsAre(value)) << text;
}

TEST(Amounts, NumbersThatAreNone) {
  for (const auto* text : {"le 12 mars", "12 D", "5 F", "chapter 12 For", "$1", "\"$12\"", "awk '{print $1}'", "x500FCFA", "1.2.3 euros ", "2024 F1", "ISO 639", "A 4", "FCFA", "Le 500 Africains",
                           "12:30 euros", "Windows 2000", "RFC 2822", "12 dancers", "500 files", "D115098", "N2722", "rev 3958da", "#1068412 CVE-2012-1", "2012 CVE-2012-1", "100 daily"}) {
    EXPECT_THAT(values("money", text), IsEmpty()) << text;
  }
}

TEST(Amounts, ConfidenceSaysWhatIsAHypothesis) {
  EXPECT_EQ(search_text("500 XOF")[0].confidence, Confidence::certain);
  EXPECT_EQ(search_text("500 FCFA")[0].confidence, Confidence::likely);
  EXPECT_EQ(search_text("5000 F")[0].confidence, Confidence::candidate);
}

}  // namespace
}  // namespace evtriage::contacts
