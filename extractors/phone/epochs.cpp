// Doubles carry about microseconds at the counts of today, so no more than that is kept of them.
// Tested by tests/extractors/phone/epochs_test.cpp.
#include "extractors/phone/epochs.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace evtriage::phone {
namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t cocoa_begin = 978'307'200;       // 2001-01-01 in seconds since 1970
constexpr std::int64_t webkit_begin = -11'644'473'600;  // 1601-01-01

// `value` units of `unit` nanoseconds since `begin` (seconds).
std::optional<std::int64_t> counted(std::int64_t value, std::int64_t unit, std::int64_t begin) {
  std::int64_t ns = 0, sum = 0;
  if (begin == webkit_begin) {  // counts of today reach beyond 64 bits of nanoseconds since 1601
    if (__builtin_add_overflow(value, webkit_begin * (second / unit), &value)) return std::nullopt;
    begin = 0;
  }
  if (__builtin_mul_overflow(value, unit, &ns) || __builtin_add_overflow(ns, begin * second, &sum)) return std::nullopt;
  return sum;
}

std::optional<std::int64_t> counted(double value, std::int64_t unit, std::int64_t begin) {
  const double seconds = value * (static_cast<double>(unit) / 1e9);
  if (!std::isfinite(seconds) || std::fabs(seconds) > 9.2e9) return std::nullopt;
  const double whole = std::floor(seconds);
  const auto micros = static_cast<std::int64_t>(std::llround((seconds - whole) * 1e6));  // finer digits are noise of the double
  return counted(static_cast<std::int64_t>(whole) * 1'000'000 + micros, 1000, begin);
}

bool is_between(double value, double from, double to) { return value >= from && value <= to; }

template <class Number>
std::optional<std::int64_t> read(Number value, Epoch epoch) {
  const double size = std::fabs(static_cast<double>(value));
  switch (epoch) {
    case Epoch::unix_seconds: return counted(value, second, 0);
    case Epoch::unix_milliseconds: return counted(value, 1'000'000, 0);
    case Epoch::unix_microseconds: return counted(value, 1000, 0);
    case Epoch::unix_any: return counted(value, size < 1e11 ? second : size < 1e14 ? 1'000'000 : size < 1e17 ? 1000 : 1, 0);
    case Epoch::cocoa: return counted(value, second, cocoa_begin);
    case Epoch::cocoa_any: return counted(value, size < 1e11 ? second : 1, cocoa_begin);
    case Epoch::webkit: return counted(value, 1000, webkit_begin);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> time_of(const Cell& cell, Epoch epoch) {
  if (cell.kind == Cell::Kind::integer) return read(cell.integer, epoch);
  if (cell.kind == Cell::Kind::real) return read(cell.real, epoch);
  return std::nullopt;
}

TimeColumn time_column(std::string_view column) {
  std::string name(column);
  std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  constexpr std::string_view words[] = {"time", "date", "stamp", "created", "modified", "updated", "expire", "_at", "last_", "_ts", "sent", "received", "seen", "since"};
  const bool says_time = std::any_of(std::begin(words), std::end(words), [&](std::string_view word) { return name.find(word) != name.npos; });
  return {says_time && name.find("zone") == name.npos, column.starts_with('Z')};
}

std::optional<std::int64_t> guess_time(TimeColumn column, const Cell& cell) {
  if (!column.says_time || !cell.is_number()) return std::nullopt;
  const double value = cell.number();
  if (is_between(value, 1.2275e16, 1.575e16)) return time_of(cell, Epoch::webkit);
  if (is_between(value, 1e17, 9.9e17)) return time_of(cell, Epoch::cocoa_any);
  if (column.core_data && is_between(value, 1e7, 3.2e9)) return time_of(cell, Epoch::cocoa);
  for (const double unit : {1.0, 1e3, 1e6, 1e9}) {
    if (is_between(value, 631152000 * unit, 4102444800 * unit)) return time_of(cell, Epoch::unix_any);
  }
  return std::nullopt;
}

}  // namespace evtriage::phone
