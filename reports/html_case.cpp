// What the case file says: authority, exhibits as received, sign-off, the annex for mutual legal assistance;
// and how to repeat the run.  What is not said stands as "not stated", by name.
// Tested by tests/reports/html_case_test.cpp and tests/reports/html_test.cpp
#include <vector>

#include "reports/case_file.h"
#include "reports/html.h"
#include "reports/json_read.h"

namespace evtriage::reports {
namespace {

const std::map<std::string, std::string>& facts_of(const Page& page) { return page.input().custody.facts; }

std::string fact(const Page& page, const std::string& key) {
  const auto found = facts_of(page).find(key);
  return found == facts_of(page).end() ? std::string() : found->second;
}

void write_value(Page& page, const std::string& value) {
  if (value.empty()) page.raw("<span class=\"missing\">").say(Text::not_stated).raw("</span>");
  else page.evidence(value, 4000);
}

void write_row(Page& page, std::string_view label, const std::string& value) {
  page.raw("<tr><th scope=\"row\">").raw(html(label)).raw("</th><td>");
  write_value(page, value);
  page.raw("</td></tr>\n");
}

void write_case_row(Page& page, std::string_view name) {
  write_row(page, field_label(case_words(), name, page.language()), case_value(facts_of(page), name));
}

void open_table(Page& page, Text caption) {
  page.raw("<div class=\"scroll\"><table class=\"said\"><caption>").say(caption).raw("</caption><tbody>\n");
}

// One sentence that names every field nobody filled.
void write_missing(Page& page, const std::vector<std::string_view>& labels) {
  if (labels.empty()) return;
  page.raw("<p class=\"soft\">").label(Text::fields_not_stated);
  for (std::size_t i = 0; i < labels.size(); ++i) page.raw(i == 0 ? "" : html(text(Text::list_comma, page.language()))).raw(html(labels[i]));
  page.raw("</p>\n");
}

// The digest that was stated when the exhibit was acquired, against the one computed from the bytes.
void write_acquisition(Page& page, const std::string& said, const std::string& computed_json) {
  const auto colon = said.find(':');
  const auto computed = read_json_object(computed_json.empty() ? "{}" : computed_json);
  const std::string value(computed ? field(*computed, said.substr(0, colon)) : std::string_view());
  page.code(said, 200).raw("<br>");
  if (value.empty()) page.raw("<span class=\"soft\">").say(Text::digest_not_compared).raw("</span>");
  else if (value == said.substr(colon + 1)) page.raw("<strong>").say(Text::digest_matches).raw("</strong>");
  else page.raw("<strong class=\"differs\">").say(Text::digest_differs).raw("</strong>");
}

void write_received_exhibit(Page& page, const std::string& label, const std::string& digests) {
  std::vector<std::string_view> missing;
  bool open = false;
  page.raw("<h3>").label(Text::exhibit).evidence(label, 60).raw("</h3>\n");
  for (const auto& word : exhibit_words()) {
    const auto shown = word.in[static_cast<std::size_t>(page.language())];
    const auto value = exhibit_value(facts_of(page), label, word.key);
    if (value.empty()) {
      missing.push_back(shown);
      continue;
    }
    if (!open) open_table(page, Text::received_note);
    open = true;
    if (word.key != "acquisition_hash") {
      write_row(page, shown, value);
      continue;
    }
    page.raw("<tr><th scope=\"row\">").raw(html(shown)).raw("</th><td>");
    write_acquisition(page, value, digests);
    page.raw("</td></tr>\n");
  }
  if (open) page.end_table();
  write_missing(page, missing);
}

void write_annex_part(Page& page, std::string_view letter) {
  page.raw("<tr class=\"part\"><th colspan=\"2\" scope=\"colgroup\">");
  page.raw(html(localised_article("UNTOC art. 18(15)(" + std::string(letter) + ")", page.language()))).raw("</th></tr>\n");
}

void write_annex_exhibits(Page& page) {
  page.table(Text::annex_exhibits, {{Text::exhibit}, {Text::name}, {Text::digests}});
  page.each("SELECT label, name, digests FROM exhibits ORDER BY number LIMIT 200", {}, [&](const Page::Row& row) {
    page.raw("<tr><th scope=\"row\">").evidence(row[0], 60).raw("</th><td>").evidence(row[1], 200).raw("</td><td>");
    const auto digests = read_json_object(row[2].empty() ? "{}" : row[2]);
    if (digests && !digests->empty()) {
      for (const auto& one : *digests) page.raw("<span class=\"block\"><span class=\"soft\">").evidence(one.key, 20).raw("</span> ").code(one.text, 200).raw("</span>");
    } else {
      write_value(page, "");
    }
    page.raw("</td></tr>\n");
    return true;
  });
  page.end_table();
}

}  // namespace

void write_request(Page& page) {
  constexpr std::string_view names[] = {"requesting_authority", "executing_authority", "request_reference", "request_date", "questions", "offences", "treaty_basis",
                                        "authority_type", "authority_issuer", "authority_date", "authority_scope", "handling", "use_limitation", "onward_sharing",
                                        "retention"};
  page.section("request", Text::request_title);
  std::vector<std::string_view> missing;
  open_table(page, Text::request_note);
  write_row(page, text(Text::authority, page.language()), fact(page, "authority"));
  for (const auto name : names) {
    if (case_value(facts_of(page), name).empty()) missing.push_back(field_label(case_words(), name, page.language()));
    else write_case_row(page, name);
  }
  page.end_table();
  write_missing(page, missing);
  page.end_section();
}

void write_received(Page& page) {
  page.section("received", Text::received_title);
  page.each("SELECT label, digests FROM exhibits ORDER BY number LIMIT 200", {}, [&](const Page::Row& row) {
    write_received_exhibit(page, row[0], row[1]);
    return true;
  });
  page.end_section();
}

void write_repeat(Page& page) {
  page.section("repeat", Text::repeat_title).raw("<p>").say(Text::repeat_note).raw("</p>\n<dl class=\"commands\"><dt>").say(Text::command_typed).raw("</dt><dd>");
  if (const auto command = fact(page, "command"); command.empty()) write_value(page, "");
  else page.code(command, 8000);
  page.raw("</dd><dt>").say(Text::program_version).raw("</dt><dd>");
  if (page.input().seal) page.code(page.input().seal->program_version, 80).raw("</dd><dt>").say(Text::results_digest).raw("</dt><dd>").code(page.input().seal->results_digest, 80);
  else write_value(page, "");
  page.raw("</dd></dl>\n").end_section();
}

void write_sign_off(Page& page) {
  constexpr std::string_view names[] = {"prepared_by", "reviewed_by", "authorised_by"};
  page.section("signoff", Text::sign_off_title).raw("<div class=\"scroll\"><table class=\"said\"><tbody>\n");
  write_case_row(page, "declaration");
  write_case_row(page, "competence");
  page.raw("</tbody></table></div>\n<div class=\"signatures\">");
  for (const auto name : names) {
    page.raw("<div><p class=\"soft\">").raw(html(field_label(case_words(), name, page.language()))).raw("</p><p>");
    write_value(page, case_value(facts_of(page), name));
    page.raw("</p><p class=\"line\">").say(Text::signature).raw("</p></div>\n");
  }
  page.raw("</div>\n").end_section();
}

void write_annex(Page& page) {
  page.section("annex", Text::annex_title).raw("<p class=\"soft\">").say(Text::annex_note).raw("</p>\n<div class=\"scroll\"><table class=\"said\"><tbody>\n");
  write_annex_part(page, "a");
  write_case_row(page, "requesting_authority");
  write_annex_part(page, "b");
  write_row(page, text(Text::case_word, page.language()), fact(page, "case_number"));
  write_case_row(page, "offences");
  write_row(page, text(Text::agency, page.language()), fact(page, "agency"));
  write_annex_part(page, "c");
  write_case_row(page, "facts");
  write_annex_part(page, "d");
  write_case_row(page, "assistance");
  write_annex_part(page, "e");
  write_case_row(page, "persons");
  write_annex_part(page, "f");
  write_case_row(page, "purpose");
  write_case_row(page, "use_limitation");
  page.raw("</tbody></table></div>\n");
  write_annex_exhibits(page);
  page.end_section();
}

}  // namespace evtriage::reports
