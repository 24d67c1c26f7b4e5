// Story: the text of one part in WordprocessingML or DrawingML: a document, a header, comments, a slide, a chart.
//
// Both vocabularies say paragraph, run, table, row, cell with the same words, so one reader serves all.  Visible text
// goes to the story's own origin; what a reader of the page does not see is kept apart: deleted (tracked deletions with
// author and date), hidden, link (fields), alt (texts of pictures).
// ISO/IEC 29500-1 chapters 17 and 21, strict and transitional.
// Tested by tests/extractors/office/docx_test.cpp and pptx_test.cpp.
#pragma once
#include <string>
#include <unordered_set>
#include <vector>

#include "extractors/office/text_group.h"

namespace evtriage {

struct StoryKind {
  std::string origin = "body";
  UnitPlace place{"paragraph", "", true};
  Tag container = 0;                // an element that is one unit: comment, footnote; else a paragraph is
  bool drops_placeholders = false;  // of masters and layouts: prompts that no reader sees
};

class Story {
 public:
  Story(Part& part, Emit& emit, StoryKind kind);
  void read();  // to the end of the part

 private:
  struct Paragraph {
    std::string text, deleted, hidden;
    bool is_boxed = false, is_fallback = false;
    std::uint64_t begin = 0;  // position of the reader
  };
  void start();
  void end();
  void text(std::string_view chars);
  void start_word_or_drawing();
  void start_other();
  void end_paragraph();
  void start_cell();
  void start_container();
  void start_deletion();
  void end_field();
  void alternative_text();
  void fallback(std::string_view text, std::uint64_t from);
  TextGroup& group() { return boxes_open_ > 0 ? boxes_ : body_; }
  void put(std::string_view chars);
  std::string label();  // "[author, date] " of the element just begun

  XmlReader& xml_;
  const StoryKind kind_;
  TextGroup body_, boxes_, deleted_, hidden_, links_, alt_, fallback_;
  std::vector<Paragraph> open_;         // paragraphs: a text box lies inside one
  std::vector<bool> runs_;              // is hidden, of each open run
  std::vector<unsigned> cells_;         // begun in each open row
  std::unordered_set<std::uint64_t> boxed_;  // hashes of paragraphs in text boxes
  std::string deleted_by_, field_, last_alt_;
  std::uint64_t paragraphs_ = 0, box_count_ = 0, containers_ = 0;
  std::size_t boxes_open_ = 0, deletions_ = 0, fallbacks_ = 0;
  std::size_t hidden_depth_ = 0, dropped_depth_ = 0;  // of the shape, 0: none
  bool in_text_ = false, in_deleted_text_ = false, in_field_ = false, in_cache_ = false;
  bool begun_in_cell_ = false;          // the open cell has a paragraph already
};

}  // namespace evtriage
