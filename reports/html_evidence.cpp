// Facts about the exhibits: what came in, what was read, what was not, and what stands out.
// "Nothing found" and "not read" must never look alike, so every count here adds up to the items received.
// Tested by tests/reports/html_test.cpp
#include "reports/html.h"
#include "reports/json_read.h"

namespace evtriage::reports {
namespace {

void write_fact_tag(Page& page) { page.raw("<p class=\"tag fact\">").say(Text::fact_label).raw("</p>\n"); }

void write_digests(Page& page, const std::string& json) {
  const auto digests = read_json_object(json);
  bool first = true;
  if (digests) {
    for (const auto& digest : *digests) {
      page.raw(first ? "" : "<br>").raw("<span class=\"soft\">").evidence(digest.key, 20).raw("</span> ").code(digest.text, 200);
      first = false;
    }
  }
  if (first) page.raw("<span class=\"soft\">\xE2\x80\x93</span>");
}

void write_share(Page& page, std::uint64_t part, std::uint64_t whole) {
  const std::uint64_t permille = whole == 0 ? 0 : static_cast<std::uint64_t>((static_cast<__uint128_t>(part) * 1000 + whole / 2) / whole);
  page.raw("<td class=\"n\"><bdi>").raw(std::to_string(permille / 10));
  page.raw(page.language() == Language::fr || page.language() == Language::pt ? "," : ".").raw(std::to_string(permille % 10)).raw("\xC2\xA0%</bdi></td>");
}

void write_outcomes(Page& page) {
  const auto all = page.count("SELECT COUNT(*) FROM items");
  page.table(Text::examined_caption, {{Text::outcome}, {Text::count, true}, {Text::share, true}});
  for (const auto& outcome : words(Vocabulary::outcome)) {
    const auto count = page.count("SELECT COUNT(*) FROM items WHERE outcome = '" + std::string(outcome.key) + "'");
    page.raw("<tr><th scope=\"row\">").word(Vocabulary::outcome, outcome.key).raw("</th>").number_cell(count);
    write_share(page, count, all);
    page.raw("</tr>\n");
  }
  page.raw("<tr class=\"total\"><th scope=\"row\">").say(Text::total).raw("</th>").number_cell(all);
  write_share(page, all, all);
  page.raw("</tr>\n").end_table();
}

void write_issue_kinds(Page& page) {
  page.table(Text::not_read_caption, {{Text::issue}, {Text::explanation}, {Text::items_touched, true}, {Text::count, true}});
  page.each("SELECT code, COUNT(DISTINCT item), COUNT(*) FROM issues GROUP BY code ORDER BY 3 DESC, code", {}, [&](const Page::Row& row) {
    page.raw("<tr><th scope=\"row\">").code(row[0], 40).raw("</th><td>").word(Vocabulary::issue, row[0]).raw("</td>");
    page.number_cell(to_number(row[1])).number_cell(to_number(row[2])).raw("</tr>\n");
    return true;
  });
  page.end_table();
}

void write_issue_list(Page& page, std::uint64_t all) {
  page.table(Text::not_read_list_caption, {{Text::item}, {Text::outcome}, {Text::issue}, {Text::detail}});
  page.each("SELECT i.exhibit, i.path, i.outcome, s.code, s.stage, s.detail, s.\"begin\", s.\"end\" FROM issues s JOIN items i ON i.id = s.item"
            " ORDER BY s.item, s.n LIMIT " + std::to_string(list_shown),
            {}, [&](const Page::Row& row) {
              page.raw("<tr><td class=\"where\">").evidence(row[0], 60).raw(" ").path(row[1], 200).raw("</td><td>").word(Vocabulary::outcome, row[2]);
              page.raw("</td><td>").code(row[3], 40).raw("</td><td><span lang=\"en\">").evidence(row[4] + ": " + row[5], 400).raw("</span>");
              if (!row[6].empty()) page.raw(" ").code(row[6] + ".." + row[7], 60);
              page.raw("</td></tr>\n");
              return true;
            });
  page.end_table();
  if (all > list_shown) page.raw("<p class=\"note\">").label(Text::list_cut).number(all - list_shown).raw("</p>\n");
}

void write_special_row(Page& page, Text name, const std::string& condition) {
  page.raw("<tr><th scope=\"row\">").say(name).raw("</th>").number_cell(page.count("SELECT COUNT(*) FROM items WHERE " + condition)).raw("</tr>\n");
}

void write_item_list(Page& page, Text caption, const std::string& condition) {
  const auto all = page.count("SELECT COUNT(*) FROM items WHERE " + condition);
  if (all == 0) return;
  page.table(caption, {{Text::item}, {Text::media_type}, {Text::size, true}, {Text::digest}});
  page.each("SELECT exhibit, path, media_type, size, sha256 FROM items WHERE " + condition + " ORDER BY id LIMIT " + std::to_string(list_shown), {},
            [&](const Page::Row& row) {
              page.raw("<tr><td class=\"where\">").evidence(row[0], 60).raw(" ").path(row[1], 200).raw("</td><td>").evidence(row[2], 100);
              page.raw("</td><td class=\"n\">").size(to_number(row[3])).raw("</td><td>").code(row[4], 64).raw("</td></tr>\n");
              return true;
            });
  page.end_table();
  if (all > list_shown) page.raw("<p class=\"note\">").label(Text::list_cut).number(all - list_shown).raw("</p>\n");
}

// A bar of at most 120 units; it repeats the number beside it, so readers of the table need no picture.
void write_bar(Page& page, std::uint64_t part, std::uint64_t largest) {
  const auto width = largest == 0 ? 0 : static_cast<std::uint64_t>(static_cast<__uint128_t>(part) * 120 / largest);
  const auto shown = std::to_string(part > 0 && width == 0 ? 1 : width);
  const auto from = is_right_to_left(page.language()) ? std::to_string(120 - to_number(shown)) : "0";
  page.raw("<td class=\"bar\"><svg width=\"120\" height=\"10\" aria-hidden=\"true\"><rect class=\"track\" width=\"120\" height=\"10\"/><rect class=\"fill\" x=\"");
  page.raw(from).raw("\" width=\"").raw(shown).raw("\" height=\"10\"/></svg></td>");
}

}  // namespace

void write_exhibits(Page& page) {
  page.section("exhibits", Text::exhibits_title);
  write_fact_tag(page);
  page.table(Text::exhibits_caption, {{Text::label}, {Text::name}, {Text::kind}, {Text::items, true}, {Text::size, true}, {Text::digests}, {Text::stored_digests}});
  page.each("SELECT label, name, kind, items, COALESCE(size, (SELECT SUM(size) FROM items WHERE exhibit = label)), digests, stored_digests FROM exhibits", {},
            [&](const Page::Row& row) {
              page.raw("<tr><th scope=\"row\">").evidence(row[0], 60).raw("</th><td>").evidence(row[1]).raw("</td><td>").word(Vocabulary::exhibit_kind, row[2]);
              page.raw("</td>").number_cell(to_number(row[3])).raw("<td class=\"n\">").size(to_number(row[4])).raw("</td><td>");
              write_digests(page, row[5]);
              page.raw("</td><td>");
              write_digests(page, row[6]);
              page.raw("</td></tr>\n");
              return true;
            });
  page.end_table().end_section();
}

void write_examined(Page& page) {
  page.section("examined", Text::examined_title);
  write_fact_tag(page);
  write_outcomes(page);
  page.raw("<h3>").say(Text::not_read_title).raw("</h3>\n");
  const auto all = page.count("SELECT COUNT(*) FROM issues");
  if (all == 0) {
    page.raw("<p>").say(Text::not_read_none).raw("</p>\n").end_section();
    return;
  }
  write_issue_kinds(page);
  const auto unsure = page.count("SELECT COUNT(*) FROM issues WHERE reproducible = 0");
  if (unsure > 0) page.raw("<p class=\"note\">").label(Text::unreproducible_note).number(unsure).raw("</p>\n");
  write_issue_list(page, all);
  page.end_section();
}

void write_special(Page& page) {
  page.section("special", Text::special_title);
  write_fact_tag(page);
  page.table(Text::special_caption, {{Text::items}, {Text::count, true}});
  write_special_row(page, Text::mismatches, "type_mismatch = 1");
  write_special_row(page, Text::encrypted_items, "encrypted = 1");
  write_special_row(page, Text::deleted_items, "deleted = 1");
  write_special_row(page, Text::duplicates, "duplicate_of IS NOT NULL");
  write_special_row(page, Text::known_good, "known = 'good'");
  write_special_row(page, Text::known_alert, "known = 'alert'");
  page.end_table();
  write_item_list(page, Text::alert_caption, "known = 'alert'");
  write_item_list(page, Text::mismatch_caption, "type_mismatch = 1");
  write_item_list(page, Text::encrypted_items, "encrypted = 1");
  page.end_section();
}

void write_media(Page& page) {
  page.section("media", Text::media_title);
  write_fact_tag(page);
  const auto largest = page.count("SELECT MAX(bytes) FROM (SELECT SUM(size) AS bytes FROM items WHERE kind <> 'directory' GROUP BY media_type)");
  page.table(Text::media_caption, {{Text::media_type}, {Text::items, true}, {Text::size, true}, {Text::volume}});
  page.each("SELECT COALESCE(media_type, ''), COUNT(*), SUM(size) FROM items WHERE kind <> 'directory' GROUP BY media_type ORDER BY 3 DESC, 1 LIMIT 30", {},
            [&](const Page::Row& row) {
              page.raw("<tr><th scope=\"row\">");
              if (row[0].empty()) page.say(Text::unknown_word);
              else page.evidence(row[0], 100);
              page.raw("</th>").number_cell(to_number(row[1])).raw("<td class=\"n\">").size(to_number(row[2])).raw("</td>");
              write_bar(page, to_number(row[2]), largest);
              page.raw("</tr>\n");
              return true;
            });
  page.end_table().end_section();
}

}  // namespace evtriage::reports
