// Accounts, cards, crypto-assets in text: every writing, and what only looks alike.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/extractors/contacts/found_in.h"

namespace evtriage::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Iban, InEveryWriting) {
  for (const auto* text : {"GB29NWBK60161331926819", "IBAN: GB29 NWBK 6016 1331 9268 19.", "(GB29-NWBK-6016-1331-9268-19)", "GB29 NWBK 6016 1331 9268 19 BIC X",
                           "GB29\u00A0NWBK 6016 1331 9268 19"}) {
    EXPECT_THAT(values("iban", text), ElementsAre("GB29NWBK60161331926819")) << text;
  }
  EXPECT_THAT(values("iban", "FR14 2004 1010 0505 0001 3M02 606"), ElementsAre("FR1420041010050500013M02606"));
  EXPECT_THAT(values("iban", "MR1300020001010000123456753 TN5910006035183598478831"), ElementsAre("MR1300020001010000123456753", "TN5910006035183598478831"));
}

TEST(Iban, UnlistedCountriesAreLikely) {
  for (const auto* text : {"TD8960003000203710253860174", "GW04GW1430010181800637601", "NE58NE0380100100130305000268", "TG53TG0090604310346500400070"}) {
    const auto found = search_text(text);
    ASSERT_EQ(found.size(), 1u) << text;
    EXPECT_EQ(found[0].type, "iban");
    EXPECT_EQ(found[0].confidence, Confidence::likely);
    EXPECT_EQ(found[0].country, std::string(text).substr(0, 2));
  }
}

TEST(Iban, InvalidOnesAreNone) {
  for (const auto* text : {"MR1300020001010000123456754", "TN5910006035183598478832", "FR1420041010050500013M02607", "GB29NWBK6016133192681", "GB29NWBK601613319268199",
                           "xGB29NWBK60161331926819", "TD8960003000203710253860175"}) {
    EXPECT_THAT(values("iban", text), IsEmpty()) << text;
  }
}

TEST(Card, CompactGroupedLabelled) {
  EXPECT_EQ(search_text("4539882460939666")[0].confidence, Confidence::candidate);
  for (const auto* text : {"4539 8824 6093 9666", "4539-8824-6093-9666"}) {
    const auto found = search_text(text);
    ASSERT_EQ(found.size(), 1u) << text;
    EXPECT_EQ(found[0].value, "4539882460939666");
    EXPECT_EQ(found[0].confidence, Confidence::likely);
  }
  EXPECT_EQ(search_text("Visa: 4539 8824 6093 9666, exp 12/27")[0].confidence, Confidence::certain);
  EXPECT_THAT(values("card", "carte n° 5061 0900 0000 0000 008 ok"), ElementsAre("5061090000000000008"));
  EXPECT_THAT(values("card", "3714 496353 98431"), ElementsAre("371449635398431"));
  EXPECT_THAT(values("card", "4444444444444448"), IsEmpty()) << "two different digits";
  EXPECT_THAT(values("card", "2223000048400011"), ElementsAre("2223000048400011"));
}

TEST(Card, PublishedTestNumbersAreMarked) {
  for (const auto* text : {"4111111111111111", "5555 5555 5555 4444", "378282246310005"}) {
    const auto found = search_text(text);
    ASSERT_EQ(found.size(), 1u) << text;
    EXPECT_EQ(found[0].label, "published test number");
    EXPECT_EQ(found[0].confidence, Confidence::candidate);
  }
}

TEST(Card, FalseFriends) {
  for (const auto* text : {"4111111111111112", "4539 8824 6093 9663", "45398824609396661", "1234 4539 8824 6093 9666", "4539 8824 6093 9666 1234", "a4539882460939666",
                           "4539882460939666.5", "0.4539882460939666", "1700000000000000", "9999999999999995", "4539 8824-6093 9666"}) {
    EXPECT_THAT(values("card", text), IsEmpty()) << text;
  }
}

TEST(Crypto, CanonicalValues) {
  EXPECT_THAT(values("crypto", "pay 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2, now"), ElementsAre("btc:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"));
  EXPECT_THAT(values("crypto", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"), ElementsAre("btc:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"));
  EXPECT_THAT(values("crypto", "USDT: TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"), ElementsAre("tron:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"));
  EXPECT_THAT(values("crypto", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"), ElementsAre("eth:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"));
  EXPECT_EQ(search_text("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed")[0].confidence, Confidence::likely);
  EXPECT_THAT(values("crypto", "bitcoin:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2?amount=1"), ElementsAre("btc:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"));
  EXPECT_THAT(values("crypto", "888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H"),
              ElementsAre("xmr:888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H"));
}

TEST(Crypto, InvalidOnesAreNone) {
  for (const auto* text : {"1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3", "0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "x1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
                           "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2x", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae", "da39a3ee5e6b4b0d3255bfef95601890afd80709"}) {
    EXPECT_THAT(values("crypto", text), IsEmpty()) << text;
  }
}

TEST(Bank, BehindALabelOnly) {
  EXPECT_THAT(values("bic", "BIC: DEUTDEFF, swift code ECOCSNDA"), ElementsAre("DEUTDEFF", "ECOCSNDA"));
  EXPECT_THAT(values("bic", "DEUTDEFF NATIONAL"), IsEmpty());
  EXPECT_THAT(values("bank-account", "Account number: 0000014579"), ElementsAre("0000014579"));
  EXPECT_THAT(values("bank-account", "order 0000014579"), IsEmpty());
}

}  // namespace
}  // namespace evtriage::contacts
