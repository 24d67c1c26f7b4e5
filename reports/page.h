// What every section of the HTML report writes through: our markup, our words, and evidence kept apart.
//
// A section never concatenates evidence into markup itself: it calls evidence(), value() or marked().
// Errors of the store stick: sections go on, write_html gives the first one.
// Tested by tests/reports/html_test.cpp.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/case_input.h"
#include "reports/escape.h"
#include "reports/strings.h"

namespace evtriage::reports {

class Page {
 public:
  Page(const CaseInput& input, Sink sink) : input_(input), sink_(std::move(sink)) {}
  Language language() const { return input_.language; }
  const CaseInput& input() const { return input_; }

  Page& raw(std::string_view markup) { sink_(markup); return *this; }  // ours, already HTML
  Page& say(Text id);                                 // a text of ours, escaped
  Page& label(Text id);                               // "Name: " with the language's colon
  Page& word(Vocabulary vocabulary, std::string_view key);  // translated, or as it stands
  Page& number(std::uint64_t value);
  Page& size(std::uint64_t bytes);
  Page& time(std::string_view rfc3339);               // <time>; empty: "not stated"
  // A name, path or value of the evidence: isolated, one line.
  Page& evidence(std::string_view text, std::size_t limit = 300);
  // A path: left to right whatever its script, so that the extension stands where it is looked for.
  Page& path(std::string_view text, std::size_t limit = 300);
  // Machine text (address, digest): left to right, monospaced, may break anywhere.
  Page& code(std::string_view text, std::size_t limit = 600);

  // table(caption, {columns}) ... rows ... end_table().  A column with `numeric` stands at the end side.
  struct Heading {
    Text text;
    bool numeric = false;
  };
  Page& table(Text caption, std::initializer_list<Heading> headings, std::string_view css_class = {});
  Page& end_table() { return raw("</tbody></table></div>\n"); }
  Page& section(std::string_view id, Text title);     // <section> with its <h2>
  Page& end_section() { return raw("</section>\n"); }
  Page& cell(std::string_view markup) { return raw("<td>").raw(markup).raw("</td>"); }
  Page& number_cell(std::uint64_t value);

  // The store.  Rows: columns as text, NULL as an empty text.
  using Row = std::vector<std::string>;
  void each(const std::string& sql, const std::vector<std::string>& bind, const std::function<bool(const Row&)>& row);
  std::uint64_t count(const std::string& sql);        // first column of the first row, 0 if none
  const Result<void>& state() const { return state_; }

 private:
  const CaseInput& input_;
  Sink sink_;
  Result<void> state_;
};

std::uint64_t to_number(std::string_view digits);  // 0 if it is none

}  // namespace evtriage::reports
