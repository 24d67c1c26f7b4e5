// Google's location history: Records.json and Semantic Location History.
//
// Coordinates are whole numbers of ten-millionths of a degree, which only a reader of the format can tell from telephone
// numbers; some exports let negative ones overflow 32 bits.
// Tested by tests/extractors/phone/chat_json_test.cpp.
#include <array>
#include <charconv>
#include <cstdio>

#include "extractors/phone/chat_record.h"
#include "extractors/phone/chat_time.h"
#include "extractors/phone/mapped.h"
#include "pipeline/core/time.h"

namespace evtriage::phone {
namespace {

constexpr std::uint32_t none = JsonTree::none;
constexpr std::int64_t degree = 10'000'000, wrapped = std::int64_t{1} << 32;

// "-6.3654210"; empty if it is no place on earth.
std::string degrees(std::optional<std::int64_t> value, std::int64_t most) {
  if (!value) return {};
  std::int64_t e7 = *value;
  if (e7 > most * degree && e7 <= wrapped) e7 -= wrapped;
  if (e7 < -most * degree || e7 > most * degree) return {};
  const std::int64_t size = e7 < 0 ? -e7 : e7;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%s%d.%07d", e7 < 0 ? "-" : "", static_cast<int>(size / degree), static_cast<int>(size % degree));
  return text.data();
}

// Time of a member "timestamp" (RFC 3339) or "timestampMs".
std::optional<std::int64_t> time_member(JsonTree& record, const std::string& key, std::uint32_t object) {
  if (const std::uint32_t text = record.take_value(key, object); text != none) return time_in_words(record.text(text));
  const std::string milliseconds = record.take_text(key + "Ms", object);
  std::int64_t count = 0, ns = 0;
  const bool good = std::from_chars(milliseconds.data(), milliseconds.data() + milliseconds.size(), count).ec == std::errc();
  if (!good || __builtin_mul_overflow(count, 1'000'000, &ns)) return std::nullopt;
  return ns;
}

void append_times(JsonTree& record, ToldPlace& told) {
  std::string times;
  for (std::uint32_t i = 0; i < record.nodes().size(); ++i) {
    if (record.node(i).kind != JsonNode::Kind::object) continue;
    for (const char* key : {"timestamp", "startTimestamp", "endTimestamp"}) {
      const auto time = time_member(record, key, i);
      if (!time) continue;
      if (!told.time_ns) told.time_ns = time;
      times += (times.empty() ? "" : key == std::string_view("endTimestamp") ? " to " : ", ") + rfc3339(*time);
      if (i == 0 && key == std::string_view("timestamp")) return append_made(told.line, times, record.source(record.node(0)));  // the point's own
    }
  }
  append_made(told.line, times, record.source(record.node(0)));
}

}  // namespace

ToldPlace tell_place(JsonTree& record) {
  ToldPlace told;
  const ByteRange all = record.source(record.node(0));
  append_times(record, told);
  for (std::uint32_t i = 0; i < record.nodes().size(); ++i) {
    if (record.node(i).kind != JsonNode::Kind::object) continue;
    const std::uint32_t latitude = record.find("latitudeE7", i), longitude = record.find("longitudeE7", i);
    if (latitude == none || longitude == none) continue;
    const std::string north = degrees(record.integer(latitude), 90), east = degrees(record.integer(longitude), 180);
    if (north.empty() || east.empty()) continue;
    const bool accurate = record.integer(record.find("accuracy", i)).has_value();
    append_made(told.line, " " + north + ", " + east + (accurate ? " (accuracy " + record.text(record.find("accuracy", i)) + " m)" : ""),
                {record.source(record.node(latitude)).begin, record.source(record.node(longitude)).end});
  }
  tell_rest(record, told.line);
  if (!told.line.text.empty()) append_made(told.line, "\n", all);
  return told;
}

}  // namespace evtriage::phone
