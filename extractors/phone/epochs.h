// Numbers as times: the epochs that applications on phones count from, all to nanoseconds since 1970 in UTC.
//
// Where the column's owner is known the epoch is known; guess_time is for tables that nobody knows and takes only what
// is plausible (1990 to 2100), because a wrong time is worse than a number.
// Tested by tests/extractors/phone/epochs_test.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "extractors/phone/sqlite_record.h"

namespace evtriage::phone {

enum class Epoch : std::uint8_t {
  unix_seconds, unix_milliseconds, unix_microseconds,
  unix_any,           // by size: seconds, milliseconds, microseconds or nanoseconds
  cocoa,              // since 2001-01-01: seconds, whole or not
  cocoa_any,          // seconds, or nanoseconds where the number is large (iOS 11 and later)
  webkit,             // microseconds since 1601-01-01 (Chrome)
};

// Nothing for what is no number or lies outside of what 64 bits of nanoseconds hold (1677 to 2262).
std::optional<std::int64_t> time_of(const Cell& cell, Epoch epoch);

// Does a column of this name hold times?  `core_data`: named as Core Data does, so that small numbers count from 2001.
struct TimeColumn {
  bool says_time = false, core_data = false;
};
TimeColumn time_column(std::string_view name);
std::optional<std::int64_t> guess_time(TimeColumn column, const Cell& cell);

}  // namespace evtriage::phone
