// An EPUB 3 written by LibreOffice (libepubgen), and broken ones by hand.
#include "tests/extractors/office/support.h"

namespace evtriage {
namespace {
using namespace office_test;

TEST(Epub, ChaptersAreChildrenInReadingOrder) {
  const FakeEmit emit = run(extract_epub, sample("report.epub"));
  EXPECT_EQ(issues(emit), "");
  EXPECT_EQ(property(emit, "dc:title"), "Fees for the crossing");
  EXPECT_EQ(property(emit, "dc:creator"), "Ama Mensah");
  EXPECT_EQ(property(emit, "dcterms:modified"), "2026-01-15T11:00:00Z");
  ASSERT_GE(emit.children.size(), 5u);
  EXPECT_EQ(emit.children[0].first.step.name, "OEBPS/sections/section0001.xhtml");
  EXPECT_EQ(emit.children[0].first.media_type, "application/xhtml+xml");
  EXPECT_NE(emit.children[0].second.find("List of passengers"), std::string::npos);
  EXPECT_NE(emit.all("metadata").find("dc:title: Fees for the crossing\n"), std::string::npos);
}

std::string book(const std::string& opf, std::vector<Member> more) {
  std::vector<Member> members = {{"mimetype", "application/epub+zip"},
      {"META-INF/container.xml", R"(<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="O/c.opf"/></rootfiles></container>)"},
      {"O/c.opf", R"(<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">)" + opf + "</package>"}};
  for (Member& member : more) members.push_back(std::move(member));
  return zip(members);
}

TEST(Epub, SpineOrderAndMissingChapters) {
  const FakeEmit emit = run(extract_epub, book(
      R"(<metadata><dc:title>T</dc:title><meta name="cover" content="x"/></metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>)"
      R"(<item id="b" href="b%20b.xhtml" media-type="application/xhtml+xml"/><item id="n" href="none.xhtml" media-type="application/xhtml+xml"/></manifest>)"
      R"(<spine><itemref idref="b"/><itemref idref="n"/><itemref idref="a"/></spine>)",
      {{"O/a.xhtml", "<p>a</p>"}, {"O/b b.xhtml", "<p>b</p>"}, {"O/extra.bin", "?"}}));
  EXPECT_EQ(child_names(emit), "O/b b.xhtml\nO/a.xhtml\nO/extra.bin\n");
  EXPECT_TRUE(emit.children[0].first.extent);
  EXPECT_EQ(issues(emit), "corrupt: the chapter O/none.xhtml is missing\n");
  EXPECT_EQ(property(emit, "opf:cover"), "x");
}

TEST(Epub, EncryptedPartsAreToldFontsAreNot) {
  const auto entry = [](const std::string& algorithm, const std::string& uri) {
    return "<e:EncryptedData><e:EncryptionMethod Algorithm=\"" + algorithm + "\"/><e:CipherData><e:CipherReference URI=\"" + uri + "\"/></e:CipherData></e:EncryptedData>";
  };
  const FakeEmit emit = run(extract_epub, book("<spine/>", {
      {"META-INF/encryption.xml", R"(<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:e="http://www.w3.org/2001/04/xmlenc#">)" +
           entry("http://www.idpf.org/2008/embedding", "O/font.otf") + entry("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "O/a.xhtml") + "</encryption>"},
      {"O/font.otf", "f"}, {"O/a.xhtml", "secret"}}));
  EXPECT_TRUE(emit.is_encrypted);
  EXPECT_NE(issues(emit).find("encrypted: 1 parts of the book are encrypted"), std::string::npos);
  ASSERT_EQ(emit.children.size(), 2u);
  EXPECT_FALSE(emit.children[0].first.encrypted);
  EXPECT_TRUE(emit.children[1].first.encrypted);
}

}  // namespace
}  // namespace evtriage
