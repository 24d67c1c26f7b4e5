// Times as exports write them for people.
// Tested by tests/extractors/phone/chat_json_test.cpp and chat_html_test.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace evtriage::phone {

// Nanoseconds since 1970 in UTC; a time that names no offset is taken as UTC.  Nothing if it is no time of a known form:
//   2023-11-14 22:13:20 UTC, RFC 3339, 14.11.2023 23:14:20 UTC+01:00, Tuesday, November 14, 2023 at 10:13:20 PM UTC,
//   Nov 14, 2023 10:13:20 pm, 14 nov. 2023 22:13 (months in English, French, Portuguese, Spanish)
std::optional<std::int64_t> time_in_words(std::string_view text);

}  // namespace evtriage::phone
