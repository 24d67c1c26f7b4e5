// The findings as a report shows them: by weight, copies folded, with reasons in the report's language.
// Tested by tests/reports/findings_test.cpp.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "reports/page.h"

namespace evtriage::reports {

struct RuleText {  // a row of the table "rules", title in the report's language
  std::string pack, version, category, element, article, title;
};
using RuleTexts = std::map<std::string, RuleText>;  // thousands at most: packs are small
RuleTexts load_rules(Page& page);

struct Reason {
  std::string rule, category;
  std::vector<std::string> matched;                  // as written, at most 4
};

struct ShownFinding {
  std::string item, n, segment, begin, end, place, offence, band, why, excerpt, language;
  std::uint64_t score_milli = 0, copies = 0;         // copies: folded findings beside this one
  std::vector<std::string> elements, categories, rules, against;
  std::string exhibit, path, address;
  std::vector<Reason> reasons;
  std::vector<std::string> marks() const;            // every matched text
};

struct FindingList {
  std::vector<ShownFinding> shown;                   // heaviest first; ties in key order
  std::uint64_t not_shown = 0;                       // findings that are neither shown nor a copy of a shown one
};
// Bounded: at most `limit` are held, whatever the case holds.  `category`: only findings that name it; empty for all.
FindingList load_findings(Page& page, std::size_t limit, std::string_view category = {});

}  // namespace evtriage::reports
