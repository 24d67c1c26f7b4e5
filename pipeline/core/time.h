// Times as the contract writes them: RFC 3339, UTC, as precise as the source.
// A time is a count of nanoseconds since 1970-01-01T00:00:00Z (1677 to 2262).
// Nobody reads the clock here: see clock.h.  Tested by tests/pipeline/core/time_test.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/core/result.h"

namespace evtriage {

// "2026-01-15T10:00:00Z", with a fraction only where there is one and without trailing zeros.
std::string rfc3339(std::int64_t ns);

// The inverse; accepts any offset ("+01:00") and "z"; Code::corrupt says what is expected.
Result<std::int64_t> parse_rfc3339(std::string_view text);

// Days since 1970-01-01 of a date of the proleptic Gregorian calendar.
std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day);

}  // namespace evtriage
