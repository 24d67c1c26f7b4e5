// What holds for all OOXML: relationships, content types, parts that nothing leads to, macros, children.
#include "extractors/office/relationships.h"
#include "tests/extractors/office/support.h"

namespace evtriage {
namespace {
using namespace office_test;

TEST(Ooxml, TargetsAreResolved) {  // RFC 3986, 5.2.4
  EXPECT_EQ(resolve_target("ppt/slides/slide1.xml", "../media/a.png"), "ppt/media/a.png");
  EXPECT_EQ(resolve_target("ppt/slides/slide1.xml", "/word/x.xml"), "word/x.xml");
  EXPECT_EQ(resolve_target("", "word/document.xml#part"), "word/document.xml");
  EXPECT_EQ(resolve_target("a/b.xml", "../../../../etc/passwd"), "etc/passwd");
  EXPECT_EQ(resolve_target("a/b.xml", "./c//d/."), "a/c/d");
  EXPECT_EQ(percent_decoded("a%20b%2Fc%zz%4"), "a b/c%zz%4");
}

TEST(Ooxml, PartsThatNothingLeadsToAreReadAndOthersAreChildren) {
  const std::string word = R"( xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main")";
  const FakeEmit emit = run(extract_ooxml, docx("<w:p/>", {
      {"word/lost.xml", "<w:comments" + word + "><w:comment><w:p><w:r><w:t>lost comment</w:t></w:r></w:p></w:comment></w:comments>"},
      {"customXml/item1.xml", "<data>kept</data>"},
      {"word/vbaProject.bin", "\xd0\xcf\x11\xe0"},
      {"word/_rels/settings.xml.rels", relationships(relationship("t", "attachedTemplate", "http://evil.example.org/t.dotm", " TargetMode=\"External\""))},
      {"notes/plan.txt", "hidden in the package"}}));
  EXPECT_EQ(emit.all("comment"), "lost comment\n");
  EXPECT_EQ(emit.all("link"), "http://evil.example.org/t.dotm\n");
  EXPECT_EQ(child_names(emit), "customXml/item1.xml\nword/vbaProject.bin\nnotes/plan.txt\n");
  EXPECT_EQ(emit.children[2].second, "hidden in the package");
  EXPECT_EQ(property(emit, "macros"), "yes");
  EXPECT_EQ(issues(emit), "");
}

TEST(Ooxml, ContentTypesAreClaimsOnly) {
  const FakeEmit emit = run(extract_ooxml, zip({
      {"[Content_Types].xml", R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="PNG" ContentType="image/png"/>)"
                              R"(<Override PartName="/word/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/></Types>)"},
      {"word/theme1.xml", "<a/>"}, {"word/media/a.png", "x"}}));
  ASSERT_EQ(emit.children.size(), 1u);
  EXPECT_EQ(emit.children[0].first.media_type, "image/png");
  EXPECT_NE(issues(emit).find("no relationship names the main part"), std::string::npos);
}

TEST(Ooxml, ALoopOfRelationshipsEnds) {
  const std::string chart = R"(<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/>)";
  const FakeEmit emit = run(extract_ooxml, docx("<w:p/>", {
      {"word/_rels/document.xml.rels", relationships(relationship("a", "chart", "a.xml") + relationship("h", "header", "document.xml"))},
      {"word/a.xml", chart}, {"word/_rels/a.xml.rels", relationships(relationship("b", "chart", "a.xml") + relationship("c", "chart", "b.xml"))},
      {"word/b.xml", chart}, {"word/_rels/b.xml.rels", relationships(relationship("b", "chart", "a.xml"))}}));
  EXPECT_EQ(issues(emit), "");
}

}  // namespace
}  // namespace evtriage
