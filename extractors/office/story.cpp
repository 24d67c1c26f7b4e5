// One switch over start tags, one over end tags.  See story.h.
// Tested by tests/extractors/office/docx_test.cpp and pptx_test.cpp.
#include "extractors/office/story.h"

#include <algorithm>
#include <utility>

#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr std::size_t most_remembered = 100'000;  // paragraphs of text boxes
constexpr std::size_t most_field_bytes = 1u << 16;

bool is_off(std::string_view value) { return value == "0" || value == "false" || value == "off"; }
bool is_on(std::string_view value) { return value == "1" || value == "true" || value == "on"; }

// Fields that only number and repeat what stands elsewhere.
bool is_dull(std::string_view field) {
  const std::size_t begin = std::min(field.find_first_not_of(" \t"), field.size());
  field.remove_prefix(begin);
  const std::string_view word = field.substr(0, field.find_first_of(" \t\\"));
  for (const std::string_view dull : {"PAGE", "NUMPAGES", "TOC", "PAGEREF", "SEQ", "REF", "STYLEREF", "SECTION", "SECTIONPAGES", "DATE", "TIME", "FORMTEXT",
                                      "FORMCHECKBOX", "FORMDROPDOWN", "NOTEREF", "TC", "XE", "INDEX"}) {
    if (word == dull) return true;
  }
  return word.empty() || field.find("\\l \"_Toc") != field.npos;
}

UnitPlace renamed(UnitPlace place, std::string unit) {
  if (!place.is_counted) return {place.unit + ", " + unit, place.suffix, false};
  place.unit = std::move(unit);
  return place;
}

}  // namespace

Story::Story(Part& part, Emit& emit, StoryKind kind)
    : xml_(part.xml), kind_(std::move(kind)),
      body_(part, emit, kind_.origin, kind_.place),
      boxes_(part, emit, kind_.origin, renamed(kind_.place, "text box")),
      deleted_(part, emit, "deleted", kind_.place),
      hidden_(part, emit, "hidden", kind_.place),
      links_(part, emit, "link", renamed(kind_.place, "field")),
      alt_(part, emit, "alt", renamed(kind_.place, "picture")),
      fallback_(part, emit, kind_.origin, renamed(kind_.place, "alternate text")) {}

void Story::read() {
  for (auto event = xml_.next(); event != XmlReader::Event::finish; event = xml_.next()) {
    if (event == XmlReader::Event::start) start();
    if (event == XmlReader::Event::text) text(xml_.text());
    if (event == XmlReader::Event::end) end();
  }
  while (!open_.empty()) end_paragraph();  // of a part that is cut
  for (TextGroup* group : {&body_, &boxes_, &deleted_, &hidden_, &links_, &alt_, &fallback_}) group->flush();
}

void Story::start() {
  if (kind_.container != 0 && xml_.tag() == kind_.container && (xml_.ns() == Ns::word || xml_.ns() == Ns::slide || xml_.ns() == Ns::slide_comment)) {
    return start_container();
  }
  if (xml_.ns() == Ns::word || xml_.ns() == Ns::drawing) return start_word_or_drawing();
  start_other();
}

void Story::start_word_or_drawing() {
  switch (xml_.tag()) {
    case "p"_tag:
      open_.push_back({"", "", "", boxes_open_ > 0, fallbacks_ > 0, xml_.began()});
      ++paragraphs_;
      return;
    case "r"_tag: return runs_.push_back(false);
    case "t"_tag:
      in_text_ = true;
      return;
    case "delText"_tag:
      in_deleted_text_ = true;
      return;
    case "tab"_tag:  // in a run; elsewhere it is a position of a ruler
      if (!runs_.empty()) put("\t");
      return;
    case "br"_tag: case "cr"_tag: return put("\n");
    case "noBreakHyphen"_tag: return put("\xe2\x80\x91");
    case "vanish"_tag:
      if (!runs_.empty() && !is_off(xml_.attribute("val", Ns::word))) runs_.back() = true;
      return;
    case "tr"_tag: return cells_.push_back(0);
    case "tc"_tag: return start_cell();
    case "txbxContent"_tag:
      ++boxes_open_;
      return;
    case "del"_tag: case "moveFrom"_tag: return start_deletion();
    case "instrText"_tag: case "delInstrText"_tag:
      in_field_ = true;
      return;
    case "fldSimple"_tag:
      field_ = xml_.attribute("instr", Ns::word);
      return end_field();
    case "fldChar"_tag:
      if (xml_.attribute("fldCharType", Ns::word) != "begin") end_field();
      return;
    case "cNvPr"_tag: case "docPr"_tag: return alternative_text();
    default: return;
  }
}

