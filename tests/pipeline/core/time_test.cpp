// RFC 3339: known instants, all days of four centuries there and back, refusals.
#include "pipeline/core/time.h"

#include <gtest/gtest.h>

namespace evtriage {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

TEST(Time, PrintsKnownInstants) {  // values of `date -u -d @N +%FT%TZ`
  EXPECT_EQ(rfc3339(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(rfc3339(951'782'400 * kSecond), "2000-02-29T00:00:00Z");
  EXPECT_EQ(rfc3339(1'768'471'200 * kSecond), "2026-01-15T10:00:00Z");
  EXPECT_EQ(rfc3339(-2'147'483'648 * kSecond), "1901-12-13T20:45:52Z");
  EXPECT_EQ(rfc3339(4'294'967'296 * kSecond), "2106-02-07T06:28:16Z");
}

TEST(Time, FractionsAreAsPreciseAsTheSource) {
  EXPECT_EQ(rfc3339(500'000'000), "1970-01-01T00:00:00.5Z");
  EXPECT_EQ(rfc3339(1), "1970-01-01T00:00:00.000000001Z");
  EXPECT_EQ(rfc3339(-1), "1969-12-31T23:59:59.999999999Z");
}

TEST(Time, ParsesOffsetsAndFractions) {
  EXPECT_EQ(*parse_rfc3339("2026-01-15T11:00:00+01:00"), 1'768'471'200 * kSecond);
  EXPECT_EQ(*parse_rfc3339("2026-01-15t05:30:00.25-04:30"), 1'768'471'200 * kSecond + 250'000'000);
}

TEST(Time, EveryDayThereAndBack) {
  for (std::int64_t day = -100'000; day < 100'000; ++day) {
    const std::int64_t ns = (day * 86'400 + 12'345) * kSecond;
    ASSERT_EQ(*parse_rfc3339(rfc3339(ns)), ns) << day;
  }
}

TEST(Time, RefusesWhatIsNoTime) {
  for (const char* text : {"", "2026-01-15", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-01-15T10:00:00",
                           "2026-01-15T24:00:00Z", "2026-01-15T10:00:00Zx", "2026-01-15T10:00:00.Z",
                           "20260115T100000Z", "1600-01-01T00:00:00Z"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
}

}  // namespace
}  // namespace evtriage
