// The first page: whose case it is, how far the examination came, what to look at first.
// Tested by tests/reports/html_test.cpp
#include "reports/html.h"

#include <algorithm>

namespace evtriage::reports {
namespace {

constexpr std::string_view distress_category = "T20";

void write_fact(Page& page, Text name, const std::string& value) {
  page.raw("<div><dt>").say(name).raw("</dt><dd>");
  if (value.empty()) page.raw("<span class=\"missing\">").say(Text::not_stated).raw("</span>");
  else page.evidence(value, 1000);
  page.raw("</dd></div>");
}

void write_time_fact(Page& page, Text name, const std::string& value) {
  page.raw("<div><dt>").say(name).raw("</dt><dd>").time(value).raw("</dd></div>");
}

std::string fact(const Page& page, const std::string& key) {
  const auto& facts = page.input().custody.facts;
  const auto found = facts.find(key);
  return found == facts.end() ? std::string() : found->second;
}

void write_figure(Page& page, Text name, std::uint64_t value, std::string_view target, std::string_view css_class = {}) {
  page.raw("<li class=\"figure ").raw(css_class).raw("\"><a href=\"#").raw(target).raw("\"><strong>").number(value);
  page.raw("</strong> <span>").say(name).raw("</span></a></li>");
}

void write_title_of_finding(Page& page, const ShownFinding& finding) {
  bool first = true;
  for (const auto& category : finding.categories) {
    if (!first) page.raw(" <span class=\"sep\">\xC2\xB7</span> ");
    first = false;
    page.word(Vocabulary::category, category);
  }
  if (first) page.word(Vocabulary::offence, finding.offence);
}

// Elements in the report's language, once each; "any element" only where none is named.
void write_element_words(Page& page, const std::vector<std::string_view>& words) {
  std::vector<std::string_view> seen;
  const bool names_one = std::any_of(words.begin(), words.end(), [](std::string_view word) { return word != "any"; });
  for (const auto word : words) {
    if ((names_one && word == "any") || std::find(seen.begin(), seen.end(), word) != seen.end()) continue;
    if (!seen.empty()) page.raw(html(text(Text::list_comma, page.language())));
    seen.push_back(word);
    page.word(Vocabulary::element, word);
  }
  if (seen.empty()) page.say(Text::not_stated);
}

// "means: document retention" -> means
void write_elements_of(Page& page, const ShownFinding& finding) {
  std::vector<std::string_view> words;
  for (const std::string_view element : finding.elements) words.push_back(element.substr(0, element.find(':')));
  write_element_words(page, words);
}

// A rule that speaks to several: "means, act"
void write_elements_of(Page& page, const RuleText& rule) {
  std::vector<std::string_view> words;
  for (std::string_view rest = rule.element; !rest.empty();) {
    const std::size_t end = std::min(rest.find(", "), rest.size());
    words.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
  write_element_words(page, words);
}

void write_quoted(Page& page, const std::vector<std::string>& matched) {
  for (const auto& words : matched) {
    page.raw(" <q>");
    page.raw(html(text(Text::quote_open, page.language()))).raw("<bdi>").raw(html(words, Shape::line, 160)).raw("</bdi>");
    page.raw(html(text(Text::quote_close, page.language()))).raw("</q>");
  }
}

std::string_view category_of(const Reason& reason, const RuleTexts& rules) {
  const auto found = rules.find(reason.rule);
  return found == rules.end() ? std::string_view(reason.category) : std::string_view(found->second.category);
}

void write_reason(Page& page, const Reason& reason, const RuleTexts& rules) {
  const auto found = rules.find(reason.rule);
  page.raw("<li>");
  if (found == rules.end()) {
    page.word(Vocabulary::category, reason.category);
  } else {
    page.raw("<bdi>").raw(html(found->second.title.empty() ? reason.rule : found->second.title)).raw("</bdi>");
  }
  write_quoted(page, reason.matched);
  if (found == rules.end()) {
    page.raw(" <span class=\"rule\">").code(reason.rule, 120).raw("</span>");
  } else {
    page.raw(" <span class=\"law\">");
    write_elements_of(page, found->second);
    if (!found->second.article.empty()) page.raw(" \xE2\x80\x93 <bdi>").raw(html(localised_article(found->second.article, page.language()))).raw("</bdi>");
    page.raw("</span> <span class=\"rule\">").code(reason.rule, 120).raw("</span>");
  }
  page.raw("</li>");
}

// One reason of each category in full; rules that say the same again are only named.
void write_reasons(Page& page, const ShownFinding& finding, const RuleTexts& rules) {
  page.raw("<ul class=\"reasons\">");
  std::vector<std::string_view> told;
  std::vector<const Reason*> more;
  for (const auto& reason : finding.reasons) {
    const auto category = category_of(reason, rules);
    if (std::find(told.begin(), told.end(), category) != told.end()) {
      more.push_back(&reason);
      continue;
    }
    told.push_back(category);
    write_reason(page, reason, rules);
  }
  if (!more.empty()) {
    page.raw("<li class=\"soft\">").label(Text::reasons_more);
    for (const auto* reason : more) page.raw(" <span class=\"rule\">").code(reason->rule, 120).raw("</span>");
    page.raw("</li>");
  }
  if (finding.reasons.empty()) {
    page.raw("<li>");
    if (finding.why.empty()) page.say(Text::why_none);
    else page.raw("<span lang=\"en\" dir=\"ltr\">").raw(html(finding.why, Shape::line, 600)).raw("</span>");
    page.raw("</li>");
  }
  page.raw("</ul>");
}

void write_against(Page& page, const ShownFinding& finding) {
  if (finding.against.empty()) {
    page.say(Text::against_none);
    return;
  }
  page.raw("<ul class=\"reasons\">");
  for (const auto& id : finding.against) {
    const auto kind = translate(Vocabulary::suppressor, id.substr(id.rfind('.') + 1), page.language());
    page.raw("<li>");
    if (kind) page.raw(html(*kind)).raw(" <span class=\"rule\">").code(id, 120).raw("</span>");
    else page.evidence(id);
    page.raw("</li>");
  }
  page.raw("</ul>");
}

void write_source(Page& page, const ShownFinding& finding) {
  page.raw("<span class=\"src\">").label(Text::exhibit).evidence(finding.exhibit, 60).raw("</span> <span class=\"src\">").path(finding.path);
  page.raw("</span>");
  if (!finding.place.empty()) page.raw(" <span class=\"src\">").label(Text::place).evidence(finding.place, 120).raw("</span>");
  page.raw("<br>").code(finding.address);
  if (finding.copies > 0) page.raw("<br><span class=\"copies\">").label(Text::also_in_copies).number(finding.copies).raw("</span>");
}

// `id` of the card in the page; `entry`: its number in the full list, 0 if it may not stand there.
void write_card(Page& page, const ShownFinding& finding, std::string_view id, std::size_t rank, std::size_t entry, const RuleTexts& rules) {
  page.raw("<li class=\"card ").raw(finding.band == "high" || finding.band == "medium" ? finding.band : "low").raw("\" id=\"").raw(id).raw("\"><article aria-labelledby=\"").raw(id).raw("-h\">\n");
  page.raw("<div class=\"card-head\"><span class=\"rank\" aria-hidden=\"true\">").raw(std::to_string(rank)).raw("</span><div><p class=\"kicker\"><span class=\"band\">").word(Vocabulary::band, finding.band);
  page.raw("</span> <span>").word(Vocabulary::offence, finding.offence).raw("</span> <span class=\"law\">").label(Text::legal_element);
  write_elements_of(page, finding);
  page.raw("</span></p>\n<h3 id=\"").raw(id).raw("-h\">");
  write_title_of_finding(page, finding);
  page.raw("</h3></div></div>\n<figure><figcaption>").say(Text::words_in_context);
  if (!finding.language.empty()) page.raw(" <span class=\"soft\">(").label(Text::text_language).word(Vocabulary::language, finding.language).raw(")</span>");
  page.raw("</figcaption><blockquote dir=\"auto\"");
  if (translate(Vocabulary::language, finding.language, page.language())) page.raw(" lang=\"").raw(finding.language).raw("\"");
  std::string words;
  append_marked(words, finding.excerpt, finding.marks());
  page.raw(">").raw(words).raw("</blockquote></figure>\n<dl class=\"facts\"><div><dt>").say(Text::source).raw("</dt><dd>");
  write_source(page, finding);
  page.raw("</dd></div><div><dt>").say(Text::why).raw("</dt><dd>");
  write_reasons(page, finding, rules);
  page.raw("</dd></div><div><dt>").say(Text::against).raw("</dt><dd>");
  write_against(page, finding);
  page.raw("</dd></div></dl>\n");
  if (const auto number = std::to_string(entry); entry > 0)
    page.raw("<p class=\"more\"><a href=\"#finding-").raw(number).raw("\">").label(Text::more_in_list).raw(number).raw("</a></p>");
  page.raw("</article></li>\n");
}

// Which locks held while parsers ran; older cases do not say.
void write_isolation(Page& page) {
  constexpr std::pair<std::string_view, Text> levels[] = {{"full", Text::isolation_full}, {"no_namespaces", Text::isolation_no_namespaces},
                                                          {"seccomp_only", Text::isolation_seccomp_only}, {"none", Text::isolation_none}};
  const auto level = fact(page, "isolation_level");
  for (const auto& [name, sentence] : levels) {
    if (name == level) page.raw("<p class=\"").raw(level == "none" ? "note warn" : "soft").raw("\">").say(sentence).raw("</p>\n");
  }
}

}  // namespace

void write_title_block(Page& page) {
  page.raw("<header>\n<p class=\"brand\">").say(Text::report_title).raw("</p>\n<h1>").say(Text::case_word).raw(" ");
  const auto number = fact(page, "case_number");
  if (number.empty()) page.raw("<span class=\"missing\">").say(Text::not_stated).raw("</span>");
  else page.evidence(number, 120);
  page.raw("</h1>\n<dl class=\"case\">");
  write_fact(page, Text::agency, fact(page, "agency"));
  write_fact(page, Text::examiner, fact(page, "examiner"));
  write_fact(page, Text::authority, fact(page, "authority"));
  write_time_fact(page, Text::started, page.input().custody.started);
  write_time_fact(page, Text::sealed, page.input().custody.sealed);
  write_fact(page, Text::report_language, std::string(text(Text::language_name, page.language())));
  if (const auto notes = fact(page, "notes"); !notes.empty()) write_fact(page, Text::notes, notes);
  page.raw("</dl>\n<aside class=\"handling\" aria-labelledby=\"handling-h\"><p id=\"handling-h\"><strong>").say(Text::handling).raw("</strong></p><p>").say(Text::handling_note);
  page.raw("</p></aside>\n</header>\n");
}

void write_glance(Page& page) {
  std::uint64_t all = 0, full = 0, high = 0, medium = 0, low = 0;
  page.each("SELECT outcome, COUNT(*) FROM items GROUP BY outcome", {}, [&](const Page::Row& row) {
    all += to_number(row[1]);
    if (row[0] == "done") full = to_number(row[1]);
    return true;
  });
  page.each("SELECT band, COUNT(*) FROM findings GROUP BY band", {}, [&](const Page::Row& row) {
    (row[0] == "high" ? high : row[0] == "medium" ? medium : low) += to_number(row[1]);
    return true;
  });
  page.raw("<section class=\"glance\" aria-labelledby=\"glance-h\"><h2 id=\"glance-h\">").say(Text::at_a_glance).raw("</h2>\n<ul class=\"figures\">");
  write_figure(page, Text::items_examined, all, "exhibits");
  write_figure(page, Text::items_in_full, full, "examined");
  write_figure(page, Text::items_not_in_full, all - full, "examined", all == full ? "" : "warn");
  write_figure(page, Text::findings, high + medium + low, "findings");
  write_figure(page, Text::contacts, page.count("SELECT COUNT(*) FROM contacts"), "contacts");
  write_figure(page, Text::messages, page.count("SELECT COUNT(*) FROM messages"), "messages");
  page.raw("</ul>\n<p class=\"bands\">").label(Text::findings);
  const std::pair<std::string_view, std::uint64_t> bands[] = {{"high", high}, {"medium", medium}, {"low", low}};
  for (const auto& [band, count] : bands) {
    page.raw("<span class=\"").raw(band).raw("\"><span class=\"band\">").word(Vocabulary::band, band).raw("</span> ").number(count).raw("</span> ");
  }
  page.raw("</p>\n<p class=\"note\">").say(Text::indicators_note).raw("</p>\n<p class=\"").raw(all == full ? "soft" : "note warn").raw("\">");
  page.say(all == full ? Text::complete_note : Text::incomplete_note).raw("</p>\n");
  write_isolation(page);
  page.raw("</section>\n");
}

// Above all else, and only where there is one: nobody should have to look for these.
void write_distress(Page& page, const RuleTexts& rules) {
  const auto list = load_findings(page, first_shown, distress_category);
  if (list.shown.empty()) return;
  page.section("distress", Text::distress_title).raw("<p class=\"tag indicator\">").say(Text::indicator_label).raw("</p>");
  page.raw("<p class=\"note warn\">").say(Text::distress_intro).raw("</p>\n<ol class=\"cards\">\n");
  for (std::size_t i = 0; i < list.shown.size(); ++i) write_card(page, list.shown[i], "distress-" + std::to_string(i + 1), i + 1, 0, rules);
  page.raw("</ol>\n");
  if (list.not_shown > 0) page.raw("<p class=\"note\">").label(Text::distress_more).number(list.not_shown).raw("</p>\n");
  page.end_section();
}

void write_first_ten(Page& page, const FindingList& list, const RuleTexts& rules) {
  page.section("first", Text::ten_title).raw("<p class=\"tag indicator\">").say(Text::indicator_label).raw("</p>");
  if (list.shown.empty()) {
    page.raw("<p class=\"note\">").say(Text::ten_none).raw("</p>").end_section();
    return;
  }
  page.raw("<p class=\"soft\">").say(Text::ten_intro).raw("</p>\n<ol class=\"cards\">\n");
  for (std::size_t i = 0; i < list.shown.size() && i < first_shown; ++i) write_card(page, list.shown[i], "first-" + std::to_string(i + 1), i + 1, i + 1, rules);
  page.raw("</ol>\n").end_section();
}

}  // namespace evtriage::reports
