// RE2 patterns of packs: folded like the text, with a bound on their length and a literal to look for first.
//
// A pattern is written as people write, blanks and accents and Arabic letters too:
//   a blank or punctuation  -> 1 to 4 bytes that are no letter or digit
//   é ب                     -> what the fold makes of them; several letters become one group
// Refused: * + {n,} (no bound), look-around, back references, letters of several bytes in [ ],
// capitals in escapes other than \b \B \d \D \w \W \s \S.
// Tested by tests/rules/pattern_test.cpp.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/result.h"

namespace re2 {
class RE2;
}

namespace evtriage {

constexpr std::uint32_t kMaxPatternBytes = 200;  // longest text that a pattern may match

struct Pattern {
  std::string expression;             // over folded text, Latin-1
  std::uint32_t longest = 0;          // bytes of the longest match
  std::vector<std::string> stems;     // every match holds a word that begins with one of them; empty: none known
  std::shared_ptr<const re2::RE2> compiled;
};

// An Error (Code::corrupt) says what is wrong.
Result<Pattern> compile_pattern(std::string_view source);

// An amount with a currency; an age from 5 to `under` - 1 beside a year word.
Pattern money_pattern();
Pattern age_pattern(unsigned under);

inline std::string joined(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const auto part : parts) out += part;
  return out;
}

struct PatternMatch {
  std::uint32_t begin = 0, end = 0;
  auto operator<=>(const PatternMatch&) const = default;
};
// Every match that begins in [from, to): the longest at each start.  Appends, sorted by start.
void find_pattern(const Pattern& pattern, std::string_view folded, std::uint32_t from, std::uint32_t to,
                  std::vector<PatternMatch>& out);
// Leaves only matches that lie in no other one.  Sorts.
void keep_outermost(std::vector<PatternMatch>& matches);

}  // namespace evtriage
