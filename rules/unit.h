// Units of judgement: which matches are read together.
//
//   message       a segment that is one message of at most 4000 characters
//   chat          lines of an exported chat: messages with matches, and two messages to each side
//   running text  matches at most 400 characters apart, at most 2000 characters in all
// Tested by tests/rules/unit_test.cpp.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace evtriage {

constexpr std::size_t kMessageCharacters = 4000;
constexpr std::size_t kNeighbourCharacters = 400;
constexpr std::size_t kUnitCharacters = 2000;
constexpr unsigned kNeighbourMessages = 2;
constexpr std::size_t kShortTextBytes = 1'500;  // about a note or a letter of one page
constexpr std::size_t kLongTextBytes = 12'000;  // about six pages: longer than a message in any script

struct Place {  // byte offsets in the original text
  std::size_t begin = 0, end = 0;
};
struct Unit {
  std::size_t first = 0, last = 0;  // matches [first, last)
  Place reach;                      // where words for and against count
};

// `matches` sorted by begin.  `text`: valid UTF-8.
std::vector<Unit> cut_units(std::string_view text, const std::vector<Place>& matches, bool is_message);

// Does a message of an exported chat begin with this line?
//   "15/01/2026, 10:05 - Name: text"   "[15/01/26 10:05:33] Name: text"
bool is_chat_line(std::string_view line);

// Where the chat message that holds `at` begins; nothing if no header stands within 4000 bytes before it.
std::optional<std::size_t> chat_message_begin(std::string_view text, std::size_t at);

// Characters in valid UTF-8.
std::size_t count_characters(std::string_view text);

}  // namespace evtriage
