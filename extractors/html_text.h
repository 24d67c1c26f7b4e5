// HTML to text: what a person could read, apart from comments and link targets.  HTML Living Standard, section 13.2,
// as far as text needs it; nothing is executed or fetched, nothing recurses, time is linear.
// Tested by tests/extractors/html_test.cpp.
#pragma once
#include <string>
#include <string_view>

#include "pipeline/core/plugin.h"

namespace evtriage {

struct MappedText {  // text and the way back to the bytes that were given
  std::string text;
  OffsetMap map;
};

struct HtmlText {
  MappedText body;      // visible text, one block a line; alt, title and placeholder texts too
  MappedText comments;  // one comment a line
  MappedText links;     // targets of href and src, one a line, entities undone
  std::string title;
};

// `html` is UTF-8; maps lead to its bytes.
HtmlText html_text(std::string_view html);

// The charset that a <meta> among the first 1024 bytes names, or nothing.
std::string_view meta_charset(std::string_view head);

// Segments of one HTML text: body, comments, links; `back` leads from its UTF-8 to the item's bytes.
void emit_html(std::string_view html, const OffsetMap& back, bool is_message, Emit& emit);

}  // namespace evtriage
