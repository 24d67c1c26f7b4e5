// Cutting a text into units around its matches: lines are looked at only near a match, so a text without
// matches costs nothing here.
// Tested by tests/rules/engines_test.cpp.
#include "rules/unit.h"

#include <algorithm>

#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr std::size_t kFarthestHeader = 4000;  // bytes
constexpr std::size_t kBytesACharacter = 4;

std::size_t line_begin(std::string_view text, std::size_t at) {
  while (at > 0 && text[at - 1] != '\n') --at;
  return at;
}
std::string_view line_at(std::string_view text, std::size_t begin) {
  return text.substr(begin, std::min(text.find('\n', begin), text.size()) - begin);
}

class LineReader {
 public:
  explicit LineReader(std::string_view line) : rest_(line) {}
  bool digits(std::size_t least, std::size_t most) {
    std::size_t n = 0;
    while (n < rest_.size() && n < most && rest_[n] >= '0' && rest_[n] <= '9') ++n;
    rest_.remove_prefix(n);
    return n >= least;
  }
  bool one_of(std::string_view wanted) {
    if (rest_.empty() || wanted.find(rest_[0]) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool skip(std::string_view wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(wanted.size());
    return true;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

// The start of the n-th message before (after) the one that begins at `begin`; stops after 4000 bytes.
std::size_t messages_back(std::string_view text, std::size_t begin, unsigned n) {
  std::size_t at = begin;
  for (unsigned i = 0; i < n; ++i) {
    const auto before = at == 0 ? std::nullopt : chat_message_begin(text, at - 1);
    if (!before) break;
    at = *before;
  }
  return at;
}
std::size_t messages_forth(std::string_view text, std::size_t at, unsigned n) {
  const std::size_t limit = std::min(text.size() - at, kFarthestHeader) + at;
  unsigned seen = 0;
  while (at < limit) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) return text.size();
    at = end + 1;
    if (is_chat_line(line_at(text, at)) && ++seen > n) return at;
  }
  return ceil_char(text, std::min(at, text.size()));
}

unsigned messages_between(std::string_view text, std::size_t from, std::size_t to) {
  unsigned count = 0;
  while (from < to && count <= kNeighbourMessages) {
    const std::size_t end = text.find('\n', from);
    if (end == std::string_view::npos || end + 1 > to) break;
    from = end + 1;
    count += is_chat_line(line_at(text, from)) ? 1 : 0;
  }
  return count;
}

Place widened(std::string_view text, Place place) {
  const std::size_t reach = kNeighbourCharacters * kBytesACharacter;
  std::size_t begin = place.begin, end = place.end;
  for (std::size_t n = 0; begin > 0 && n < kNeighbourCharacters && place.begin - begin < reach; ++n)
    begin = floor_char(text, begin - 1);
  for (std::size_t n = 0; end < text.size() && n < kNeighbourCharacters; ++n) end = ceil_char(text, end + 1);
  return {begin, end};
}

}  // namespace

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

bool is_chat_line(std::string_view line) {
  LineReader in(line);
  in.skip("\xe2\x80\x8e");  // left-to-right mark, as one application writes it
  in.skip("[");
  if (!in.digits(1, 4) || !in.one_of("/.-") || !in.digits(1, 2) || !in.one_of("/.-") || !in.digits(1, 4)) return false;
  in.skip(",");
  in.skip(" at");
  if (!in.one_of(" T") || !in.digits(1, 2) || !in.one_of(":.h") || !in.digits(2, 2)) return false;
  if (in.one_of(":")) in.digits(2, 2);
  for (const auto half : {" AM", " PM", " am", " pm", "\xe2\x80\xaf" "AM", "\xe2\x80\xaf" "PM"}) in.skip(half);
  if (!in.skip("] ") && !in.skip(" - ")) return false;
  const std::size_t colon = in.rest().find(": ");
  return colon != std::string_view::npos && colon > 0 && colon <= 100;
}

std::optional<std::size_t> chat_message_begin(std::string_view text, std::size_t at) {
  const std::size_t start = at;
  while (true) {
    const std::size_t begin = line_begin(text, at);
    if (is_chat_line(line_at(text, begin))) return begin;
    if (begin == 0 || start - begin > kFarthestHeader) return std::nullopt;
    at = begin - 1;
  }
}

std::vector<Unit> cut_units(std::string_view text, const std::vector<Place>& matches, bool is_message) {
  std::vector<Unit> units;
  if (matches.empty()) return units;
  if (is_message && (text.size() <= kMessageCharacters || count_characters(text) <= kMessageCharacters)) {
    units.push_back({0, matches.size(), {0, text.size()}});
    return units;
  }
  struct Open {
    std::optional<std::size_t> message;  // of the last match
    std::size_t begin = 0, end = 0;
  } open;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    const auto [begin, end] = matches[i];
    const auto message = chat_message_begin(text, begin);
    bool joins = !units.empty() && message.has_value() == open.message.has_value();
    if (joins && begin > open.end) {
      if (message)
        joins = messages_between(text, *open.message, begin) <= kNeighbourMessages;
      else
        joins = begin - open.end <= kNeighbourCharacters * kBytesACharacter &&
                count_characters(text.substr(open.end, begin - open.end)) <= kNeighbourCharacters;
    }
    if (joins && end - open.begin > kUnitCharacters)
      joins = count_characters(text.substr(open.begin, end - open.begin)) <= kUnitCharacters;
    if (joins) {
      units.back().last = i + 1;
      open = {message, open.begin, std::max(open.end, end)};
    } else {
      units.push_back({i, i + 1, {}});
      open = {message, begin, end};
    }
    Place& reach = units.back().reach;
    if (message)
      reach = {messages_back(text, *chat_message_begin(text, open.begin), kNeighbourMessages),
               messages_forth(text, open.end, kNeighbourMessages)};
    else
      reach = widened(text, {open.begin, open.end});
  }
  return units;
}

}  // namespace evtriage
