// Google's location history (Records.json, Semantic Location History), and times as exports write them.
//
// Coordinates are whole numbers of ten-millionths of a degree, which only a reader of the format can tell from telephone
// numbers; some exports let negative ones overflow 32 bits.
// Tested by tests/extractors/phone/chat_json_test.cpp.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "extractors/phone/chat_record.h"
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

unsigned month_named(std::string_view word) {
  constexpr std::array<std::string_view, 12> months = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
  for (unsigned i = 0; i < months.size(); ++i) {
    if (word.size() >= 3 && months[i].starts_with(word)) return i + 1;
  }
  return 0;
}

std::optional<std::int64_t> from_parts(std::int64_t year, unsigned month, unsigned day, const std::array<unsigned, 3>& clock) {
  if (year < 1700 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31 || clock[0] > 24 || clock[1] > 59 || clock[2] > 60) return std::nullopt;
  return ((days_from_civil(year, month, day) * 24 + clock[0]) * 3600 + clock[1] * 60 + clock[2]) * 1'000'000'000;
}

// "22:13:20" or "22:13" at the beginning.
bool read_clock(std::string_view text, std::array<unsigned, 3>& clock) {
  std::size_t at = 0;
  for (unsigned i = 0; i < 3; ++i) {
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), clock[i]);
    if (error != std::errc()) return i == 2;
    at = static_cast<std::size_t>(end - text.data());
    if (at == text.size() || text[at] != ':') return i >= 1;
    ++at;
  }
  return true;
}

}  // namespace

std::optional<std::int64_t> time_in_words(std::string_view text) {
  std::string whole(text.substr(0, 100));
  if (whole.size() >= 19 && whole[4] == '-' && whole[7] == '-') {  // 2023-11-14T22:13:20, with or without what follows
    if (const auto time = parse_rfc3339(whole)) return *time;
    whole.resize(19);
    whole[10] = 'T';
    if (const auto time = parse_rfc3339(whole + "Z")) return *time;
    return std::nullopt;
  }
  std::int64_t year = 0;
  unsigned month = 0, day = 0;
  std::array<unsigned, 3> clock{};
  bool afternoon = false, half = false, timed = false;
  for (std::size_t at = 0; at < whole.size();) {
    const std::size_t end = std::min(whole.find_first_of(" ,\xe2\x80\xaf", at), whole.size());  // a narrow blank stands before PM
    const std::string_view word = std::string_view(whole).substr(at, end - at);
    at = end + 1;
    unsigned number = 0;
    const auto parsed = std::from_chars(word.data(), word.data() + word.size(), number);
    if (word == "AM" || word == "PM") half = true, afternoon = word == "PM";
    else if (word.find(':') != word.npos) timed = read_clock(word, clock);
    else if (parsed.ec != std::errc() || parsed.ptr != word.data() + word.size()) month = month == 0 ? month_named(word) : month;
    else if (number > 31) year = number;
    else day = number;
  }
  if (half) clock[0] = clock[0] % 12 + (afternoon ? 12 : 0);
  return timed ? from_parts(year, month, day, clock) : std::nullopt;
}

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
