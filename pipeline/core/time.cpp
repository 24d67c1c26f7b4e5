// RFC 3339 without the C library's calendar, which depends on zone and locale.  See time.h.
// Tested by tests/pipeline/core/time_test.cpp.
#include "pipeline/core/time.h"

#include <array>
#include <cstdio>

namespace evtriage {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kDay = 86'400;

struct Civil {
  std::int64_t year;
  unsigned month, day;
};

// Howard Hinnant's civil calendar: eras of 400 years that begin on 1 March.
Civil civil_from_days(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const auto doe = static_cast<unsigned>(days - era * 146'097);
  const unsigned yoe = (doe - doe / 1460 + doe / 36'524 - doe / 146'096) / 365;
  const unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const unsigned mp = (5 * doy + 2) / 153;
  const unsigned month = mp < 10 ? mp + 3 : mp - 9;
  return {static_cast<std::int64_t>(yoe) + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1};
}

unsigned days_in_month(std::int64_t year, unsigned month) {
  constexpr std::array<unsigned, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : days[month - 1];
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}
  bool number(unsigned digits, unsigned& value) {
    if (text_.size() < digits) return false;
    value = 0;
    for (unsigned i = 0; i < digits; ++i) {
      if (text_[i] < '0' || text_[i] > '9') return false;
      value = value * 10 + static_cast<unsigned>(text_[i] - '0');
    }
    text_.remove_prefix(digits);
    return true;
  }
  bool take(std::string_view any) {
    if (text_.empty() || any.find(text_[0]) == std::string_view::npos) return false;
    text_.remove_prefix(1);
    return true;
  }
  char peek() const { return text_.empty() ? '\0' : text_[0]; }
  bool done() const { return text_.empty(); }

 private:
  std::string_view text_;
};

bool scan_fraction(Scanner& in, std::int64_t& ns) {
  std::int64_t unit = kSecond;
  unsigned digit = 0, count = 0;
  while (in.number(1, digit)) {
    unit /= 10;
    ns += unit * digit;
    ++count;
  }
  return count > 0;
}

bool scan_offset(Scanner& in, std::int64_t& seconds) {
  if (in.take("Zz")) return true;
  const bool east = in.peek() == '+';
  unsigned hours = 0, minutes = 0;
  if (!in.take("+-") || !in.number(2, hours) || !in.take(":") || !in.number(2, minutes)) return false;
  if (hours > 23 || minutes > 59) return false;
  const std::int64_t offset = (hours * 60 + minutes) * 60;
  seconds += east ? -offset : offset;
  return true;
}

}  // namespace

std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day) {
  year -= month <= 2;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const auto yoe = static_cast<unsigned>(year - era * 400);
  const unsigned doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const unsigned doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146'097 + static_cast<std::int64_t>(doe) - 719'468;
}

std::string rfc3339(std::int64_t ns) {
  std::int64_t seconds = ns / kSecond, fraction = ns % kSecond;
  if (fraction < 0) {
    fraction += kSecond;
    --seconds;
  }
  std::int64_t days = seconds / kDay, rest = seconds % kDay;
  if (rest < 0) {
    rest += kDay;
    --days;
  }
  const Civil date = civil_from_days(days);
  char text[64];
  std::snprintf(text, sizeof text, "%04lld-%02u-%02uT%02d:%02d:%02d", static_cast<long long>(date.year), date.month,
                date.day, static_cast<int>(rest / 3600), static_cast<int>(rest / 60 % 60), static_cast<int>(rest % 60));
  std::string out = text;
  if (fraction != 0) {
    std::snprintf(text, sizeof text, ".%09lld", static_cast<long long>(fraction));
    out += text;
    while (out.back() == '0') out.pop_back();
  }
  return out + 'Z';
}

Result<std::int64_t> parse_rfc3339(std::string_view text) {
  const Error error{Code::corrupt, "not a time like 2026-01-15T10:00:00Z: " + std::string(text.substr(0, 40))};
  Scanner in(text);
  unsigned year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  if (!in.number(4, year) || !in.take("-") || !in.number(2, month) || !in.take("-") || !in.number(2, day) ||
      !in.take("Tt ") || !in.number(2, hour) || !in.take(":") || !in.number(2, minute) || !in.take(":") ||
      !in.number(2, second)) {
    return error;
  }
  std::int64_t ns = 0, seconds = 0;
  if (in.take(".") && !scan_fraction(in, ns)) return error;
  if (!scan_offset(in, seconds) || !in.done()) return error;
  if (month < 1 || month > 12 || day < 1 || day > days_in_month(year, month) || hour > 23 || minute > 59 ||
      second > 60 || year < 1678 || year > 2261) {
    return error;
  }
  seconds += days_from_civil(year, month, day) * kDay + hour * 3600 + minute * 60 + second;
  return seconds * kSecond + ns;
}

}  // namespace evtriage
