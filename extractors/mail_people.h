// Addresses and dates of header fields (RFC 5322 sections 3.3, 3.4 and 4.3), as forgiving as mail programs are.
// Linear and without recursion: libraries that recurse into groups in groups can be brought down by one field.
// Tested by tests/extractors/mail_people_test.cpp, python3's email.utils as judge.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace evtriage {

// Bare addresses ("ama@example.org") in the order of the field, groups opened; valid UTF-8.
std::vector<std::string> addresses_of(std::string_view raw_value);

// Nanoseconds since 1970, UTC; a date without a zone, or with an unknown one, is taken for UTC.
std::optional<std::int64_t> date_of(std::string_view raw_value);

}  // namespace evtriage
