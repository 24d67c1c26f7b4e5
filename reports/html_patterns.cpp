// Patterns that no single text shows: read from the sealed tables, so that anybody can ask them again.
// Each is an indicator of the categories X of the rules; a business, a family or a humanitarian office can show it too.
// Tested by tests/whole/patterns_test.py.
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <map>
#include <optional>

#include "reports/html.h"

namespace evtriage::reports {
namespace {

constexpr std::size_t patterns_shown = 20;  // of one kind
constexpr std::uint64_t least_receipts = 5, receipt_days = 14;

struct Sighting {
  std::string exhibit, path;
  std::uint64_t count = 0;
  std::string detail;        // machine text: states, countries, an amount, a contact
};

// Documents of at least three holders and two issuing states in one exhibit.  ICAO 9303: the state stands in
// the third to fifth place of the first line of every format.
constexpr char documents_of_many[] =
    "SELECT i.exhibit, '', COUNT(DISTINCT c.id), GROUP_CONCAT(DISTINCT REPLACE(SUBSTR(c.value, 3, 3), '<', '')) FROM contacts c"
    " JOIN mentions m ON m.contact = c.id JOIN items i ON i.id = m.item WHERE c.type = 'mrz' AND c.confidence = 'certain'"
    " GROUP BY i.exhibit HAVING COUNT(DISTINCT c.id) >= 3 AND COUNT(DISTINCT SUBSTR(c.value, 3, 3)) >= 2 ORDER BY 3 DESC, 1 LIMIT ";
// Certain telephone numbers of at least four countries of the routes in one item.
constexpr char phones_of_many[] =
    "SELECT i.exhibit, i.path, COUNT(DISTINCT c.country), GROUP_CONCAT(DISTINCT c.country) FROM contacts c"
    " JOIN mentions m ON m.contact = c.id JOIN items i ON i.id = m.item WHERE c.type = 'phone' AND c.confidence = 'certain'"
    " AND i.duplicate_of IS NULL AND c.country IN ('BF','BJ','CI','CM','CV','TD','GH','GW','GN','LR','ML','MR','NE','NG','SN','SL','GM','TG',"
    "'DZ','LY','MA','TN','SD','EG') GROUP BY m.item HAVING COUNT(DISTINCT c.country) >= 4 ORDER BY 3 DESC, m.item LIMIT ";
// One telephone number or account in at least three different items that offer work or passage.
constexpr char contact_of_offers[] =
    "SELECT '', '', COUNT(DISTINCT m.item), c.value FROM findings f JOIN items i ON i.id = f.item JOIN mentions m ON m.item = f.item"
    " JOIN contacts c ON c.id = m.contact WHERE (f.categories LIKE '%\"T01\"%' OR f.categories LIKE '%\"S01\"%') AND f.band <> 'low'"
    " AND i.duplicate_of IS NULL AND c.type IN ('phone', 'handle', 'email') AND c.confidence = 'certain'"
    " GROUP BY c.id HAVING COUNT(DISTINCT m.item) >= 3 ORDER BY 3 DESC, c.id LIMIT ";
// Receipts or crypto addresses in an item with words of ransom.
constexpr char payments_of_ransom[] =
    "SELECT i.exhibit, i.path, COUNT(DISTINCT c.id), GROUP_CONCAT(DISTINCT c.type) FROM (SELECT DISTINCT item FROM findings"
    " WHERE categories LIKE '%\"S14\"%' AND band <> 'low') f JOIN items i ON i.id = f.item JOIN mentions m ON m.item = f.item"
    " JOIN contacts c ON c.id = m.contact WHERE i.duplicate_of IS NULL AND c.type IN ('momo-receipt', 'crypto')"
    " GROUP BY f.item ORDER BY 3 DESC, f.item LIMIT ";

std::vector<Sighting> ask(Page& page, const char* sql) {
  std::vector<Sighting> out;
  page.each(sql + std::to_string(patterns_shown), {}, [&](const Page::Row& row) {
    out.push_back({row[0], row[1], to_number(row[2]), row[3]});
    return true;
  });
  return out;
}

// Days since 1970 of "2020-11-26 12:34"; none if it does not begin with a date.
std::optional<std::uint64_t> day_of(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t n) {
    unsigned value = 0;
    const auto parsed = std::from_chars(text.data() + at, text.data() + at + n, value);
    return parsed.ec == std::errc() && parsed.ptr == text.data() + at + n ? value : 0u;
  };
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(number(0, 4))), std::chrono::month(number(5, 2)), std::chrono::day(number(8, 2))};
  if (!date.ok() || number(0, 4) < 1970) return std::nullopt;
  return static_cast<std::uint64_t>(std::chrono::sys_days(date).time_since_epoch().count());
}

