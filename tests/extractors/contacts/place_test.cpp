// Coordinates: RFC 5870's examples, Open Location Code's published pairs, hand-computed degrees.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/extractors/contacts/found_in.h"

namespace evtriage::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Case {
  const char* text;
  const char* value;
};
const Case kCases[] = {
    {"20.9310, -17.0347", "20.931,-17.0347"},
    {"lat: 20.9310 lon: -17.0347", "20.931,-17.0347"},
    {"{\"latitude\":20.9310,\"longitude\":-17.0347}", "20.931,-17.0347"},
    {"20.9310° N, 17.0347° W", "20.931,-17.0347"},
    {"20.9310N 17.0347O", "20.931,-17.0347"},
    {"35°30'09\"N 12°36'20\"E", "35.5025,12.605556"},
    {"35° 30′ 09″ Nord, 12° 36′ 20″ Est", "35.5025,12.605556"},
    {"N 20° 55.86' W 17° 02.08'", "20.931,-17.034667"},
    {"20°55'51.6\"S 17°02'04.9\"O", "-20.931,-17.034694"},
    {"geo:13.4125,103.8667", "13.4125,103.8667"},
    {"geo:16.97,7.99", "16.97,7.99"},
    {"https://maps.google.com/?q=20.9310,-17.0347", "20.931,-17.0347"},
    {"https://www.google.com/maps/@20.9310,-17.0347,15z", "20.931,-17.0347"},
    {"https://www.google.com/maps/place/X/@20.9310,-17.0347,17z/data", "20.931,-17.0347"},
    {"https://maps.apple.com/?ll=20.9310%2C-17.0347&q=x", "20.931,-17.0347"},
    {"https://www.openstreetmap.org/#map=15/20.9310/-17.0347", "20.931,-17.0347"},
    {"position 16.97000,7.99000", "16.97,7.99"},
    {"8FVC9G8F+6X", "47.365562,8.524938"},
    {"7FG49Q00+", nullptr},
    {"1.5, 2.5", nullptr},
    {"95.12345, 10.12345", nullptr},
    {"2025.0612, 10", nullptr},
    {"0.12345 1.23456", nullptr},
    {"0.1234, 0.5678, 0.9012", nullptr},
    {"0.1234,0.5678", nullptr},
    {"9G8F+6X", nullptr},
    {"25° C, 30° F", nullptr},
    {"version 1.2345, 2.3456.7", nullptr}};

TEST(Place, EveryWriting) {
  for (const auto& c : kCases) {
    if (c.value == nullptr) {
      EXPECT_THAT(values("gps", c.text), IsEmpty()) << c.text;
    } else {
      EXPECT_THAT(values("gps", c.text), ElementsAre(c.value)) << c.text;
    }
  }
}

TEST(Place, ABarePairIsACandidate) {
  EXPECT_EQ(search_text("20.9310, -17.0347")[0].confidence, Confidence::candidate);
  EXPECT_EQ(search_text("GPS 20.9310, -17.0347")[0].confidence, Confidence::certain);
}

}  // namespace
}  // namespace evtriage::contacts
