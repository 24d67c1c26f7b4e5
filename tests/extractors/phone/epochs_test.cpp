// Times of every epoch, worked out with GNU date and python's datetime.
#include "extractors/phone/epochs.h"

#include <gtest/gtest.h>

#include "pipeline/core/time.h"

namespace evtriage::phone {
namespace {

Cell whole(std::int64_t value) {
  Cell cell;
  cell.kind = Cell::Kind::integer;
  cell.integer = value;
  return cell;
}
Cell real(double value) {
  Cell cell;
  cell.kind = Cell::Kind::real;
  cell.real = value;
  return cell;
}
std::string told(const Cell& cell, Epoch epoch) {
  const auto time = time_of(cell, epoch);
  return time ? rfc3339(*time) : "none";
}

TEST(Epochs, EachCountsFromItsOwn) {
  EXPECT_EQ(told(whole(1700000000), Epoch::unix_seconds), "2023-11-14T22:13:20Z");
  EXPECT_EQ(told(whole(1700000000123), Epoch::unix_milliseconds), "2023-11-14T22:13:20.123Z");
  EXPECT_EQ(told(whole(1700000000123456), Epoch::unix_microseconds), "2023-11-14T22:13:20.123456Z");
  EXPECT_EQ(told(whole(1700000000123456789), Epoch::unix_any), "2023-11-14T22:13:20.123456789Z");
  EXPECT_EQ(told(whole(1700000000), Epoch::unix_any), "2023-11-14T22:13:20Z");
  EXPECT_EQ(told(real(721692800.5), Epoch::cocoa), "2023-11-14T22:13:20.5Z");
  EXPECT_EQ(told(whole(721692800), Epoch::cocoa_any), "2023-11-14T22:13:20Z");
  EXPECT_EQ(told(whole(721692800000000000), Epoch::cocoa_any), "2023-11-14T22:13:20Z");
  EXPECT_EQ(told(whole(13344473600000000), Epoch::webkit), "2023-11-14T22:13:20Z");
}

TEST(Epochs, BeforeNineteenSeventyAndFarAhead) {
  EXPECT_EQ(told(whole(-86400), Epoch::unix_seconds), "1969-12-31T00:00:00Z");
  EXPECT_EQ(told(whole(-1), Epoch::unix_milliseconds), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(told(whole(-978307201), Epoch::cocoa), "1969-12-31T23:59:59Z");
  EXPECT_EQ(told(whole(4102444800), Epoch::unix_seconds), "2100-01-01T00:00:00Z");
}

TEST(Epochs, WhatNoClockCanShowIsNoTime) {
  EXPECT_EQ(told(whole(INT64_MAX), Epoch::unix_seconds), "none");
  EXPECT_EQ(told(whole(INT64_MIN), Epoch::webkit), "none");
  EXPECT_EQ(told(real(1e300), Epoch::cocoa), "none");
  EXPECT_EQ(told(Cell(), Epoch::unix_seconds), "none");
}

TEST(Epochs, GuessesNeedAName) {
  EXPECT_TRUE(guess_time(time_column("received_timestamp"), whole(1700000000)));
  EXPECT_TRUE(guess_time(time_column("ZMESSAGEDATE"), real(721692800)));
  EXPECT_FALSE(guess_time(time_column("number"), whole(1700000000)));
  EXPECT_FALSE(guess_time(time_column("date"), whole(17)));
}

}  // namespace
}  // namespace evtriage::phone
