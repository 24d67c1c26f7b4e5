// One line of custody.jsonl.  Grammar: README.md of this folder.
// Tested by tests/pipeline/custody/event_line_test.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/custody/canonical_json.h"
#include "pipeline/custody/custody.h"

namespace evtriage {

inline constexpr std::string_view first_prev = "0000000000000000000000000000000000000000000000000000000000000000";

// Without LF.  Error (internal): a field's name is one of the log's own or stands twice.
Result<std::string> event_line(const Event& event, std::uint64_t seq, std::string_view prev, std::int64_t now_ns);

// Checks form, digest, number and link of a line.  Error (corrupt) says what differs.
Result<JsonValue> check_event_line(std::string_view line, std::uint64_t seq, std::string_view prev);

}  // namespace evtriage
