// The control words of RTF 1.9 that decide where text goes.  Everything that is not here is formatting.
// Tested by tests/extractors/ole/rtf_test.cpp.
#pragma once
#include <cstdint>
#include <string_view>

namespace evtriage::ole {

enum class Into : std::uint8_t {  // where the text of a group goes
  body, header, footnote, comment, comment_author, field_code, link, skip, fonts, information, title, subject, author, keywords,
  description, last_author, manager, company, category, link_base, generator, revisers, custom_name, custom_value, picture, object_data,
  object_class, html_tag
};

enum class WordKind : std::uint8_t {
  none,        // formatting
  destination, // .into
  character,   // .value is the code point
  paragraph, line, cell, row,
  unicode, unicode_skip, binary, font, charset, code_page_of_font, code_page, ansi, mac, pc, pca, default_font,
  plain, hidden, deleted, html_rtf, from_html, from_text,
  picture_type,                       // .value: see rtf_object.h
  transparent,                        // a destination whose own text is that of the group around it
  created, modified, printed, year, month, day, hour, minute, second
};

struct ControlWord {
  std::string_view name;
  WordKind kind = WordKind::none;
  Into into = Into::body;
  std::uint32_t value = 0;
};

// The entry of a control word; kind none if it does not matter here.
const ControlWord& control_word(std::string_view name);

// The code page that a \fcharset stands for; 0: that of the document.
unsigned code_page_of_charset(unsigned charset);

}  // namespace evtriage::ole
