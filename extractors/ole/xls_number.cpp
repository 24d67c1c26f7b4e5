// Numbers and dates without locale and without printf.
// Tested by tests/extractors/ole/xls_test.cpp.
#include "extractors/ole/xls_number.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>

#include "pipeline/core/time.h"

namespace evtriage::ole {

std::string number_text(double value) {
  if (!std::isfinite(value)) return "#NUM!";
  std::array<char, 64> buffer;
  const double size = std::fabs(value);
  const bool plain = size == 0 || (size < 1e15 && size >= 1e-5);
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, plain ? std::chars_format::fixed : std::chars_format::scientific);
  return end.ec == std::errc() ? std::string(buffer.data(), end.ptr) : std::string();
}

double rk_number(std::uint32_t rk) {
  const bool hundredth = (rk & 1) != 0, integer = (rk & 2) != 0;
  const double value = integer ? static_cast<double>(static_cast<std::int32_t>(rk) >> 2) : std::bit_cast<double>(std::uint64_t{rk & 0xfffffffc} << 32);
  return hundredth ? value / 100 : value;
}

std::string date_text(double serial, bool from_1904) {
  if (!std::isfinite(serial) || serial < 0 || serial >= 2'958'466) return {};  // 9999-12-31
  auto days = static_cast<std::int64_t>(serial);
  auto seconds = static_cast<std::int64_t>((serial - static_cast<double>(days)) * 86400 + 0.5);
  if (seconds == 86400) {
    ++days;
    seconds = 0;
  }
  const std::int64_t epoch = from_1904 ? days_from_civil(1904, 1, 1) : days_from_civil(1899, 12, days < 60 ? 31 : 30);
  const std::int64_t unix_days = epoch + days;
  if (unix_days >= 106'000) return {};  // beyond what nanoseconds hold
  const std::string text = rfc3339((unix_days * 86400 + seconds) * 1'000'000'000);
  const std::string date = text.substr(0, 10);
  std::string time = text.substr(11, 8);
  if (serial < 1 && !from_1904) return time;
  return seconds == 0 ? date : date + " " + time;
}

bool is_date_format(unsigned index) {
  return (index >= 14 && index <= 22) || (index >= 27 && index <= 36) || (index >= 45 && index <= 47) || (index >= 50 && index <= 58);
}

bool is_date_format(std::string_view format) {
  bool quoted = false, bracket = false;
  for (std::size_t i = 0; i < format.size(); ++i) {
    const char c = format[i];
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '[') {
      bracket = true;
    } else if (c == ']') {
      bracket = false;
    } else if (c == ';') {
      return false;
    } else if (!bracket && std::string_view("ymdhsYMDHS").find(c) != std::string_view::npos && !format.substr(i).starts_with("General")) {
      return true;
    }
  }
  return false;
}

}  // namespace evtriage::ole
