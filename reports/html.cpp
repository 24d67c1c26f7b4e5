// The page around the sections: head, policy, navigation, order.  Nothing here reads a clock: the same
// sealed case gives the same bytes.
// Tested by tests/reports/html_test.cpp
#include "reports/html.h"

#include <cstdint>

namespace evtriage::reports {
namespace {

std::string base64(const Sha256& digest) {
  constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < digest.size(); i += 3) {
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) bits = bits << 8 | (i + k < digest.size() ? std::to_integer<std::uint32_t>(digest[i + k]) : 0);
    for (std::size_t k = 0; k < 4; ++k) out += i + k <= digest.size() ? alphabet[bits >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

struct Entry {
  std::string_view id;
  Text title;
};
constexpr Entry contents[] = {
    {"first", Text::ten_title}, {"elements", Text::elements_title}, {"findings", Text::findings_title},
    {"contacts", Text::contacts_title}, {"messages", Text::messages_title}, {"timeline", Text::timeline_title},
    {"request", Text::request_title}, {"exhibits", Text::exhibits_title}, {"received", Text::received_title},
    {"examined", Text::examined_title}, {"special", Text::special_title}, {"media", Text::media_title},
    {"method", Text::method_title}, {"custody", Text::custody_title}, {"integrity", Text::integrity_title}, {"repeat", Text::repeat_title},
    {"limits", Text::limits_title}, {"signoff", Text::sign_off_title}, {"annex", Text::annex_title}};

void write_head(Page& page) {
  const auto language = page.language();
  const auto& facts = page.input().custody.facts;
  const auto number = facts.find("case_number");
  page.raw("<!DOCTYPE html>\n<html lang=\"").raw(code_of(language)).raw("\" dir=\"").raw(is_right_to_left(language) ? "rtl" : "ltr").raw("\">\n<head>\n<meta charset=\"utf-8\">\n");
  page.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"").raw(content_security_policy()).raw("\">\n");
  page.raw("<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>").say(Text::report_title);
  if (number != facts.end()) page.raw(" \xE2\x80\x93 ").raw(attribute(number->second, 80));
  page.raw("</title>\n<style>").raw(style_sheet()).raw("</style>\n</head>\n<body>\n");
}

void write_navigation(Page& page) {
  page.raw("<nav aria-labelledby=\"contents-h\"><h2 id=\"contents-h\">").say(Text::contents).raw("</h2><ol>");
  for (const auto& entry : contents) page.raw("<li><a href=\"#").raw(entry.id).raw("\">").say(entry.title).raw("</a></li>");
  page.raw("</ol></nav>\n");
}

}  // namespace

std::string content_security_policy() {
  return "default-src 'none'; style-src 'sha256-" + base64(sha256(style_sheet())) + "'; base-uri 'none'; form-action 'none'";
}

Result<void> write_html(const CaseInput& input, const Sink& sink) {
  Page page(input, sink);
  const auto rules = load_rules(page);
  const auto list = load_findings(page, findings_shown);
  write_head(page);
  page.raw("<a class=\"skip\" href=\"#first\">").say(Text::skip_to_content).raw("</a>\n");
  write_title_block(page);
  page.raw("<main>\n");
  write_glance(page);
  write_distress(page, rules);
  write_first_ten(page, list, rules);
  write_navigation(page);
  write_elements(page);
  write_findings(page, list);
  write_patterns(page);
  write_contacts(page);
  write_messages(page);
  write_timeline(page);
  write_request(page);
  write_exhibits(page);
  write_received(page);
  write_examined(page);
  write_special(page);
  write_media(page);
  write_method(page);
  write_custody(page);
  write_integrity(page);
  write_repeat(page);
  write_limits(page);
  write_sign_off(page);
  write_annex(page);
  page.raw("</main>\n<footer><p>").say(Text::end_of_report).raw("</p></footer>\n</body>\n</html>\n");
  return page.state();
}

}  // namespace evtriage::reports
