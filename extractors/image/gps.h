// Positions and dates of Exif and XMP as values.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// No floating point reaches a text: degrees are rounded to millionths as integers.
// Tested by tests/extractors/image/gps_test.cpp.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace evtriage {

struct Fraction {
  std::uint32_t over = 0, under = 0;
};
struct Angle {                        // Exif GPSLatitude and GPSLatitudeRef
  std::array<Fraction, 3> parts;      // degrees, minutes, seconds; a part of 0/0 counts as 0 unless it is the first
  char reference = 0;                 // N, S, E, W in either case
};

// Millionths of a degree, north and east positive; nullopt if it is no place on Earth.
std::optional<std::int64_t> micro_degrees(const Angle& angle, bool is_latitude);
// XMP: "5,33.123N" or "5,33,7S".
std::optional<std::int64_t> micro_degrees(std::string_view xmp, bool is_latitude);

std::string position_text(std::int64_t latitude, std::int64_t longitude);  // "5.552050,-0.196901"

// "2026:01:15 11:00:00" with its zone ("+01:00", may be empty) as RFC 3339: UTC if there is a zone, else local time
// without one; empty if it is no date.
std::string exif_date(std::string_view date, std::string_view zone);

}  // namespace evtriage
