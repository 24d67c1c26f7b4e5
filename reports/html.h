// The HTML report: one self-contained page, no script, no reference to anything outside it.
//
// Sections are functions over a Page, in the order in which a prosecutor reads.  To add one: a function
// here, a line in html.cpp, its words in strings.cpp.
// Tested by tests/reports/html_test.cpp (golden pages in four languages, hostile cases).
#pragma once
#include "reports/findings.h"
#include "reports/page.h"

namespace evtriage::reports {

inline constexpr std::size_t findings_shown = 200, first_shown = 10, contacts_shown = 100, list_shown = 200;

std::string_view style_sheet();           // its digest stands in the content security policy
std::string content_security_policy();

Result<void> write_html(const CaseInput& input, const Sink& sink);

// Sections.
void write_title_block(Page& page);
void write_glance(Page& page);
void write_distress(Page& page, const RuleTexts& rules);
void write_first_ten(Page& page, const FindingList& list, const RuleTexts& rules);
void write_patterns(Page& page);
void write_exhibits(Page& page);
void write_examined(Page& page);
void write_special(Page& page);
void write_media(Page& page);
void write_elements(Page& page);
void write_findings(Page& page, const FindingList& list);
void write_contacts(Page& page);
void write_links(Page& page);             // inside the contacts
void write_messages(Page& page);
void write_timeline(Page& page);
void write_request(Page& page);
void write_received(Page& page);
void write_method(Page& page);
void write_custody(Page& page);
void write_integrity(Page& page);
void write_repeat(Page& page);
void write_limits(Page& page);
void write_sign_off(Page& page);
void write_annex(Page& page);

// SQL for a column of times in a query that knows the column "exhibit": `plain`, but strftime with `format` and the
// correction for exhibits whose device's clock is known to be wrong.  Appends the parameters to `bind`.
std::string corrected_time(Page& page, const std::string& column, const std::string& format, const std::string& plain, std::vector<std::string>& bind);
void write_clock_note(Page& page);        // tells the corrections, if there are any

}  // namespace evtriage::reports
