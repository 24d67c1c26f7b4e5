// Ranking and folding.  One walk over the findings in order of weight; a copy is the same offence with the
// same words (or, without words, the same bytes of a duplicate file), so twenty copies of one chat export
// do not push the other nine things off the first page.
// Tested by tests/reports/findings_test.cpp
#include "reports/findings.h"

#include <algorithm>
#include <unordered_map>

#include "reports/json_read.h"

namespace evtriage::reports {
namespace {

constexpr std::size_t matched_limit = 4;

std::string title_in(std::string_view titles, Language language) {
  const auto object = read_json_object(titles);
  if (!object) return {};
  auto title = field(*object, code_of(language));
  if (title.empty()) title = field(*object, "en");
  return std::string(title);
}

// item, n, segment, begin, end, place, offence, band, score, elements, categories, rules, against, why, excerpt, original
ShownFinding from_row(const Page::Row& row) {
  ShownFinding out;
  out.item = row[0];
  out.n = row[1];
  out.segment = row[2];
  out.begin = row[3];
  out.end = row[4];
  out.place = row[5];
  out.offence = row[6];
  out.band = row[7];
  out.score_milli = to_number(row[8]);
  out.elements = read_json_texts(row[9]);
  out.categories = read_json_texts(row[10]);
  out.rules = read_json_texts(row[11]);
  out.against = read_json_texts(row[12]);
  out.why = row[13];
  out.excerpt = row[14];
  return out;
}

std::string fold_key(const Page::Row& row) {
  if (!row[14].empty()) return row[6] + '\n' + row[10] + '\n' + row[14];
  return row[6] + '\r' + row[15] + '\r' + row[2] + '\r' + row[3] + '\r' + row[4];
}

void add_reason(ShownFinding& finding, const std::string& rule, const std::string& matched, const std::string& category) {
  if (std::find(finding.rules.begin(), finding.rules.end(), rule) == finding.rules.end()) return;
  auto found = std::find_if(finding.reasons.begin(), finding.reasons.end(), [&](const Reason& one) { return one.rule == rule; });
  if (found == finding.reasons.end()) found = finding.reasons.insert(found, {rule, category, {}});
  auto& texts = found->matched;
  if (texts.size() < matched_limit && std::find(texts.begin(), texts.end(), matched) == texts.end()) texts.push_back(matched);
}

void add_sources(Page& page, ShownFinding& finding) {
  page.each("SELECT exhibit, path, address FROM items WHERE id = ?1", {finding.item}, [&](const Page::Row& row) {
    finding.exhibit = row[0];
    finding.path = row[1];
    finding.address = row[2];
    if (!finding.begin.empty()) finding.address += "+" + finding.begin + ".." + finding.end;
    return false;
  });
  page.each("SELECT rule, matched, language, category FROM hits WHERE item = ?1 AND segment IS ?2 AND \"begin\" >= CAST(?3 AS INTEGER)"
            " AND \"end\" <= CAST(?4 AS INTEGER) ORDER BY n LIMIT 400",
            {finding.item, finding.segment, finding.begin, finding.end}, [&](const Page::Row& row) {
              add_reason(finding, row[0], row[1], row[3]);
              if (finding.language.empty()) finding.language = row[2];
              return true;
            });
  for (const auto& rule : finding.rules) {
    const bool there = std::any_of(finding.reasons.begin(), finding.reasons.end(), [&](const Reason& one) { return one.rule == rule; });
    if (!there) finding.reasons.push_back({rule, {}, {}});
  }
}

}  // namespace

std::vector<std::string> ShownFinding::marks() const {
  std::vector<std::string> out;
  for (const auto& reason : reasons) out.insert(out.end(), reason.matched.begin(), reason.matched.end());
  return out;
}

RuleTexts load_rules(Page& page) {
  RuleTexts rules;
  page.each("SELECT id, pack, version, category, element, article, title FROM rules ORDER BY id", {}, [&](const Page::Row& row) {
    rules[row[0]] = {row[1], row[2], row[3], row[4], row[5], title_in(row[6], page.language())};
    return true;
  });
  return rules;
}

FindingList load_findings(Page& page, std::size_t limit, std::string_view category) {
  FindingList list;
  std::unordered_map<std::string, std::size_t> places;
  const std::string wanted = category.empty() ? std::string() : "%\"" + std::string(category) + "\"%";
  page.each("SELECT f.item, f.n, f.segment, f.\"begin\", f.\"end\", f.place, f.offence, f.band, f.score, f.elements, f.categories,"
            " f.rules, f.against, f.why, f.excerpt, COALESCE(i.duplicate_of, i.id) FROM findings f JOIN items i ON i.id = f.item"
            " WHERE ?1 = '' OR f.categories LIKE ?1 ORDER BY f.score DESC, f.item, f.n",
            {wanted}, [&](const Page::Row& row) {
              auto key = fold_key(row);
              if (const auto found = places.find(key); found != places.end()) {
                ++list.shown[found->second].copies;
              } else if (list.shown.size() < limit) {
                places.emplace(std::move(key), list.shown.size());
                list.shown.push_back(from_row(row));
              } else {
                ++list.not_shown;
              }
              return true;
            });
  for (auto& finding : list.shown) add_sources(page, finding);
  return list;
}

}  // namespace evtriage::reports
