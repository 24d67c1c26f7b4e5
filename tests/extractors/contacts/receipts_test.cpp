// Receipts of mobile money in the shapes of public developer samples, with invented people and numbers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/extractors/contacts/found_in.h"

namespace evtriage::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Receipts, DatedReference) {
  const auto found = search_text("Orange Money: Vous avez recu 15000 FCFA du 76123456. ID: PP251226.2111.C98322. Nouveau solde: 20000 FCFA.");
  ASSERT_EQ(found[0].type, "momo-receipt");
  EXPECT_EQ(found[0].value, "PP251226.2111.C98322");
  EXPECT_EQ(found[0].label, "Orange Money in, 15000 XOF, 76123456, 2025-12-26 21:11");
  EXPECT_EQ(found[0].confidence, Confidence::certain);
  EXPECT_THAT(values("money", "recu 15000 FCFA. ID: PP251226.2111.C98322. Nouveau solde: 20000 FCFA."), ElementsAre("15000 XOF", "20000 XOF"));
}

TEST(Receipts, NumberBehindId) {
  const auto text = "Transfert 5000F a ANN DIALLO (2290197000000) 2025-03-04 10:20:30 Solde:1200F Frais:0F ID:12345678901 Ref: pain";
  EXPECT_THAT(values("momo-receipt", text), ElementsAre("12345678901"));
  EXPECT_THAT(values("phone", text), ElementsAre("+2290197000000"));
  EXPECT_THAT(values("momo-receipt", "Payment received for GHS 20.00 from ANN D Current Balance: GHS 40.00 Transaction ID: 12345678901. TRANSACTION FEE: 0.00"), ElementsAre("12345678901"));
}

TEST(Receipts, MPesa) { EXPECT_THAT(values("momo-receipt", "QWE123RTY4 Confirmed. USD 20.00 sent to ANN D on 1/2/25"), ElementsAre("QWE123RTY4")); }

TEST(Receipts, ReferencesAloneAreNone) {
  for (const auto* text : {"PP251226.2111.C98322", "PP251326.2111.C98322 recu 500 FCFA", "ID: 12345678901", "ID: 12345678901 and 20 balances", "QWE123RTY4 Confirmed."}) {
    EXPECT_THAT(values("momo-receipt", text), IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace evtriage::contacts
