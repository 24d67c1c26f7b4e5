// PresentationML written by LibreOffice from deck.fodp, and small ones by hand.
#include "tests/extractors/office/support.h"

namespace evtriage {
namespace {
using namespace office_test;

TEST(Pptx, SlidesNotesComments) {
  const FakeEmit emit = run(extract_ooxml, sample("deck.pptx"));
  EXPECT_EQ(issues(emit), "");
  EXPECT_EQ(at_place(emit, "slide 1"), "Agadez to the coast\nphone +22670000005\nstop\tprice\nSebha\t900\nthe map\n");
  EXPECT_EQ(at_place(emit, "slide 2 (hidden)"), "hidden slide text\n");
  EXPECT_EQ(at_place(emit, "notes of slide 1"), "speaker says nothing of fees\n");
  EXPECT_EQ(at_place(emit, "comment 1 of slide 1"), "[Kofi Boateng, 2026-01-15T10:00:00.000000000] ask the driver\n");
  EXPECT_EQ(emit.all("link"), "http://route.example.org/\n");
  EXPECT_EQ(property(emit, "hidden-slides"), "2");
  EXPECT_EQ(property(emit, "dc:title"), "Route plan");
}

const std::string kNames = R"( xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" )"
                           R"(xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships")";
std::string paragraph(const std::string& text) { return "<p:txBody><a:p><a:r><a:t>" + text + "</a:t></a:r></a:p></p:txBody>"; }

TEST(Pptx, OrderIsThatOfThePresentationAndNothingIsLost) {
  const auto slide = [](const std::string& inner) { return "<p:sld" + kNames + ">" + inner + "</p:sld>"; };
  const FakeEmit emit = run(extract_ooxml, zip({
      {"[Content_Types].xml", kTypes},
      {"_rels/.rels", relationships(relationship("r", "officeDocument", "ppt/p.xml"))},
      {"ppt/p.xml", "<p:presentation" + kNames + R"(><p:sldIdLst><p:sldId id="1" r:id="b"/><p:sldId id="2" r:id="a"/><p:sldId id="3" r:id="x"/></p:sldIdLst></p:presentation>)"},
      {"ppt/_rels/p.xml.rels", relationships(relationship("a", "slide", "slides/1.xml") + relationship("b", "slide", "slides/2.xml"))},
      {"ppt/slides/1.xml", slide("<p:sp><p:nvSpPr><p:cNvPr hidden=\"1\" descr=\"what it shows\"/></p:nvSpPr>" + paragraph("under the table") + "</p:sp><p:sp>" + paragraph("first part") + "</p:sp>")},
      {"ppt/slides/2.xml", slide(paragraph("second part"))},
      {"ppt/slides/3.xml", slide(paragraph("removed slide"))},
      {"ppt/slides/_rels/2.xml.rels", relationships(relationship("l", "slideLayout", "../l.xml") + relationship("c", "chart", "../c.xml"))},
      {"ppt/l.xml", "<p:sldLayout" + kNames + "><p:sp><p:nvSpPr><p:nvPr><p:ph/></p:nvPr></p:nvSpPr>" + paragraph("Click to edit") + "</p:sp><p:sp>" + paragraph("stamp") + "</p:sp></p:sldLayout>"},
      {"ppt/c.xml", "<c:chartSpace" + kNames + "><c:strCache><c:pt><c:v>Sebha</c:v></c:pt></c:strCache><c:numCache><c:pt><c:v>5</c:v></c:pt></c:numCache></c:chartSpace>"}}));
  EXPECT_EQ(at_place(emit, "slide 1"), "second part\n");
  EXPECT_EQ(at_place(emit, "slide 2"), "first part\n");
  EXPECT_EQ(emit.all("hidden"), "under the table\n");
  EXPECT_EQ(emit.all("alt"), "what it shows\n");
  EXPECT_EQ(at_place(emit, "slide layout"), "stamp\n");
  EXPECT_EQ(at_place(emit, "chart of slide 1"), "Sebha\n");
  EXPECT_EQ(at_place(emit, "paragraph 1 of ppt/slides/3.xml, to which nothing leads"), "removed slide\n");
  EXPECT_EQ(issues(emit), "corrupt: slide 3: no relationship leads to it\n");
}

}  // namespace
}  // namespace evtriage
