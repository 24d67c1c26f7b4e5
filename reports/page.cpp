// The writing side of a page.  Kept small: what stands here is used by every section.
// Tested by tests/reports/html_test.cpp
#include "reports/page.h"

#include <charconv>

namespace evtriage::reports {

std::uint64_t to_number(std::string_view digits) {
  std::uint64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

Page& Page::say(Text id) { return raw(html(text(id, language()))); }

Page& Page::label(Text id) {
  return raw("<span class=\"label\">").say(id).raw(text(Text::colon, language())).raw("</span>");
}

Page& Page::word(Vocabulary vocabulary, std::string_view key) {
  if (const auto known = translate(vocabulary, key, language())) return raw(html(*known));
  if (key.empty()) return say(Text::not_stated);
  return evidence(key);
}

Page& Page::number(std::uint64_t value) { return raw(grouped(value)); }

Page& Page::size(std::uint64_t bytes) { return raw("<bdi class=\"nowrap\">").raw(readable_size(bytes, language())).raw("</bdi>"); }

Page& Page::time(std::string_view rfc3339) {
  if (rfc3339.empty()) return say(Text::not_stated);
  std::string shown(rfc3339.substr(0, 19));
  if (shown.size() > 10) shown[10] = ' ';
  if (rfc3339.ends_with('Z')) shown += " UTC";
  else shown = rfc3339;
  return raw("<time dir=\"ltr\" datetime=\"").raw(attribute(rfc3339, 40)).raw("\">").raw(html(shown, Shape::line, 40)).raw("</time>");
}

Page& Page::evidence(std::string_view text, std::size_t limit) {
  return raw("<bdi class=\"evidence\">").raw(html(text, Shape::line, limit)).raw("</bdi>");
}

Page& Page::path(std::string_view text, std::size_t limit) {
  return raw("<bdi class=\"evidence\" dir=\"ltr\">").raw(html(text, Shape::line, limit)).raw("</bdi>");
}

Page& Page::code(std::string_view text, std::size_t limit) {
  return raw("<code dir=\"ltr\">").raw(html(text, Shape::line, limit)).raw("</code>");
}

Page& Page::table(Text caption, std::initializer_list<Heading> headings, std::string_view css_class) {
  raw("<div class=\"scroll\"><table").raw(css_class.empty() ? "" : " class=\"").raw(css_class).raw(css_class.empty() ? "" : "\"");
  raw("><caption>").say(caption).raw("</caption><thead><tr>");
  for (const auto& heading : headings) raw(heading.numeric ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">").say(heading.text).raw("</th>");
  return raw("</tr></thead><tbody>\n");
}

Page& Page::section(std::string_view id, Text title) {
  return raw("<section id=\"").raw(id).raw("\" aria-labelledby=\"").raw(id).raw("-h\">\n<h2 id=\"").raw(id).raw("-h\">").say(title).raw("</h2>\n");
}

Page& Page::number_cell(std::uint64_t value) { return raw("<td class=\"n\">").number(value).raw("</td>"); }

void Page::each(const std::string& sql, const std::vector<std::string>& bind, const std::function<bool(const Row&)>& row) {
  Row texts;
  const auto answer = input_.reader->query(sql, bind, [&](const CaseReader::Row& columns) {
    texts.assign(columns.size(), {});
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i]) texts[i] = *columns[i];
    }
    return row(texts);
  });
  if (!answer && state_) state_ = answer.error();
}

std::uint64_t Page::count(const std::string& sql) {
  std::uint64_t value = 0;
  each(sql, {}, [&](const Row& row) {
    if (!row.empty()) value = to_number(row[0]);
    return false;
  });
  return value;
}

}  // namespace evtriage::reports
