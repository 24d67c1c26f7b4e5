// Lines of a keyword list to a pack, so that keywords go through the same matcher as rules.
// Tested by tests/rules/pack_test.cpp.
#include "rules/keywords.h"

#include <set>

#include "pipeline/core/text.h"
#include "rules/fold.h"

namespace evtriage {
namespace {

constexpr unsigned kKeywordWeight = 4;

std::string trimmed(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return std::string(line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1));
}

// Signs with a meaning in word lists are blanks here, but a star behind a letter.
std::string as_entry(std::string_view keyword) {
  std::string out;
  for (std::size_t i = 0; i < keyword.size(); ++i) {
    const char c = keyword[i];
    const bool ends_word = i + 1 == keyword.size() || keyword[i + 1] == ' ';
    const bool is_star = c == '*' && ends_word && i > 0 && keyword[i - 1] != ' ';
    out += std::string_view("/()=*").find(c) == std::string_view::npos || is_star ? c : ' ';
  }
  return out;
}

RuleText rule_of(const std::string& keyword, const std::string& entry, unsigned line) {
  RuleText rule;
  rule.id = std::string("keyword:").append(keyword);
  rule.version = 1;
  rule.category = "keyword";
  rule.weight = kKeywordWeight;
  rule.status = "stable";
  rule.line = line;
  rule.when = Condition{Condition::Kind::phrase, entry, 0, false, {}, line};
  for (const char* language : {"en", "fr", "pt", "ar"}) rule.title.emplace_back(language, keyword);
  return rule;
}

}  // namespace

Pack keyword_pack(const std::vector<PackSource>& lists, Problems& problems) {
  Pack pack;
  pack.id = "keywords";
  pack.version = "1";
  std::set<std::string> seen;
  for (const PackSource& list : lists) {
    pack.file = list.name;
    std::string_view rest = list.bytes;
    if (rest.starts_with("\xef\xbb\xbf")) rest.remove_prefix(3);
    for (unsigned number = 1; !rest.empty(); ++number) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string keyword = trimmed(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (keyword.empty()) continue;
      if (!is_valid_utf8(keyword)) {
        problems.push_back({list.name, number, false, "this line is not UTF-8", "save the list as UTF-8"});
        continue;
      }
      const std::string entry = as_entry(keyword);
      if (fold(entry).find_first_not_of(" .!?;$\n*") == std::string::npos) {
        problems.push_back({list.name, number, false, "this line holds no letter or digit", "take it out"});
        continue;
      }
      if (seen.insert(fold(keyword)).second) pack.rules.push_back(rule_of(keyword, entry, number));
    }
  }
  return pack;
}

}  // namespace evtriage
