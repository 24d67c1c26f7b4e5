// Containers, ships, tickets, bookings, transfers, plates.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/extractors/contacts/found_in.h"

namespace evtriage::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Travel, Containers) {
  for (const auto* text : {"CSQU3054383", "container CSQU 305438 3", "CSQU-305438-3", "CSQU 3054383."}) EXPECT_THAT(values("container", text), ElementsAre("CSQU3054383")) << text;
  for (const auto* text : {"CSQU3054384", "CSQX3054383", "CSQU305438", "XCSQU3054383", "CSQU30543831"}) EXPECT_THAT(values("container", text), IsEmpty()) << text;
}

TEST(Travel, ShipsBehindALabel) {
  EXPECT_THAT(values("vessel", "IMO 9319466, MMSI: 663000123"), ElementsAre("imo:9319466", "mmsi:663000123"));
  EXPECT_EQ(search_text("MMSI 663000123")[0].country, "SN");
  for (const auto* text : {"IMO 9319467", "9319466", "MMSI 999123456", "MMSI 65412345", "MMSI 001234567"}) EXPECT_THAT(values("vessel", text), IsEmpty()) << text;
}

TEST(Travel, TicketsAndBookings) {
  EXPECT_THAT(values("eticket", "e-ticket 071-1234567890, billet: 1471234567890"), ElementsAre("0711234567890", "1471234567890"));
  EXPECT_THAT(values("eticket", "071-1234567890 1471234567890"), IsEmpty());
  EXPECT_THAT(values("pnr", "PNR: AB3X9Z. Booking reference QWERTY, référence de réservation : ZX12C5"), ElementsAre("AB3X9Z", "QWERTY", "ZX12C5"));
  EXPECT_THAT(values("pnr", "AB3X9Z QWERTY"), IsEmpty());
}

TEST(Travel, TransfersBehindALabel) {
  for (const auto* text : {"MTCN: 1234567890", "MTCN 123-456-7890", "MTCN: 123 456 7890", "Western Union 1234567890"}) EXPECT_THAT(values("mtcn", text), ElementsAre("1234567890")) << text;
  EXPECT_THAT(values("mtcn", "MoneyGram ref 12345678"), ElementsAre("12345678"));
  for (const auto* text : {"1234567890", "MTCN: 123456789", "European Union 1234567890"}) EXPECT_THAT(values("mtcn", text), IsEmpty()) << text;
}

TEST(Travel, PlatesBehindALabel) {
  EXPECT_THAT(values("plate", "plaque AA-123-BB"), ElementsAre("AA123BB"));
  EXPECT_THAT(values("plate", "Number plate: ABC-123DE, immatriculation 1234 HX 01"), ElementsAre("ABC123DE", "1234HX01"));
  EXPECT_THAT(values("plate", "immatriculée GR 1234-20"), ElementsAre("GR123420"));
  EXPECT_THAT(values("plate", "plaque AA-123-BB 35 km"), ElementsAre("AA123BB"));
  for (const auto* text : {"AA-123-BB", "plate 12345", "name plate No 5"}) EXPECT_THAT(values("plate", text), IsEmpty()) << text;
}

}  // namespace
}  // namespace evtriage::contacts
