// What the readers of the three OOXML vocabularies share.  Inner header of the office family.
// Tested by tests/extractors/office/docx_test.cpp, xlsx_test.cpp, pptx_test.cpp.
#pragma once
#include <string>
#include <string_view>

#include "extractors/office/cell_format.h"
#include "extractors/office/package.h"
#include "extractors/office/relationships.h"
#include "extractors/office/shared_strings.h"
#include "extractors/office/story.h"

namespace evtriage {

struct Ooxml {
  Package& package;
  ContentTypes& types;
  Emit& emit;
  SharedStrings strings;  // of the workbook; a sheet that no workbook lists needs them, too
  CellStyles styles;
};

// Each is given the main part behind its root's start, and reads it and what it leads to.
void read_word_document(Ooxml& document, Part& main, std::string_view name);
void read_workbook(Ooxml& document, Part& main, std::string_view name);
void read_binary_workbook(Ooxml& document, const std::string& name);  // XLSB: opens its parts by itself
void read_presentation(Ooxml& document, Part& main, std::string_view name);

// A worksheet that no workbook lists, behind its root's start.
void read_lone_sheet(Ooxml& document, Part& part, std::string_view name);

// One part as a story, if it was not read yet; its relationships too.
Relationships read_story(Ooxml& document, std::string_view name, const StoryKind& kind);

// Charts, SmartArt and drawings that `from` leads to; their text stands at `place`.
void read_graphics(Ooxml& document, const Relationships& from, const std::string& place);

}  // namespace evtriage