void Story::start_other() {
  switch (xml_.tag()) {
    case "t"_tag:  // of mathematics
      if (xml_.ns() == Ns::math) in_text_ = true;
      return;
    case "docPr"_tag: case "cNvPr"_tag: return alternative_text();
    case "ph"_tag:  // sp / nvSpPr / nvPr / ph
      if (kind_.drops_placeholders && dropped_depth_ == 0 && xml_.depth() > 3) dropped_depth_ = xml_.depth() - 3;
      return;
    case "Fallback"_tag:
      if (xml_.ns() == Ns::alternate) ++fallbacks_;
      return;
    case "strCache"_tag:
      in_cache_ = xml_.ns() == Ns::chart;
      return;
    case "v"_tag:
      if (in_cache_) open_.push_back({"", "", "", false, false, xml_.began()});
      in_text_ = in_cache_;
      return;
    case "text"_tag:  // of a comment in a presentation, before 2018
      if (xml_.ns() == Ns::slide) in_text_ = true;
      return;
    case "shape"_tag:
      if (xml_.ns() == Ns::vml && !xml_.attribute("alt").empty()) alt_.add_unit(xml_.attribute("alt"));
      return;
    case "textpath"_tag:
      if (xml_.ns() == Ns::vml) fallback(xml_.attribute("string"), xml_.began());
      return;
    default: return;
  }
}

void Story::end() {
  if (xml_.depth() < hidden_depth_) hidden_depth_ = 0;
  if (xml_.depth() < dropped_depth_) dropped_depth_ = 0;
  switch (xml_.tag()) {
    case "t"_tag: case "text"_tag: case "delText"_tag: case "instrText"_tag: case "delInstrText"_tag:
      in_text_ = in_deleted_text_ = in_field_ = false;
      return;
    case "v"_tag:
      if (in_cache_) end_paragraph();
      in_text_ = false;
      return;
    case "p"_tag:
      if (xml_.ns() == Ns::word || xml_.ns() == Ns::drawing) end_paragraph();
      return;
    case "r"_tag:
      if (!runs_.empty() && (xml_.ns() == Ns::word || xml_.ns() == Ns::drawing)) runs_.pop_back();
      return;
    case "tr"_tag:
      if (cells_.empty()) return;
      cells_.pop_back();
      begun_in_cell_ = false;
      return group().end_unit(boxes_open_ > 0 ? box_count_ : paragraphs_);
    case "txbxContent"_tag:
      if (boxes_open_ > 0) --boxes_open_;
      if (fallbacks_ == 0) boxes_.end_unit(++box_count_);
      return;
    case "del"_tag: case "moveFrom"_tag:
      if (deletions_ > 0) --deletions_;
      return;
    case "Fallback"_tag:
      if (fallbacks_ > 0 && xml_.ns() == Ns::alternate) --fallbacks_;
      return;
    case "strCache"_tag:
      in_cache_ = false;
      return;
    default:
      if (kind_.container != 0 && xml_.tag() == kind_.container) body_.end_unit(containers_);
  }
}

void Story::text(std::string_view chars) {
  if (in_field_) {
    field_ += chars.substr(0, most_field_bytes - std::min(field_.size(), most_field_bytes));
  } else if (in_text_ || in_deleted_text_) {
    put(chars);
  }
}

