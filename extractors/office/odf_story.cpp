// Starts are told apart by namespace, then by name.  See odf_story.h.
// Tested by tests/extractors/office/odf_test.cpp.
#include "extractors/office/odf_story.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "extractors/office/base64.h"
#include "extractors/office/child_bytes.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr std::size_t most_spaces = 1000;           // of one text:s
constexpr std::size_t most_aside_bytes = 1u << 20;  // of one comment or deletion kept in memory
constexpr std::size_t most_property_bytes = 64u << 10;
constexpr std::size_t most_asides = 16;             // one inside the other; deeper ones count to the outer
constexpr std::size_t most_paragraph_bytes = 64u << 10;

std::string list(std::string all, const std::string& one) {
  if (all.size() > most_property_bytes) return all;
  return all.empty() ? one : all + ", " + one;
}

}  // namespace

OdfStory::OdfStory(Part& part, OdfShared& shared, const std::string& suffix)
    : part_(part), xml_(part.xml), shared_(shared), package_(shared.package), suffix_(suffix),
      body_(part, package_.emit(), "body", {"paragraph", suffix}),
      comments_(part, package_.emit(), "comment", {"comment", suffix}),
      deleted_(part, package_.emit(), "deleted", {"tracked change", suffix}),
      notes_(part, package_.emit(), "body", {"note", suffix}),
      hidden_(part, package_.emit(), "hidden", {"hidden text", suffix, false}),
      links_(part, package_.emit(), "link", {"links", suffix, false}),
      alt_(part, package_.emit(), "alt", {"picture", suffix}),
      names_(part, package_.emit(), "body", {"defined names", suffix, false}),
      formulas_(part, package_.emit(), "formula", {"formulas", suffix, false}) {}

void OdfStory::read() {
  for (auto event = xml_.next(); event != XmlReader::Event::finish; event = xml_.next()) {
    if (event == XmlReader::Event::start) start();
    if (event == XmlReader::Event::text && !open_.empty()) put_collapsed(xml_.text());
    if (event == XmlReader::Event::end) end();
  }
  while (!open_.empty()) end_paragraph();  // of a part that is cut
  while (!asides_.empty()) end_aside();
  end_sheet();
  end_page();
  if (cut_ > 0) package_.issue(Code::limit, "paragraph_bytes=1048576: a paragraph of a cell, comment or deletion of " + part_.name() + " is cut", part_.data());
  for (TextGroup* group : {&body_, &comments_, &deleted_, &notes_, &hidden_, &links_, &alt_, &names_, &formulas_}) group->flush();
}

void OdfStory::start() {
  switch (xml_.ns()) {
    case Ns::text: return start_text();
    case Ns::table: return start_table();
    case Ns::office: return start_office();
    case Ns::style: return shared_.styles.start(xml_);
    case Ns::draw: case Ns::presentation: return start_draw();
    case Ns::svg:
      if (xml_.tag() == "title"_tag || xml_.tag() == "desc"_tag) alt_.add_unit(xml_.all_text());
      return;
    case Ns::dc:
      if (asides_.empty()) return;
      if (xml_.tag() == "creator"_tag) asides_.back().creator = xml_.all_text();
      if (xml_.tag() == "date"_tag) asides_.back().date = xml_.all_text();
      return;
    default:
      if (xml_.tag() == "event-listener"_tag) link();
  }
}

