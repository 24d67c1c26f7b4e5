// IMEI, IMSI, ICCID: vectors of python-stdnum, the others with check digits computed apart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/extractors/contacts/found_in.h"

namespace evtriage::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Imei, Writings) {
  for (const auto* text : {"IMEI: 354178036859789", "IMEI 35-417803-685978-9", "IMEI1=35 417803 685978 9", "imei\t354178036859789"}) {
    const auto found = search_text(text);
    ASSERT_EQ(found.size(), 1u) << text;
    EXPECT_EQ(found[0].type, "imei");
    EXPECT_EQ(found[0].value, "354178036859789");
  }
  EXPECT_EQ(search_text("354178036859789")[0].confidence, Confidence::candidate);
  EXPECT_EQ(search_text("IMEI 490154203237518")[0].confidence, Confidence::certain);
  EXPECT_THAT(values("imei", "IMEI: 3568680000414120"), ElementsAre("3568680000414120"));
}

TEST(Imei, FalseFriends) {
  for (const auto* text : {"IMEI: 354178036859781", "490154203237518", "35417803685978", "3541780368597891", "x354178036859789", "000000000000000"}) {
    EXPECT_THAT(values("imei", text), IsEmpty()) << text;
  }
}

TEST(Imsi, NeedsItsLabel) {
  const auto found = search_text("IMSI: 608011234567890");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].type, "imsi");
  EXPECT_EQ(found[0].country, "SN");
  EXPECT_THAT(values("imsi", "imsi 621301234567890"), ElementsAre("621301234567890"));
  EXPECT_THAT(values("imsi", "imsi 429011234567890"), ElementsAre("429011234567890"));
  for (const auto* text : {"608011234567890", "IMSI: 6080112345678901", "IMSI 439011234567890", "IMSI: 60801ABC"}) EXPECT_THAT(values("imsi", text), IsEmpty()) << text;
}

TEST(Iccid, Writings) {
  for (const auto* text : {"8922101000000000013", "ICCID: 8922101000000000013", "8922 1010 0000 0000 013", "carte SIM n° 8922101000000000013"}) {
    EXPECT_THAT(values("iccid", text), ElementsAre("8922101000000000013")) << text;
  }
  EXPECT_EQ(search_text("8923402000000123454")[0].country, "NG");
  for (const auto* text : {"8922101000000000012", "8923402000000123455", "8922901000000055550", "892210100000000001"}) EXPECT_THAT(values("iccid", text), IsEmpty()) << text;
}

}  // namespace
}  // namespace evtriage::contacts
