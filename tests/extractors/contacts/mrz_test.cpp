// Machine-readable zones: the specimens of ICAO Doc 9303 parts 4 to 7, each digit broken in turn.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "extractors/contacts/explain.h"
#include "tests/extractors/contacts/found_in.h"

namespace evtriage::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kPassport1 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<";
const std::string kPassport2 = "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
const std::string kCard1 = "I<UTOD231458907<<<<<<<<<<<<<<<", kCard2 = "7408122F1204159UTO<<<<<<<<<<<6", kCard3 = "ERIKSSON<<ANNA<MARIA<<<<<<<<<<";
const std::string kSmall1 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", kSmall2 = "D231458907UTO7408122F1204159<<<<<<<6";
const std::string kVisaA1 = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", kVisaA2 = "L8988901C4XXX4009078F96121096ZE184226B<<<<<<";
const std::string kVisaB1 = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", kVisaB2 = "L8988901C4XXX4009078F9612109<<<<<<<<";

TEST(Mrz, EveryFormat) {
  const std::vector<std::vector<std::string>> zones = {{kPassport1, kPassport2}, {kCard1, kCard2, kCard3}, {kSmall1, kSmall2}, {kVisaA1, kVisaA2}, {kVisaB1, kVisaB2}};
  for (const auto& lines : zones) {
    for (const auto* gap : {"\n", "\r\n", " / ", " "}) {
      std::string text = "scan:\n" + lines[0], value = lines[0];
      for (std::size_t i = 1; i < lines.size(); ++i) {
        text += gap + lines[i];
        value += ' ' + lines[i];
      }
      text += "\nend";
      EXPECT_THAT(values("mrz", text), ElementsAre(value));
    }
  }
}

TEST(Mrz, GivesNumberAndName) {
  const auto found = search_text(kPassport1 + "\n" + kPassport2);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].type, "document-number");
  EXPECT_EQ(found[0].value, "L898902C3");
  EXPECT_EQ(found[0].label, "ERIKSSON ANNA MARIA");
  EXPECT_EQ(found[1].confidence, Confidence::certain);
  const auto senegal = search_text("P<SENDIALLO<<AMINATA<<<<<<<<<<<<<<<<<<<<<<<<\nA012345678SEN9203147F29010192920314012345<48");
  ASSERT_EQ(senegal.size(), 2u);
  EXPECT_EQ(senegal[0].country, "SN");
  EXPECT_THAT(values("document-number", "P<GHADIALLO<<AMINATA<<<<<<<<<<<<<<<<<<<<<<<<\nG1234567<8GHA9907227F3107221<<<<<<<<<<<<<<06"), ElementsAre("G1234567"));
}

TEST(Mrz, AWrongDigitIsNeverCertain) {
  for (const std::size_t at : {9u, 19u, 27u, 42u, 0u, 14u, 22u}) {
    std::string two = kPassport2;
    two[at] = two[at] == '7' ? '4' : '7';
    EXPECT_THAT(values("mrz", kPassport1 + "\n" + two), IsEmpty()) << at;
  }
  std::string two = kPassport2;
  two[43] = '1';
  const auto found = search_text(kPassport1 + "\n" + two);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[1].confidence, Confidence::likely);
  EXPECT_THAT(values("mrz", kCard1 + "\n7408123F1204159UTO<<<<<<<<<<<6\n" + kCard3), IsEmpty());
  EXPECT_THAT(values("mrz", kSmall1 + "\nD231458907UTO7408122F1204150<<<<<<<6"), IsEmpty());
  EXPECT_THAT(values("mrz", kPassport1 + "\n" + kPassport2.substr(1)), IsEmpty());
}

TEST(Mrz, LettersReadForDigitsAreMended) {
  std::string two = kPassport2;
  two[13 + 2] = 'O';  // 74O8122 for 7408122
  EXPECT_THAT(values("mrz", kPassport1 + "\n" + two), ElementsAre(kPassport1 + ' ' + kPassport2));
}

TEST(Mrz, ExplainTellsEachDigit) {
  const auto said = explain_contacts(kPassport1 + "\n" + kPassport2.substr(0, 43) + "1", {});
  EXPECT_NE(said.find("TD3: number digit holds, birth digit holds, expiry digit holds, optional digit holds, composite digit WRONG"), std::string::npos) << said;
}

TEST(Mrz, FalseFriends) {
  for (const auto* text : {"std::cout << A << B << C", "A<<B", "cat <<EOF", "P<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nP<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<"}) {
    EXPECT_THAT(values("mrz", text), IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace evtriage::contacts
