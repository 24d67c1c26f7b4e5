// Hostile text made harmless: one function for each output.
//
// The same rule everywhere: what a reader cannot see becomes visible, what a program would obey becomes
// text.  Input may be any bytes; output is always valid UTF-8.
// Tested by tests/reports/escape_test.cpp.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace evtriage::reports {

enum class Shape : std::uint8_t {
  line,   // names, paths, values: every control, line breaks too, becomes visible
  block   // running text: line breaks stay
};

// Text of HTML (also right inside a double-quoted attribute if it holds no invisible character, see attribute).
//   < > & " '                     entities
//   C0, DEL                       control pictures U+2400.. in <span class="ctl">
//   C1, bytes that are no UTF-8   \xHH in <span class="ctl">
//   bidi controls, zero-width, line separators, tags, noncharacters   U+HHHH in <span class="ctl">
// At most `limit` characters of the text are written; what was cut is told as "[+N]".
void append_html(std::string& out, std::string_view text, Shape shape, std::size_t limit = 4000);
std::string html(std::string_view text, Shape shape = Shape::line, std::size_t limit = 4000);
// The same without <span>: for attribute values.
std::string attribute(std::string_view text, std::size_t limit = 400);

// As append_html, with every occurrence of one of `marks` inside <mark>.  Overlaps are joined.
void append_marked(std::string& out, std::string_view text, const std::vector<std::string>& marks, std::size_t limit = 1200);

// One cell of RFC 4180, quoted where needed.  Invisible characters as above, as plain text; line breaks stay.
// A cell that a spreadsheet could take for a formula gets a leading apostrophe: first character = + - @ TAB
// CR or their full-width forms, also behind blanks; a plain number (-12.5) stays a number.
void append_csv_cell(std::string& out, std::string_view text);

// Plain text for programs that show it: invisible characters as in a CSV cell, line breaks stay, always valid
// UTF-8 without controls.  At most `limit` UTF-16 units and the sign "[+N]" of the N bytes that were cut.
void append_visible(std::string& out, std::string_view text, std::size_t limit);

// True for characters that change how neighbours look without being seen themselves.
bool is_invisible(char32_t code);

}  // namespace evtriage::reports
