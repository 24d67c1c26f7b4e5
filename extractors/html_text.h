// HTML to text: what a person could read, apart from comments and link targets.  HTML Living Standard, section 13.2,
// as far as text needs it; nothing is executed or fetched, nothing recurses, time is linear.
// Tested by tests/extractors/html_test.cpp.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/core/plugin.h"

namespace evtriage {

struct MappedText {  // text and the way back to the bytes that were given
  std::string text;
  OffsetMap map;
};

struct DataUri {         // RFC 2397: a picture or a page that lies in an attribute
  std::string media_type;  // as claimed; may be empty
  bool base64 = false;     // else percent-encoded
  std::size_t begin = 0, end = 0;  // of its encoded bytes in the HTML
};

struct HtmlText {
  MappedText body;      // visible text, one block a line; alt, title, placeholder texts and the values of forms too
  MappedText metadata;  // "description: ..." and its like of <meta>, one a line
  MappedText json_ld;   // what <script type="application/ld+json"> says
  MappedText scripts;   // other scripts, data-* and on* attributes, escapes of JavaScript undone: pages keep their posts there
  std::vector<std::pair<std::string, std::string>> properties;  // dc:description, dc:subject, dc:creator
  std::vector<DataUri> data;
  MappedText comments;  // one comment a line
  MappedText links;     // targets of href and src, one a line, entities undone
  std::string title;
};

// `html` is UTF-8; maps lead to its bytes.
HtmlText html_text(std::string_view html);

// The charset that a <meta> among the first 1024 bytes names, or nothing.
std::string_view meta_charset(std::string_view head);

// Segments of one HTML text: body, metadata, comments, links, scripts; `back` leads from its UTF-8 to the item's bytes.
// data: URIs become children, numbered on from `*children` (how many the item has so far); without it they are told.
void emit_html(std::string_view html, const OffsetMap& back, bool is_message, Emit& emit, std::uint64_t* children = nullptr);

// The same without body and title, for who has dealt with those.
void emit_html_rest(HtmlText text, std::string_view html, const OffsetMap& back, Emit& emit, std::uint64_t* children);

}  // namespace evtriage
