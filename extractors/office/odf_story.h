// OdfStory: the text of one OpenDocument part: content, page styles, or a whole flat document.
//
// Text goes where a reader of the document would look for it: body, notes, comment, deleted (tracked changes with
// author and date), hidden, link, alt.  A place is a paragraph, a slide, a range of cells.
// ISO/IEC 26300-1.  Tested by tests/extractors/office/odf_test.cpp.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "extractors/office/odf_sheet.h"
#include "extractors/office/odf_styles.h"
#include "extractors/office/properties.h"
#include "extractors/office/text_group.h"

namespace evtriage {

struct OdfShared {  // what the parts of one document share
  Package& package;
  OdfStyles styles;
  std::string sheets, hidden_sheets, hidden_slides;  // lists for properties
};

class OdfStory {
 public:
  // `suffix` stands behind places: " of Object 1".
  OdfStory(Part& part, OdfShared& shared, const std::string& suffix);
  void read();

 private:
  enum class Into : std::uint8_t { body, comment, deleted, note };
  struct Paragraph {
    std::string text, hidden, deleted;
    Into into = Into::body;
    bool is_hidden = false;
    std::uint64_t begin = 0;  // position of the reader
  };
  struct Aside {  // a comment, a deletion, a note: begins inside a paragraph and has paragraphs of its own
    Into into;
    std::size_t depth;
    std::string creator, date, text;
    std::uint64_t begin;
  };
  void start();
  void start_text();
  void start_table();
  void start_office();
  void start_draw();
  void end();
  void end_paragraph();
  void end_aside();
  void put(std::string_view chars);
  void put_collapsed(std::string_view chars);
  std::string change_id();
  void deliver(const Paragraph& paragraph);
  void begin_aside(Into into);
  void begin_sheet();
  void end_sheet();
  void begin_page();
  void end_page();
  void hide() { if (hidden_depth_ == 0) hidden_depth_ = xml_.depth(); }
  void link();
  void binary_data();
  TextGroup& group() { return page_ ? *page_ : body_; }

  Part& part_;
  XmlReader& xml_;
  OdfShared& shared_;
  Package& package_;
  const std::string suffix_;
  TextGroup body_, comments_, deleted_, notes_, hidden_, links_, alt_, names_, formulas_;
  std::unique_ptr<TextGroup> page_;
  std::unique_ptr<OdfSheet> sheet_;
  std::string sheet_name_, page_place_;
  std::size_t sheet_depth_ = 0, page_depth_ = 0, notes_depth_ = 0, hidden_depth_ = 0;
  std::vector<Paragraph> open_;
  std::vector<Aside> asides_;
  std::map<std::string, std::string, std::less<>> deletions_;  // who deleted what stays in the text, by the change's id
  std::string region_, deleting_;                               // id of the open changed-region; of the open deletion
  std::vector<unsigned> cells_;  // begun in each open row of a table in text
  std::uint64_t paragraphs_ = 0, pages_ = 0, binaries_ = 0, cut_ = 0;
  bool is_spreadsheet_ = false, is_presentation_ = false, begun_in_cell_ = false;
};

}  // namespace evtriage
