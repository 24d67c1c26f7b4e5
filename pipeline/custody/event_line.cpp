// Making and checking a line of the custody log.  `prev` chains lines, `digest` lets a single line that was
// printed or mailed be checked alone.
// Tested by tests/pipeline/custody/event_line_test.cpp.
#include "pipeline/custody/event_line.h"

#include <algorithm>

#include "pipeline/core/text.h"
#include "pipeline/core/time.h"

namespace evtriage {
namespace {

JsonValue text_value(std::string text) {
  JsonValue value;
  value.text = std::move(text);
  return value;
}

// What is not UTF-8 would be replaced when written and differ when read: it is made printable before.
std::string clean(std::string_view text) { return is_valid_utf8(text) ? std::string(text) : printable(text); }

Error differs(std::uint64_t seq, const std::string& what) {
  return {Code::corrupt, "custody.jsonl: line " + std::to_string(seq) + " " + what};
}

}  // namespace

Result<std::string> event_line(const Event& event, std::uint64_t seq, std::string_view prev, std::int64_t now_ns) {
  JsonValue line, number;
  line.kind = JsonValue::Kind::object;
  number.kind = JsonValue::Kind::number;
  number.number = seq;
  auto& members = line.members;
  members.push_back({"action", text_value(clean(event.action))});
  members.push_back({"prev", text_value(std::string(prev))});
  members.push_back({"seq", number});
  members.push_back({"time", text_value(rfc3339(now_ns))});
  for (const auto& [name, value] : event.fields) members.push_back({clean(name), text_value(clean(value))});
  const auto before = [](const auto& a, const auto& b) { return a.name < b.name; };
  const auto same = [](const auto& a, const auto& b) { return a.name == b.name; };
  std::sort(members.begin(), members.end(), before);
  if (std::adjacent_find(members.begin(), members.end(), same) != members.end() || line.find("digest") != nullptr) {
    return Error{Code::internal, "an event of the custody log names a field twice"};
  }
  members.push_back({"digest", text_value(hex(sha256(write_canonical(line))))});
  std::sort(members.begin(), members.end(), before);
  return write_canonical(line);
}

Result<JsonValue> check_event_line(std::string_view line, std::uint64_t seq, std::string_view prev) {
  auto value = read_canonical(line);
  if (!value || value->kind != JsonValue::Kind::object) return differs(seq, "is not canonical JSON");
  const JsonValue* number = value->find("seq");
  if (number == nullptr || number->kind != JsonValue::Kind::number || number->number != seq) {
    return differs(seq, "does not carry its number (a line is missing, moved, repeated or added)");
  }
  if (value->text_of("prev") != prev) return differs(seq, "does not follow the line before it");
  JsonValue rest = *value;
  std::erase_if(rest.members, [](const auto& member) { return member.name == "digest"; });
  if (value->text_of("digest") != hex(sha256(write_canonical(rest)))) return differs(seq, "has another digest than its own");
  return value;
}

}  // namespace evtriage
