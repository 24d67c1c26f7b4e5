// All findings in compact form, grouped by offence, and which legal elements they speak to.
// Tested by tests/reports/html_test.cpp
#include <algorithm>
#include <array>
#include <map>

#include "reports/html.h"
#include "reports/json_read.h"

namespace evtriage::reports {
namespace {

struct OffenceElements {
  std::string_view offence;
  std::array<std::string_view, 5> elements;
};
// TIP Protocol art. 3; SOM Protocol art. 3 and 6.
constexpr OffenceElements definition[] = {{"tip", {"act", "means", "purpose", "", ""}},
                                          {"som", {"entry", "benefit", "document", "stay", "aggravation"}}};

using Counts = std::map<std::pair<std::string, std::string>, std::uint64_t>;  // offence, word

// Findings by offence and by each word of a list; the words before a colon, once a finding.
Counts count_words(Page& page, const char* column) {
  Counts counts;
  page.each(std::string("SELECT offence, ") + column + ", COUNT(*) FROM findings GROUP BY offence, " + column, {}, [&](const Page::Row& row) {
    std::vector<std::string> words_of = read_json_texts(row[1]);
    for (auto& word : words_of) word.resize(std::min(word.size(), word.find(':')));
    std::sort(words_of.begin(), words_of.end());
    words_of.erase(std::unique(words_of.begin(), words_of.end()), words_of.end());
    for (const auto& word : words_of) counts[{row[0], word}] += to_number(row[2]);
    return true;
  });
  return counts;
}

void write_count_cell(Page& page, std::uint64_t count) {
  if (count > 0) page.number_cell(count);
  else page.raw("<td class=\"n soft\">").say(Text::not_seen).raw("</td>");
}

void write_element_rows(Page& page, const Counts& counts) {
  for (const auto& [offence, elements] : definition) {
    for (const auto element : elements) {
      if (element.empty()) continue;
      page.raw("<tr><td>").word(Vocabulary::offence, offence).raw("</td><th scope=\"row\">").word(Vocabulary::element, element).raw("</th>");
      const auto found = counts.find({std::string(offence), std::string(element)});
      write_count_cell(page, found == counts.end() ? 0 : found->second);
      page.raw("</tr>\n");
    }
  }
}

void write_row(Page& page, const ShownFinding& finding, std::size_t number) {
  const auto id = std::to_string(number);
  page.raw("<tr id=\"finding-").raw(id).raw("\" class=\"").raw(finding.band == "high" || finding.band == "medium" ? finding.band : "low").raw("\"><th scope=\"row\" class=\"n\">").raw(id);
  page.raw("</th><td class=\"n\"><span class=\"band\">").word(Vocabulary::band, finding.band).raw("</span><br><span class=\"soft\">");
  page.raw(std::to_string(finding.score_milli / 1000)).raw(page.language() == Language::en || page.language() == Language::ar ? "." : ",").raw(std::to_string(finding.score_milli % 1000 / 100)).raw("</span></td><td>");
  for (const auto& category : finding.categories) page.raw("<span class=\"block\"><span class=\"soft\" dir=\"ltr\">").raw(html(category, Shape::line, 40)).raw("</span> ").word(Vocabulary::category, category).raw("</span>");
  std::string words_of;
  append_marked(words_of, finding.excerpt, finding.marks(), 400);
  page.raw("</td><td class=\"words\" dir=\"auto\">").raw(words_of).raw("</td><td class=\"where\">").evidence(finding.exhibit, 60).raw(" ").path(finding.path, 160);
  page.raw("<br>").code(finding.address, 300);
  if (finding.copies > 0) page.raw("<br><span class=\"soft\">").label(Text::also_in_copies).number(finding.copies).raw("</span>");
  page.raw("</td></tr>\n");
}

void write_group(Page& page, const FindingList& list, const std::string& offence) {
  page.raw("<h3>").word(Vocabulary::offence, offence).raw("</h3>\n");
  page.table(Text::findings_caption, {{Text::number, true}, {Text::weight, true}, {Text::category}, {Text::words_in_context}, {Text::source}}, "findings");
  for (std::size_t i = 0; i < list.shown.size(); ++i) {
    if (list.shown[i].offence == offence) write_row(page, list.shown[i], i + 1);
  }
  page.end_table();
}

}  // namespace

void write_elements(Page& page) {
  page.section("elements", Text::elements_title).raw("<p class=\"tag indicator\">").say(Text::indicator_label).raw("</p><p class=\"soft\">").say(Text::elements_intro).raw("</p>\n<div class=\"two\">");
  page.table(Text::elements_caption, {{Text::offence}, {Text::element}, {Text::findings, true}});
  write_element_rows(page, count_words(page, "elements"));
  page.end_table();
  page.table(Text::categories_caption, {{Text::category}, {Text::offence}, {Text::findings, true}});
  for (const auto& [key, count] : count_words(page, "categories")) {
    page.raw("<tr><th scope=\"row\"><span class=\"soft\" dir=\"ltr\">").raw(html(key.second, Shape::line, 40)).raw("</span> ").word(Vocabulary::category, key.second);
    page.raw("</th><td>").word(Vocabulary::offence, key.first).raw("</td>").number_cell(count).raw("</tr>\n");
  }
  page.end_table().raw("</div>").end_section();
}

void write_findings(Page& page, const FindingList& list) {
  page.section("findings", Text::findings_title).raw("<p class=\"tag indicator\">").say(Text::indicator_label).raw("</p>");
  if (list.shown.empty()) {
    page.raw("<p>").say(Text::findings_none).raw("</p>").end_section();
    return;
  }
  page.raw("<p class=\"soft\">").say(Text::findings_intro).raw("</p>\n");
  std::vector<std::string> offences;
  for (const auto& finding : list.shown) {
    if (std::find(offences.begin(), offences.end(), finding.offence) == offences.end()) offences.push_back(finding.offence);
  }
  for (const auto& offence : offences) write_group(page, list, offence);
  if (list.not_shown > 0) page.raw("<p class=\"note\">").label(Text::findings_more).number(list.not_shown).raw("</p>\n");
  page.end_section();
}

}  // namespace evtriage::reports