void OdfStory::start_text() {
  switch (xml_.tag()) {
    case "p"_tag: case "h"_tag:
      open_.push_back({"", "", "", asides_.empty() ? Into::body : asides_.back().into, false, xml_.began()});
      if (shared_.styles.hides("paragraph", xml_.attribute("style-name", Ns::text))) hide();
      ++paragraphs_;
      return;
    case "span"_tag:
      if (shared_.styles.hides("text", xml_.attribute("style-name", Ns::text))) hide();
      return;
    case "section"_tag:
      if (xml_.attribute("display", Ns::text) == "none") hide();
      return;
    case "hidden-text"_tag:
      hide();
      put(xml_.attribute("string-value", Ns::text));
      return;
    case "hidden-paragraph"_tag:
      if (!open_.empty()) open_.back().is_hidden = true;
      return;
    case "s"_tag: {
      std::size_t count = 1;
      const std::string_view digits = xml_.attribute("c", Ns::text);
      std::from_chars(digits.data(), digits.data() + digits.size(), count);
      return put(std::string(std::clamp<std::size_t>(count, 1, most_spaces), ' '));
    }
    case "tab"_tag: return put("\t");
    case "line-break"_tag: return put("\n");
    case "a"_tag: return link();
    case "changed-region"_tag:
      region_ = change_id();
      return;
    case "deletion"_tag: return begin_aside(Into::deleted);
    case "change-start"_tag:
      if (deletions_.contains(change_id())) deleting_ = change_id();
      return;
    case "change-end"_tag:
      if (deleting_ == change_id()) deleting_.clear();
      return;
    case "page-number"_tag: return xml_.skip();
    case "note"_tag: return begin_aside(Into::note);
    case "note-citation"_tag: return xml_.skip();
    default: return;
  }
}

void OdfStory::start_table() {
  switch (xml_.tag()) {
    case "table"_tag:
      if (is_spreadsheet_ && !sheet_ && asides_.empty()) begin_sheet();
      return;
    case "table-column"_tag:
      if (sheet_) sheet_->column(xml_);
      return;
    case "table-row"_tag:
      if (sheet_ && asides_.empty()) return sheet_->begin_row(xml_);
      return cells_.push_back(0);
    case "table-cell"_tag: case "covered-table-cell"_tag: {
      const std::string_view formula = xml_.attribute("formula", Ns::table);
      if (sheet_ && asides_.empty()) sheet_->begin_cell(xml_);
      if (formula.find('"') != formula.npos) formulas_.add_unit((sheet_ ? sheet_name_ + "!" + sheet_->address() + ": " : "") + std::string(formula));
      if (sheet_ || cells_.empty()) return;
      if (cells_.back()++ > 0) group().add("\t");
      begun_in_cell_ = false;
      return;
    }
    case "tracked-changes"_tag: return begin_aside(Into::deleted);
    case "named-range"_tag: case "named-expression"_tag:
      return names_.add_unit(std::string(xml_.attribute("name", Ns::table)) + " = " + std::string(xml_.attribute("cell-range-address", Ns::table)) +
                             std::string(xml_.attribute("expression", Ns::table)));
    default: return;
  }
}

void OdfStory::start_office() {
  switch (xml_.tag()) {
    case "spreadsheet"_tag:
      is_spreadsheet_ = true;
      return;
    case "presentation"_tag:
      is_presentation_ = true;
      return;
    case "annotation"_tag:
      begin_aside(Into::comment);
      if (sheet_) asides_.back().text = sheet_name_ + "!" + sheet_->address() + " ";
      return;
    case "binary-data"_tag: return binary_data();
    case "meta"_tag: {
      Properties properties(package_);
      properties.read_meta(part_);
      return properties.emit_text();
    }
    case "settings"_tag: case "font-face-decls"_tag: return xml_.skip();
    default: return;
  }
}

void OdfStory::start_draw() {
  switch (xml_.tag()) {
    case "page"_tag:
      if (xml_.ns() == Ns::draw) begin_page();
      return;
    case "notes"_tag:
      if (!page_ || xml_.ns() != Ns::presentation) return;
      page_->flush();
      page_ = std::make_unique<TextGroup>(part_, package_.emit(), "body", UnitPlace{"notes of " + page_place_, suffix_, false});
      notes_depth_ = xml_.depth();
      return;
    case "header-decl"_tag: case "footer-decl"_tag: case "date-time-decl"_tag: return group().add_unit(xml_.all_text());
    case "a"_tag: case "image"_tag: case "object"_tag: case "object-ole"_tag: case "plugin"_tag: return link();
    default: return;
  }
}

