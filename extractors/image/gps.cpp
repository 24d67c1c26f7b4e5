// Positions and dates (CIPA DC-008 4.6.6, 4.6.5; ISO 16684-1 GPSCoordinate).
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/image/gps_test.cpp.
#include "extractors/image/gps.h"

#include <charconv>
#include <cmath>

#include "pipeline/core/time.h"

namespace evtriage {
namespace {

std::optional<std::int64_t> signed_degrees(double degrees, char reference, bool is_latitude) {
  const char upper = static_cast<char>(reference & ~0x20);
  const bool known = is_latitude ? upper == 'N' || upper == 'S' : upper == 'E' || upper == 'W';
  if (!known || !(degrees >= 0) || degrees > (is_latitude ? 90 : 180)) return std::nullopt;
  const auto micro = static_cast<std::int64_t>(std::llround(degrees * 1e6));
  return upper == 'S' || upper == 'W' ? -micro : micro;
}

// The number at the start of `text`, which it leaves.
std::optional<double> number(std::string_view& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

void append_degrees(std::string& out, std::int64_t micro) {
  const std::uint64_t size = micro < 0 ? 0 - static_cast<std::uint64_t>(micro) : static_cast<std::uint64_t>(micro);
  const std::string rest = std::to_string(size % 1'000'000);
  out += (micro < 0 ? "-" : "") + std::to_string(size / 1'000'000) + "." + std::string(6 - rest.size(), '0') + rest;
}

}  // namespace

std::optional<std::int64_t> micro_degrees(const Angle& angle, bool is_latitude) {
  double degrees = 0, unit = 1;
  for (const Fraction& part : angle.parts) {
    if (part.under == 0 && (unit == 1 || part.over != 0)) return std::nullopt;
    if (part.under != 0) degrees += static_cast<double>(part.over) / part.under / unit;
    unit *= 60;
  }
  return signed_degrees(degrees, angle.reference, is_latitude);
}

std::optional<std::int64_t> micro_degrees(std::string_view xmp, bool is_latitude) {
  double degrees = 0, unit = 1;
  while (unit <= 3600) {
    const auto value = number(xmp);
    if (!value) return std::nullopt;
    degrees += *value / unit;
    unit *= 60;
    if (!xmp.starts_with(',')) break;
    xmp.remove_prefix(1);
  }
  return xmp.size() == 1 ? signed_degrees(degrees, xmp.front(), is_latitude) : std::nullopt;
}

std::string position_text(std::int64_t latitude, std::int64_t longitude) {
  std::string out;
  append_degrees(out, latitude);
  out += ",";
  append_degrees(out, longitude);
  return out;
}

std::string exif_date(std::string_view date, std::string_view zone) {
  std::string text(date.substr(0, 19));
  if (text.size() != 19 || text[4] != ':' || text[7] != ':' || text[10] != ' ') return {};
  text[4] = text[7] = '-';
  text[10] = 'T';
  const std::string with_zone = text + (zone.empty() ? "Z" : std::string(zone));
  const auto ns = parse_rfc3339(with_zone);
  if (!ns) return zone.empty() ? std::string() : exif_date(date, "");
  std::string out = rfc3339(*ns);
  if (zone.empty()) out.pop_back();
  return out;
}

}  // namespace evtriage