// The most days of `days` that lie within receipt_days of each other.
std::uint64_t most_together(std::vector<std::uint64_t>& days) {
  std::sort(days.begin(), days.end());
  std::uint64_t most = 0;
  for (std::size_t first = 0, last = 0; last < days.size(); ++last) {
    while (days[last] - days[first] > receipt_days) ++first;
    most = std::max<std::uint64_t>(most, last - first + 1);
  }
  return most;
}

// Receipts of one same amount received within two weeks, by their own references.  The label of a receipt is
// "mobile money in, 50000 XOF, 2020-11-26 12:34" (extractors/contacts).
std::vector<Sighting> same_amounts(Page& page) {
  std::map<std::string, std::vector<std::uint64_t>> days_of;
  page.each("SELECT label FROM contacts WHERE type = 'momo-receipt' AND label LIKE 'mobile money in, %' ORDER BY id", {}, [&](const Page::Row& row) {
    const std::size_t first = row[0].find(", "), second = row[0].find(", ", first + 2);
    if (second == std::string::npos) return true;
    if (const auto day = day_of(std::string_view(row[0]).substr(second + 2))) days_of[row[0].substr(first + 2, second - first - 2)].push_back(*day);
    return true;
  });
  std::vector<Sighting> out;
  for (auto& [amount, days] : days_of)
    if (const auto together = most_together(days); together >= least_receipts) out.push_back({"", "", together, amount});
  std::stable_sort(out.begin(), out.end(), [](const Sighting& a, const Sighting& b) { return a.count > b.count; });
  if (out.size() > patterns_shown) out.resize(patterns_shown);
  return out;
}

void write_rows(Page& page, std::string_view code, Text title, const std::vector<Sighting>& sightings) {
  for (const auto& seen : sightings) {
    page.raw("<tr><td dir=\"ltr\">").raw(code).raw("</td><th scope=\"row\">").say(title).raw("</th>").number_cell(seen.count).raw("<td>").evidence(seen.detail, 160);
    page.raw("</td><td class=\"where\">");
    if (!seen.exhibit.empty()) page.evidence(seen.exhibit, 60).raw(" ");
    if (!seen.path.empty()) page.path(seen.path, 160);
    page.raw("</td></tr>\n");
  }
}

}  // namespace

void write_patterns(Page& page) {
  struct Kind {
    std::string_view code;
    Text title;
    std::vector<Sighting> sightings;
  };
  const std::array<Kind, 5> kinds = {{{"X01", Text::pattern_documents, ask(page, documents_of_many)},
                                      {"X04", Text::pattern_receipts, same_amounts(page)},
                                      {"X05", Text::pattern_phones, ask(page, phones_of_many)},
                                      {"X09", Text::pattern_offers, ask(page, contact_of_offers)},
                                      {"X12", Text::pattern_ransom, ask(page, payments_of_ransom)}}};
  if (std::all_of(kinds.begin(), kinds.end(), [](const Kind& kind) { return kind.sightings.empty(); })) return;
  page.section("patterns", Text::patterns_title).raw("<p class=\"tag indicator\">").say(Text::indicator_label).raw("</p><p class=\"soft\">").say(Text::patterns_intro).raw("</p>\n");
  page.table(Text::patterns_title, {{Text::category}, {Text::pattern}, {Text::count, true}, {Text::detail}, {Text::source}});
  for (const auto& kind : kinds) write_rows(page, kind.code, kind.title, kind.sightings);
  page.end_table().end_section();
}

}  // namespace evtriage::reports