void OdfStory::end() {
  if (xml_.depth() < hidden_depth_) hidden_depth_ = 0;
  if (!asides_.empty() && xml_.depth() < asides_.back().depth) return end_aside();
  if (sheet_ && xml_.depth() < sheet_depth_) return end_sheet();
  if (page_ && xml_.depth() < page_depth_) return end_page();
  if (notes_depth_ != 0 && xml_.depth() < notes_depth_) {
    notes_depth_ = 0;
    page_->flush();
    page_ = std::make_unique<TextGroup>(part_, package_.emit(), "body", UnitPlace{page_place_, suffix_, false});
  }
  if (xml_.ns() == Ns::text && (xml_.tag() == "p"_tag || xml_.tag() == "h"_tag)) return end_paragraph();
  if (xml_.ns() != Ns::table) return;
  if (sheet_ && asides_.empty()) {
    if (xml_.tag() == "table-row"_tag) sheet_->end_row();
    if (xml_.tag() == "table-cell"_tag || xml_.tag() == "covered-table-cell"_tag) sheet_->end_cell();
  } else if (xml_.tag() == "table-row"_tag && !cells_.empty()) {
    cells_.pop_back();
    begun_in_cell_ = false;
    group().end_unit(paragraphs_);
  }
}

// Line ends and tabs of the XML are blanks; a run of nothing else stands between elements and is no text.
void OdfStory::put_collapsed(std::string_view chars) {
  if (chars.find_first_of("\t\r\n") == chars.npos) return put(chars);
  if (chars.find_first_not_of(" \t\r\n") == chars.npos) return;
  std::string text;
  for (const char c : chars) {
    const bool is_blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!is_blank) text += c;
    if (is_blank && (text.empty() || text.back() != ' ')) text += ' ';
  }
  put(text);
}

void OdfStory::put(std::string_view chars) {
  if (open_.empty() || chars.empty()) return;
  Paragraph& paragraph = open_.back();
  if (!deleting_.empty()) {
    if (paragraph.deleted.size() > most_paragraph_bytes) deleted_.add(std::exchange(paragraph.deleted, ""), paragraph.begin);
    paragraph.deleted += paragraph.deleted.empty() ? deletions_[deleting_] : "";
    paragraph.deleted += chars;
    return;
  }
  if (hidden_depth_ != 0 && paragraph.into == Into::body) {
    if (paragraph.hidden.size() > most_paragraph_bytes) hidden_.add(std::exchange(paragraph.hidden, ""), paragraph.begin);
    paragraph.hidden += chars;
    return;
  }
  const bool is_kept = paragraph.into != Into::body || paragraph.is_hidden || (sheet_ && sheet_->in_cell());
  if (is_kept && paragraph.text.size() > most_aside_bytes) {
    ++cut_;
    return;
  }
  if (!is_kept && paragraph.text.size() > most_paragraph_bytes) group().add(std::exchange(paragraph.text, ""), paragraph.begin);  // bounded memory
  paragraph.text += chars;
}

void OdfStory::end_paragraph() {
  if (open_.empty()) return;
  Paragraph paragraph = std::move(open_.back());
  open_.pop_back();
  if (paragraph.is_hidden) paragraph.hidden = paragraph.text + paragraph.hidden, paragraph.text.clear();
  if (!paragraph.hidden.empty()) hidden_.add_unit(paragraph.hidden, paragraph.begin);
  if (!paragraph.deleted.empty()) deleted_.add_unit(paragraph.deleted, paragraph.begin);
  deliver(paragraph);
}

void OdfStory::deliver(const Paragraph& paragraph) {
  if (paragraph.into != Into::body) {
    const auto aside = std::find_if(asides_.rbegin(), asides_.rend(), [&](const Aside& one) { return one.into == paragraph.into; });
    if (aside != asides_.rend() && aside->text.size() < most_aside_bytes) aside->text.append(paragraph.text).append("\n");
    return;
  }
  if (sheet_ && sheet_->in_cell()) return sheet_->paragraph(paragraph.text);
  if (!cells_.empty()) {
    if (begun_in_cell_ && !paragraph.text.empty()) group().add("\n");
    begun_in_cell_ = begun_in_cell_ || !paragraph.text.empty();
    return group().add(paragraph.text, paragraph.begin);
  }
  group().add(paragraph.text, paragraph.begin);
  group().end_unit(paragraphs_);
}

