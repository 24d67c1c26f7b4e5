// WordprocessingML by two writers: python-docx and LibreOffice.  Text as docx2txt and `soffice --convert-to txt` give it.
#include "tests/extractors/office/support.h"

namespace evtriage {
namespace {
using namespace office_test;

const std::string kText =
    "List of passengers\nCall +226 70 00 00 01 before Friday\tat noon\nnext line\nName\tPaid\tPhone\nKofi\nsecond line\t350\t22670000002\n"
    " visible end\nR\xc3\xa9sum\xc3\xa9 \xd8\xb9\xd8\xb1\xd8\xa8\xd9\x8a & <tag>\nWe always keep the passports\n";

TEST(Docx, BothWritersSayTheSame) {
  for (const std::string name : {"report.docx", "libreoffice.docx"}) {
    const std::string bytes = sample(name);
    const FakeEmit emit = run(extract_ooxml, bytes);
    EXPECT_EQ(issues(emit), "") << name;
    EXPECT_EQ(emit.all("body").substr(0, kText.size()), kText) << name;
    EXPECT_NE(emit.all("body").find("\nPlease pay here\n"), std::string::npos);
    EXPECT_NE(emit.all("body").find("Header of Ama\n"), std::string::npos);
    EXPECT_NE(emit.all("body").find("Footer page\n"), std::string::npos);
    EXPECT_EQ(emit.all("deleted"), "[Kofi, 2026-01-15T10:00:00Z] never \n");
    EXPECT_EQ(emit.all("hidden"), "secret meeting\n");
    EXPECT_EQ(emit.all("link"), "http://pay.example.org/x\n");
    EXPECT_EQ(emit.all("alt"), "a photograph of a passport\n");
    EXPECT_EQ(places(emit, "deleted"), "paragraph 12\n");
    EXPECT_EQ(property(emit, "dc:title"), "Fees for the crossing");
    EXPECT_EQ(property(emit, "dc:creator"), "Ama Mensah");
    EXPECT_EQ(property(emit, "dcterms:created"), "2026-01-15T10:00:00Z");
    EXPECT_NE(emit.all("metadata").find("cp:keywords: boat"), std::string::npos);
    EXPECT_NE(child_names(emit).find("word/media/image1.png"), std::string::npos);
  }
}

TEST(Docx, APlaceIsTheCompressedPart) {
  const std::string bytes = sample("libreoffice.docx");
  const FakeEmit emit = run(extract_ooxml, bytes);
  for (const TextSegment& segment : emit.texts) {
    if (segment.place != "paragraphs 1-14") continue;
    // python3 -c 'import zipfile; i=zipfile.ZipFile("libreoffice.docx").getinfo("word/document.xml"); print(i.header_offset+30+len(i.filename), i.compress_size)'
    EXPECT_EQ(segment.map.to_source({0, 5}), (ByteRange{1776, 1776 + 1566}));
    return;
  }
  FAIL() << places(emit, "body");
}

TEST(Docx, NotesCommentsBoxes) {  // rich.fodt written as DOCX by LibreOffice
  const FakeEmit emit = run(extract_ooxml, sample("rich.docx"));
  EXPECT_EQ(issues(emit), "");
  EXPECT_EQ(emit.all("comment"), "[Kofi Boateng, 2026-01-15T10:00:00Z] which house?\n");
  EXPECT_EQ(places(emit, "comment"), "comment 1\n");
  EXPECT_EQ(at_place(emit, "footnote 1"), "\tthird floor, ask for Efua\n");
  EXPECT_EQ(at_place(emit, "endnote 1"), "\tend of the note\n");
  EXPECT_EQ(at_place(emit, "text box 1"), "boxed phone +22670000006\n");  // once, although its fallback says it again
  EXPECT_NE(emit.all("body").find("The house by the station is full.\nTwo   blanks\ttab\n"), std::string::npos);
  EXPECT_NE(emit.all("body").find("room\tpeople\n4\t11\n"), std::string::npos);
  EXPECT_NE(emit.all("body").find("the room cooperate\n"), std::string::npos) << "a soft hyphen is not seen";
}

TEST(Docx, AStoredPartLeadsToItsOwnBytes) {
  const std::string bytes = docx("<w:p><w:r><w:t>one</w:t></w:r></w:p>");
  const FakeEmit emit = run(extract_ooxml, bytes);
  const ByteRange range = emit.texts.at(0).map.to_source({0, 3});
  EXPECT_NE(bytes.substr(range.begin, range.size()).find("one"), std::string::npos);
  EXPECT_EQ(emit.all("body"), "one\n");
}

TEST(Docx, StrictNamespaces) {
  const std::string bytes = zip({{"[Content_Types].xml", kTypes},
                                 {"_rels/.rels", relationships(R"(<Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="d.xml"/>)")},
                                 {"d.xml", R"(<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>strict</x:t></x:r></x:p></x:body></x:document>)"}});
  const FakeEmit emit = run(extract_ooxml, bytes);
  EXPECT_EQ(emit.all("body"), "strict\n");
  EXPECT_EQ(issues(emit), "");
}

TEST(Docx, FieldsAndMovedText) {
  const FakeEmit emit = run(extract_ooxml, docx(
      R"(<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "http://f.</w:instrText></w:r><w:r><w:instrText>example.org" </w:instrText></w:r>)"
      R"(<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>shown</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>)"
      R"(<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple><w:moveFrom w:author="Ama"><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p>)"
      R"(<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>seen</w:t><w:noBreakHyphen/><w:t>too</w:t></w:r></w:p>)"));
  EXPECT_EQ(emit.all("link"), " HYPERLINK \"http://f.example.org\" \n");
  EXPECT_EQ(emit.all("body"), "shown\n7\nseen\xe2\x80\x91too\n");
  EXPECT_EQ(emit.all("deleted"), "[Ama] moved\n");
}

TEST(Docx, AFallbackThatSaysSomethingElseIsTold) {
  const auto box = [](const std::string& text) { return "<w:txbxContent><w:p><w:r><w:t>" + text + "</w:t></w:r></w:p></w:txbxContent>"; };
  const FakeEmit emit = run(extract_ooxml, docx("<w:p><w:r><mc:AlternateContent><mc:Choice>" + box("new") + "</mc:Choice><mc:Fallback>" + box("new") + box("old only") +
                                                "</mc:Fallback></mc:AlternateContent></w:r></w:p>"));
  EXPECT_EQ(emit.all("body"), "new\nold only\n");
  EXPECT_EQ(at_place(emit, "alternate text 1"), "old only\n");
}

TEST(Docx, LongTextIsCutIntoSegments) {
  std::string body;
  for (int i = 0; i < 5000; ++i) body += "<w:p><w:r><w:t>paragraph number " + std::to_string(i) + " of a long story</w:t></w:r></w:p>";
  body += "<w:p><w:r><w:t>" + std::string(3u << 20, 'x') + "</w:t></w:r></w:p>";
  const FakeEmit emit = run(extract_ooxml, docx(body));
  EXPECT_GE(emit.texts.size(), 5u);
  std::size_t total = 0;
  for (const TextSegment& segment : emit.texts) {
    EXPECT_LE(segment.utf8.size(), (1u << 20) + (320u << 10));
    total += segment.utf8.size();
  }
  EXPECT_GT(total, 3u << 20);
  EXPECT_EQ(emit.texts[0].place.substr(0, 13), "paragraphs 1-");
}

}  // namespace
}  // namespace evtriage
