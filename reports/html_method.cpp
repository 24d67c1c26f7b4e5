// How the results were made, who acted when, how to check it all, and what the report does not say.
// Tested by tests/reports/html_test.cpp
#include "reports/html.h"

namespace evtriage::reports {
namespace {

void write_digest_row(Page& page, Text name, const std::string& digest) {
  page.raw("<tr><th scope=\"row\">").say(name).raw("</th><td>").code(digest, 80).raw("</td></tr>\n");
}

void write_seal(Page& page, const Seal& seal) {
  page.table(Text::integrity_caption, {{Text::item}, {Text::digest}});
  write_digest_row(page, Text::results_digest, seal.results_digest);
  write_digest_row(page, Text::results_file, seal.results_file_sha256);
  write_digest_row(page, Text::profile_digest, seal.profile_digest);
  write_digest_row(page, Text::custody_head, seal.custody_head);
  for (const auto& [label, digest] : seal.exhibits) {
    page.raw("<tr><th scope=\"row\">").label(Text::exhibit).evidence(label, 60).raw("</th><td>").code(digest, 80).raw("</td></tr>\n");
  }
  page.end_table();
  page.table(Text::root, {{Text::table}, {Text::rows, true}, {Text::root}});
  for (const auto& table : seal.tables) {
    page.raw("<tr><th scope=\"row\">").code(table.table, 40).raw("</th>").number_cell(table.rows).raw("<td>").code(table.root, 80).raw("</td></tr>\n");
  }
  page.end_table();
}

void write_command(Page& page, std::string_view command, Text what) {
  page.raw("<dt>").code(command).raw("</dt><dd>").say(what).raw("</dd>\n");
}

void write_packs(Page& page) {
  page.table(Text::packs_caption, {{Text::pack}, {Text::version}, {Text::rules, true}, {Text::digest}});
  page.each("SELECT id, version, rules, sha256 FROM packs ORDER BY id", {}, [&](const Page::Row& row) {
    page.raw("<tr><th scope=\"row\">").evidence(row[0], 80).raw("</th><td>").evidence(row[1], 40).raw("</td>").number_cell(to_number(row[2]));
    page.raw("<td>").code(row[3], 80).raw("</td></tr>\n");
    return true;
  });
  page.end_table();
}

}  // namespace

void write_method(Page& page) {
  page.section("method", Text::method_title).raw("<p class=\"tag fact\">").say(Text::fact_label).raw("</p>\n");
  write_packs(page);
  page.raw("<h3>").say(Text::profile_title).raw("</h3>\n<p class=\"soft\">").say(Text::profile_note).raw("</p>\n");
  page.table(Text::components_caption, {{Text::component}, {Text::value}});
  if (page.input().seal) page.raw("<tr><th scope=\"row\">").say(Text::program_version).raw("</th><td>").code(page.input().seal->program_version, 80).raw("</td></tr>\n");
  page.each("SELECT line FROM profile ORDER BY n LIMIT 400", {}, [&](const Page::Row& row) {
    const auto at = row[0].find('=');
    page.raw("<tr><th scope=\"row\">").code(row[0].substr(0, at), 120).raw("</th><td>").code(at == std::string::npos ? "" : row[0].substr(at + 1), 300).raw("</td></tr>\n");
    return true;
  });
  page.end_table().end_section();
}

void write_custody(Page& page) {
  const auto& custody = page.input().custody;
  page.section("custody", Text::custody_title).raw("<p class=\"tag fact\">").say(Text::fact_label).raw("</p>\n");
  if (!custody.readable) {
    page.raw("<p class=\"note warn\">").say(Text::custody_none).raw("</p>").end_section();
    return;
  }
  page.table(Text::custody_caption, {{Text::time}, {Text::event}, {Text::person}, {Text::detail}});
  for (const auto& act : custody.acts) {
    page.raw("<tr><td class=\"nowrap\">").time(act.time).raw("</td><th scope=\"row\">").word(Vocabulary::action, act.action).raw("</th><td>");
    if (act.who.empty()) page.raw("<span class=\"missing\">").say(Text::not_stated).raw("</span>");
    else page.evidence(act.who, 120);
    page.raw("</td><td><span lang=\"en\">").evidence(act.detail, 400).raw("</span></td></tr>\n");
  }
  page.end_table();
  if (custody.acts_not_shown > 0) page.raw("<p class=\"note\">").label(Text::list_cut).number(custody.acts_not_shown).raw("</p>\n");
  page.end_section();
}

void write_integrity(Page& page) {
  page.section("integrity", Text::integrity_title).raw("<p class=\"tag fact\">").say(Text::fact_label).raw("</p>\n");
  if (page.input().seal) write_seal(page, *page.input().seal);
  else page.raw("<p class=\"note warn\">").say(Text::seal_missing).raw("</p>\n");
  page.raw("<h3>").say(Text::verify_title).raw("</h3>\n<p>").say(Text::verify_intro).raw("</p>\n<dl class=\"commands\">");
  write_command(page, "evtriage verify DIR", Text::verify_seal);
  write_command(page, "evtriage verify DIR --evidence EX1=/media/evidence", Text::verify_evidence);
  write_command(page, "sha256sum DIR/results.sqlite", Text::verify_file);
  write_command(page, "evtriage show DIR 'exhibit:EX1/...'", Text::verify_show);
  page.raw("</dl>\n").end_section();
}

void write_limits(Page& page) {
  constexpr Text limits[] = {Text::limit_indicator, Text::limit_migrants, Text::limit_guilt, Text::limit_items,
                             Text::limit_alternatives, Text::limit_language, Text::limit_review, Text::limit_facts};
  page.section("limits", Text::limits_title).raw("<ul class=\"limits\">");
  for (const auto limit : limits) page.raw("<li>").say(limit).raw("</li>\n");
  page.raw("</ul>\n").end_section();
}

}  // namespace evtriage::reports
