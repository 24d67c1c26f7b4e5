// Contacts, messages and languages: facts found in the text, without any role for their holders.
// Tested by tests/reports/html_test.cpp
#include "reports/html.h"

namespace evtriage::reports {
namespace {

void write_contact_row(Page& page, const Page::Row& row) {
  page.raw("<tr><td>").word(Vocabulary::contact_type, row[0]).raw("</td><th scope=\"row\"><bdi dir=\"ltr\" class=\"value\">").raw(html(row[1], Shape::line, 200)).raw("</bdi>");
  if (!row[7].empty()) page.raw("<br><span class=\"soft\">").evidence(row[7], 100).raw("</span>");
  page.raw("</th><td>").raw(html(row[2], Shape::line, 10)).raw("</td><td>").word(Vocabulary::confidence, row[3]).raw("</td>");
  page.number_cell(to_number(row[4])).number_cell(to_number(row[5])).raw("<td class=\"where\">").path(row[6], 160).raw("</td></tr>\n");
}

void write_languages(Page& page) {
  if (page.count("SELECT COUNT(*) FROM texts") == 0) return;
  page.table(Text::languages_caption, {{Text::language}, {Text::texts, true}, {Text::volume, true}});
  page.each("SELECT COALESCE(language, ''), COUNT(*), SUM(text_bytes) FROM texts GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 30", {}, [&](const Page::Row& row) {
    page.raw("<tr><th scope=\"row\">");
    if (row[0].empty()) page.say(Text::unknown_word);
    else page.word(Vocabulary::language, row[0]);
    page.raw("</th>").number_cell(to_number(row[1])).raw("<td class=\"n\">").size(to_number(row[2])).raw("</td></tr>\n");
    return true;
  });
  page.end_table();
}

void write_applications(Page& page) {
  page.table(Text::messages_caption, {{Text::application}, {Text::messages, true}, {Text::conversations, true}, {Text::first_sent}, {Text::last_sent}});
  std::vector<std::string> bind;
  const std::string first = corrected_time(page, "m.sent", "%Y-%m-%dT%H:%M:%SZ", "m.sent", bind), last = corrected_time(page, "m.sent", "%Y-%m-%dT%H:%M:%SZ", "m.sent", bind);
  page.each("SELECT COALESCE(m.application, ''), COUNT(*), COUNT(DISTINCT m.conversation), MIN(" + first + "), MAX(" + last + ") FROM messages m LEFT JOIN items ON items.id = m.item"
            " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50", bind,
            [&](const Page::Row& row) {
              page.raw("<tr><th scope=\"row\">").evidence(row[0], 80).raw("</th>").number_cell(to_number(row[1])).number_cell(to_number(row[2]));
              page.raw("<td>").time(row[3]).raw("</td><td>").time(row[4]).raw("</td></tr>\n");
              return true;
            });
  page.end_table();
}

}  // namespace

void write_contacts(Page& page) {
  page.section("contacts", Text::contacts_title).raw("<p class=\"tag fact\">").say(Text::fact_label).raw("</p>");
  const auto all = page.count("SELECT COUNT(*) FROM contacts");
  if (all == 0) {
    page.raw("<p>").say(Text::contacts_none).raw("</p>").end_section();
    return;
  }
  page.raw("<p class=\"soft\">").say(Text::contacts_intro).raw("</p>\n");
  page.table(Text::contacts_caption, {{Text::type}, {Text::value}, {Text::country}, {Text::confidence}, {Text::mentions, true}, {Text::items, true}, {Text::first_item}});
  page.each("SELECT c.type, c.value, COALESCE(c.country, ''), c.confidence, c.mentions, c.items, i.path, c.label FROM contacts c"
            " LEFT JOIN items i ON i.id = c.first_item ORDER BY c.mentions DESC, c.id LIMIT " + std::to_string(contacts_shown),
            {}, [&](const Page::Row& row) {
              write_contact_row(page, row);
              return true;
            });
  page.end_table();
  if (all > contacts_shown) page.raw("<p class=\"note\">").label(Text::contacts_more).number(all - contacts_shown).raw("</p>\n");
  write_links(page);
  page.end_section();
}

void write_messages(Page& page) {
  page.section("messages", Text::messages_title).raw("<p class=\"tag fact\">").say(Text::fact_label).raw("</p>\n");
  if (page.count("SELECT COUNT(*) FROM messages") == 0) page.raw("<p>").say(Text::messages_none).raw("</p>\n");
  else {
    write_clock_note(page);
    write_applications(page);
  }
  write_languages(page);
  page.end_section();
}

}  // namespace evtriage::reports