void Story::put(std::string_view chars) {
  if (dropped_depth_ != 0) return;
  if (open_.empty()) return group().add(chars);
  Paragraph& paragraph = open_.back();
  const bool is_hidden = hidden_depth_ != 0 || (!runs_.empty() && runs_.back());
  if (deletions_ > 0 || in_deleted_text_) {
    if (paragraph.deleted.size() > most_field_bytes) deleted_.add(std::exchange(paragraph.deleted, ""), paragraph.begin);
    if (paragraph.deleted.empty() || !deleted_by_.empty()) paragraph.deleted += deleted_by_;
    deleted_by_.clear();
    paragraph.deleted += chars;
  } else if (is_hidden) {
    if (paragraph.hidden.size() > most_field_bytes) hidden_.add(std::exchange(paragraph.hidden, ""), paragraph.begin);
    paragraph.hidden += chars;
  } else {  // a paragraph of any length needs bounded memory
    if (paragraph.text.size() > most_field_bytes) (paragraph.is_fallback ? fallback_ : group()).add(std::exchange(paragraph.text, ""), paragraph.begin);
    paragraph.text += chars;
  }
}

void Story::end_paragraph() {
  if (open_.empty()) return;
  const Paragraph paragraph = std::move(open_.back());
  open_.pop_back();
  if (!paragraph.deleted.empty()) {
    deleted_.add(paragraph.deleted, paragraph.begin);
    deleted_.end_unit(paragraphs_);
  }
  if (!paragraph.hidden.empty()) {
    hidden_.add(paragraph.hidden, paragraph.begin);
    hidden_.end_unit(paragraphs_);
  }
  if (paragraph.is_fallback) return fallback(paragraph.text, paragraph.begin);
  if (paragraph.is_boxed && boxed_.size() < most_remembered) boxed_.insert(tag_of(paragraph.text));
  if (!cells_.empty()) {
    if (begun_in_cell_ && !paragraph.text.empty()) group().add("\n");
    begun_in_cell_ = begun_in_cell_ || !paragraph.text.empty();
    return group().add(paragraph.text, paragraph.begin);
  }
  group().add(paragraph.text, paragraph.begin);
  if (paragraph.is_boxed || kind_.container != 0) return group().add("\n");
  body_.end_unit(paragraphs_);
}

void Story::start_cell() {
  if (cells_.empty()) return;
  if (cells_.back()++ > 0) group().add("\t");
  begun_in_cell_ = false;
}

// The alternate text of a text box says the same again, for old programs: told only if it does not.
void Story::fallback(std::string_view text, std::uint64_t from) {
  if (text.empty() || boxed_.contains(tag_of(text))) return;
  if (boxed_.size() < most_remembered) boxed_.insert(tag_of(text));
  fallback_.add_unit(text, from);
}

std::string Story::label() {
  return written_by(xml_.attribute("author", Ns::word), xml_.attribute("date", Ns::word));
}

void Story::start_container() {
  const std::string_view type = xml_.attribute("type", Ns::word);
  if (type == "separator" || type == "continuationSeparator") return xml_.skip();
  ++containers_;
  body_.add(label());
}

void Story::start_deletion() {
  ++deletions_;
  deleted_by_ = label();
}

void Story::end_field() {
  if (!is_dull(field_)) links_.add_unit(field_);
  field_.clear();
}

void Story::alternative_text() {
  const std::string_view title = xml_.attribute("title"), description = xml_.attribute("descr");
  for (const std::string_view text : {title, description}) {
    if (text.empty() || text == last_alt_) continue;  // the frame and the picture in it say the same
    last_alt_ = text;
    alt_.add_unit(text);
  }
  if (is_on(xml_.attribute("hidden")) && hidden_depth_ == 0 && xml_.depth() > 2) hidden_depth_ = xml_.depth() - 2;
}

}  // namespace evtriage
