// Flows and properties of an RTF.
// Tested by tests/extractors/ole/rtf_test.cpp.
#include "extractors/ole/rtf_text.h"

#include <algorithm>
#include <utility>

namespace evtriage::ole {
namespace {

constexpr std::size_t most_value = 64 << 10;
constexpr std::uint64_t most_html = 32 << 20;

struct Label {
  const char* property;
  const char* label;
};
// What an information group's text means; null: nothing of that kind.
Label label_of(Into into) {
  switch (into) {
    case Into::title: return {"dc:title", "Title"};
    case Into::subject: return {"dc:subject", "Subject"};
    case Into::author: return {"dc:creator", "Author"};
    case Into::keywords: return {"cp:keywords", "Keywords"};
    case Into::description: return {"dc:description", "Comments"};
    case Into::last_author: return {"cp:lastModifiedBy", "Last saved by"};
    case Into::manager: return {"ep:Manager", "Manager"};
    case Into::company: return {"ep:Company", "Company"};
    case Into::category: return {"cp:category", "Category"};
    case Into::link_base: return {"ep:HyperlinkBase", "Hyperlink base"};
    case Into::generator: return {"ep:Application", nullptr};
    case Into::revisers: return {"reviser", "Revisers"};
    default: return {nullptr, nullptr};
  }
}

}  // namespace

RtfText::RtfText(const RtfOptions& options, Emit& emit)
    : options_(options), emit_(emit), body_(emit, "body"), header_(emit, "header"), footnotes_(emit, "body"), comments_(emit, "comment"),
      deleted_(emit, "deleted"), hidden_(emit, "hidden"), links_(emit, "link"), fields_(emit, "field"), metadata_(emit, "metadata"), html_(emit, "body") {
  const std::string front = options.place.empty() ? "" : options.place + ", ";
  body_.is_message(options.is_message);
  header_.place(front + "headers and footers");
  footnotes_.place(front + "footnotes");
  metadata_.place(front + "properties");
  for (TextFlow* flow : {&comments_, &deleted_, &hidden_, &links_, &fields_}) flow->place(options.place);
  html_.keep_whole();
}

TextFlow& RtfText::flow_of(const Style& style) {
  if (style.into == Into::comment || style.into == Into::comment_author) return comments_;
  if (style.into == Into::link) return links_;
  if (style.deleted) return deleted_;
  if (style.hidden) return hidden_;
  if (style.into == Into::header) return header_;
  return style.into == Into::footnote ? footnotes_ : body_;
}

void RtfText::information(Into into, char32_t code, ByteRange source) {
  if (code < 0x20 || value_.size() >= most_value) return;
  append_utf8(value_, code);
  if (label_of(into).label != nullptr || into == Into::custom_value || into == Into::custom_name) metadata_.put(code, source);
}

void RtfText::put(char32_t code, ByteRange source, const Style& style) {
  source = place(source);
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) code = U'\ufffd';
  switch (style.into) {
    case Into::body: case Into::header: case Into::footnote: case Into::comment: case Into::comment_author: case Into::link: case Into::html_tag: break;
    case Into::field_code: return code_.put(code, source);
    case Into::object_class:
      if (code >= 0x20 && object_class_.size() < 64) append_utf8(object_class_, code);
      return;
    case Into::skip: case Into::fonts: case Into::picture: case Into::object_data: case Into::information: return;
    default: return information(style.into, code, source);
  }
  if (is_html_ && (style.into == Into::body || style.into == Into::html_tag)) {
    if (style.html_rtf && style.into == Into::body) return;
    html_full_ = html_full_ || html_.total() >= most_html;
    if (!html_full_) html_.put(code, source);
    return;
  }
  if (style.into == Into::html_tag) return;
  TextFlow& flow = flow_of(style);
  if (&flow == &body_ && body_.empty()) {
    body_.rename((options_.place.empty() ? "" : options_.place + ", ") + "paragraph " + std::to_string(paragraph_));
  }
  flow.put(code, source);
}

void RtfText::paragraph(ByteRange source, const Style& style, char32_t mark) {
  if (mark == U'\n' && style.into == Into::body) ++paragraph_;
  put(mark, source, style);
}

void RtfText::begin(Into into, ByteRange source) {
  value_.clear();
  if (into == Into::field_code) code_.clear();
  if (const Label label = label_of(into); label.label != nullptr) {
    metadata_.line();
    metadata_.words(std::string(label.label) + ": ", place(source));
  }
  if (into == Into::comment_author) comments_.line();
}

void RtfText::end(Into into) {
  const Label label = label_of(into);
  if (label.property != nullptr) {
    while (!value_.empty() && (value_.back() == ';' || value_.back() == ' ')) value_.pop_back();
    if (!value_.empty() && options_.properties) emit_.property(label.property, value_);
    if (label.label != nullptr) metadata_.line();
  } else if (into == Into::custom_name) {
    custom_name_ = value_;
    metadata_.words(": ", place({}));
  } else if (into == Into::custom_value) {
    if (!custom_name_.empty() && options_.properties) emit_.property("custom:" + custom_name_, value_);
    metadata_.line();
  } else if (into == Into::field_code) {
    code_.give(links_, fields_);
  } else if (into == Into::link) {
    links_.line();
  } else if (into == Into::comment) {
    comments_.line();
  } else if (into == Into::comment_author && !comments_.at_line_start()) {
    comments_.made(':');
    comments_.made(' ');
  } else if (into == Into::header) {
    header_.line();
  } else if (into == Into::footnote) {
    footnotes_.line();
  }
  value_.clear();
}

void RtfText::date(WordKind kind, std::int64_t number) {
  number = std::clamp<std::int64_t>(number, 0, 9999);
  switch (kind) {
    case WordKind::year: date_.year = number; break;
    case WordKind::month: date_.month = number; break;
    case WordKind::day: date_.day = number; break;
    case WordKind::hour: date_.hour = number; break;
    case WordKind::minute: date_.minute = number; break;
    case WordKind::second: date_.second = number; break;
    default:
      give_date();
      date_.which = kind;
  }
}

// Local time of the writer: the file does not tell its zone, so none is written.
void RtfText::give_date() {
  const Date d = std::exchange(date_, Date{});
  const bool day = d.year >= 1900 && d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= 31;
  if (d.which == WordKind::none || !day || d.hour > 23 || d.minute > 59 || d.second > 59 || !options_.properties) return;
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const char* const name = d.which == WordKind::created ? "dcterms:created" : d.which == WordKind::modified ? "dcterms:modified" : "cp:lastPrinted";
  emit_.property(name, std::to_string(d.year) + "-" + two(d.month) + "-" + two(d.day) + "T" + two(d.hour) + ":" + two(d.minute) + ":" + two(d.second));
}

std::string RtfText::finish() {
  give_date();
  std::string excerpt;
  if (is_html_) {
    if (html_full_) emit_.issue({Code::limit, "rtf", "html=33554432 bytes inside RTF: the rest was not read", {}, true});
    excerpt = emit_html_text(html_.take(), options_.place, options_.is_message, emit_);
  }
  for (TextFlow* flow : {&body_, &header_, &footnotes_, &comments_, &deleted_, &hidden_, &links_, &fields_, &metadata_}) flow->flush();
  return excerpt.empty() ? body_.excerpt() : excerpt;
}

}  // namespace evtriage::ole
