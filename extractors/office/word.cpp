// WordprocessingML: the body, then the stories that its relationships name.  See ooxml.h.
// Tested by tests/extractors/office/docx_test.cpp.
#include <array>

#include "extractors/office/ooxml.h"

namespace evtriage {
namespace {

struct SideStory {
  std::string_view relationship, unit, many;
  Tag container;
  std::string_view origin;
};
constexpr std::array<SideStory, 6> side_stories = {{
    {"header", "paragraph", "header", 0, "body"},
    {"footer", "paragraph", "footer", 0, "body"},
    {"footnotes", "footnote", "", "footnote"_tag, "body"},
    {"endnotes", "endnote", "", "endnote"_tag, "body"},
    {"comments", "comment", "", "comment"_tag, "comment"},
    {"glossaryDocument", "paragraph", "building blocks", 0, "body"},
}};

}  // namespace

void read_word_document(Ooxml& document, Part& main, std::string_view name) {
  Story(main, document.emit, {}).read();
  const Relationships relationships = Relationships::read(document.package, name);
  for (const SideStory& side : side_stories) {
    std::size_t number = 0;
    for (const std::string& target : relationships.of_type(side.relationship)) {
      if (document.emit.stop_requested()) return;
      const std::string suffix = side.many.empty() ? "" : " of " + std::string(side.many) + " " + std::to_string(++number);
      const StoryKind kind{std::string(side.origin), {std::string(side.unit), suffix}, side.container, false};
      read_graphics(document, read_story(document, target, kind), std::string(side.relationship));
    }
  }
  read_graphics(document, relationships, "the document");
}

}  // namespace evtriage