std::string OdfStory::change_id() {
  for (const XmlReader::Attribute& attribute : xml_.attributes()) {
    if (attribute.local == "id" || attribute.local == "change-id") return std::string(attribute.raw);
  }
  return {};
}

void OdfStory::begin_aside(Into into) {
  if (asides_.size() < most_asides) asides_.push_back({into, xml_.depth(), "", "", "", xml_.began()});
}

void OdfStory::end_aside() {
  const Aside aside = std::move(asides_.back());
  asides_.pop_back();
  const std::string label = written_by(aside.creator, aside.date);
  if (aside.into == Into::deleted && !region_.empty() && package_.keeps(region_.size() + label.size())) deletions_.emplace(region_, label);
  region_.clear();
  if (aside.text.find_first_not_of(" \n") == aside.text.npos) return;
  TextGroup& group = aside.into == Into::comment ? comments_ : aside.into == Into::deleted ? deleted_ : notes_;
  group.add_unit(label + aside.text, aside.begin);
}

void OdfStory::begin_sheet() {
  sheet_name_ = printable(xml_.attribute("name", Ns::table));
  const bool is_hidden = shared_.styles.hides("table", xml_.attribute("style-name", Ns::table));
  shared_.sheets = list(shared_.sheets, sheet_name_);
  if (is_hidden) shared_.hidden_sheets = list(shared_.hidden_sheets, sheet_name_);
  sheet_ = std::make_unique<OdfSheet>(package_.emit(), sheet_name_, (is_hidden ? " (hidden sheet)" : "") + suffix_, part_.data());
  sheet_depth_ = xml_.depth();
}

void OdfStory::end_sheet() {
  if (!sheet_) return;
  sheet_->end_row();
  sheet_->end();
  if (sheet_->left_out() > 0) {
    package_.issue(Code::limit, "repeats=100: sheet " + sheet_name_ + " repeats filled rows or cells " + std::to_string(sheet_->left_out()) + " times more, not written",
                   part_.data());
  }
  sheet_.reset();
}

void OdfStory::begin_page() {
  end_page();
  const std::string number = std::to_string(++pages_);
  page_place_ = (is_presentation_ ? "slide " : "page ") + number;
  if (shared_.styles.hides("drawing-page", xml_.attribute("style-name", Ns::draw))) {
    page_place_ += " (hidden)";
    shared_.hidden_slides = list(shared_.hidden_slides, number);
  }
  page_depth_ = xml_.depth();
  page_ = std::make_unique<TextGroup>(part_, package_.emit(), "body", UnitPlace{page_place_, suffix_, false});
}

void OdfStory::end_page() {
  if (page_) page_->flush();
  page_.reset();
  notes_depth_ = 0;
}

// Targets inside the package ("Pictures/1.png", "#anchor") are no links.
void OdfStory::link() {
  const std::string_view target = xml_.attribute("href", Ns::xlink);
  if (target.find(':') != target.npos) links_.add_unit(target);
}

// Flat documents hold pictures and objects as base64.
void OdfStory::binary_data() {
  Base64 decoder;
  ChildBytes bytes(package_.emit());
  const std::size_t outside = xml_.depth() - 1;
  for (auto event = xml_.next(); event != XmlReader::Event::finish; event = xml_.next()) {
    if (event == XmlReader::Event::end && xml_.depth() == outside) break;
    if (event == XmlReader::Event::text && !bytes.append(decoder.decode(xml_.text()))) {
      package_.issue(Code::limit, "expanded_bytes: the budget for children is spent, a picture or object was not decoded", part_.data());
      break;
    }
  }
  package_.emit_made("binary " + std::to_string(++binaries_), "", bytes.take());
}

}  // namespace evtriage
