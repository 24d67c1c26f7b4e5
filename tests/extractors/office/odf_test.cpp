// OpenDocument by LibreOffice, packaged and flat; text as odt2txt gives it, cells as `soffice --convert-to csv`.
#include "extractors/office/base64.h"
#include "tests/extractors/office/support.h"

namespace evtriage {
namespace {
using namespace office_test;

TEST(Odf, TextDocument) {
  const FakeEmit emit = run(extract_odf, sample("report.odt"));
  EXPECT_EQ(issues(emit), "");
  EXPECT_NE(emit.all("body").find("List of passengers\nCall +226 70 00 00 01 before Friday\tat noon\nnext line\nName\tPaid\tPhone\nKofi\nsecond line\t350\t22670000002\n"
                                  " visible end\nR\xc3\xa9sum\xc3\xa9 \xd8\xb9\xd8\xb1\xd8\xa8\xd9\x8a & <tag>\nWe always keep the passports\n"), std::string::npos) << emit.all("body");
  EXPECT_NE(emit.all("body").find("Header of Ama\nFooter page\n"), std::string::npos);
  EXPECT_EQ(emit.all("deleted"), "[Kofi, 2026-01-15T10:00:00] never \n");
  EXPECT_EQ(emit.all("hidden"), "secret meeting\n");
  EXPECT_EQ(emit.all("link"), "http://pay.example.org/x\n");
  EXPECT_EQ(emit.all("alt"), "a photograph of a passport\n");
  EXPECT_EQ(property(emit, "dc:title"), "Fees for the crossing");
  EXPECT_EQ(property(emit, "meta:initial-creator"), "Ama Mensah");
  ASSERT_EQ(emit.children.size(), 2u);
  EXPECT_EQ(emit.children[1].first.media_type, "image/png");
}

TEST(Odf, NotesSectionsBoxes) {
  for (const std::string name : {"rich.odt", "rich.fodt"}) {
    const FakeEmit emit = run(extract_odf, sample(name));
    EXPECT_EQ(issues(emit), "") << name;
    EXPECT_NE(emit.all("body").find("The house by the station is full.\n"), std::string::npos) << name;
    EXPECT_NE(emit.all("body").find("Two   blanks\ttab\n"), std::string::npos);
    EXPECT_NE(emit.all("body").find("boxed phone +22670000006\n"), std::string::npos);
    EXPECT_NE(emit.all("body").find("room\tpeople\n4\t11\nthe room cooperate\n"), std::string::npos) << emit.all("body");
    EXPECT_EQ(at_place(emit, "notes 1-2"), "third floor, ask for Efua\nend of the note\n");
    EXPECT_EQ(emit.all("comment"), "[Kofi Boateng, 2026-01-15T10:00:00] which house?\n");
    EXPECT_EQ(emit.all("hidden"), "hidden section text\n");
    EXPECT_EQ(emit.all("link"), "https://rooms.example.org/4\n");
  }
}

TEST(Odf, AFlatDocumentLeadsToItsBytes) {
  const std::string bytes = sample("rich.fodt");
  const FakeEmit emit = run(extract_odf, bytes);
  const std::string source = emit.source_of("which house?", bytes);
  EXPECT_LT(source.size(), bytes.size());
  EXPECT_NE(source.find("which house?"), std::string::npos) << source;
}

TEST(Odf, Presentation) {
  for (const std::string name : {"deck.odp", "deck.fodp"}) {
    const FakeEmit emit = run(extract_odf, sample(name));
    EXPECT_EQ(issues(emit), "") << name;
    EXPECT_EQ(at_place(emit, "slide 1"), "Agadez to the coast\nphone +22670000005\nstop\tprice\nSebha\t900\nthe map\n");
    EXPECT_EQ(at_place(emit, "slide 2 (hidden)"), "hidden slide text\n");
    EXPECT_EQ(at_place(emit, "notes of slide 1"), "speaker says nothing of fees\n");
    EXPECT_EQ(emit.all("comment"), "[Kofi Boateng, 2026-01-15T10:00:00] ask the driver\n");
    EXPECT_NE(emit.all("alt").find("a map of the desert\n"), std::string::npos);
    EXPECT_EQ(property(emit, "hidden-slides"), "2");
  }
}

TEST(Odf, Spreadsheet) {
  const FakeEmit emit = run(extract_odf, sample("fees.ods"));
  EXPECT_EQ(issues(emit), "");
  EXPECT_EQ(at_place(emit, "sheet Fees!A1:E4"),
            "Name\tPhone\tPaid\tWhen\tAt\nAma\t22670000003\t1234567\t2026-01-15\t2026-01-15T10:30:00\nKofi\t0601020304\t0.3\t1900-01-30\t10:30:00\n"
            "Sum\t1234567.3\tTRUE\tclick\n");
  EXPECT_EQ(at_place(emit, "sheet Fees!A2:G5 (hidden rows or columns)"), "hidden column\nhidden row\t777\n");
  EXPECT_EQ(at_place(emit, "sheet Secret!A1 (hidden sheet)"), "hidden sheet text\n");
  EXPECT_EQ(property(emit, "hidden-sheets"), "Secret, Deep");
  EXPECT_NE(emit.all("comment").find("Fees!A2 pays late\n"), std::string::npos);
  EXPECT_EQ(emit.all("link"), "mailto:kofi@example.org\n");
  EXPECT_NE(emit.all("formula").find("HYPERLINK(\"http://pay.example.org/y\";\"click\")"), std::string::npos);
}

const std::string kNames = R"( xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" )"
                           R"(xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/")";

TEST(Odf, RepeatsAreBoundedAndTold) {
  const FakeEmit emit = run(extract_odf, "<office:document" + kNames + R"(><office:body><office:spreadsheet><table:table table:name="R">)"
      R"(<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="3"><text:p>x</text:p></table:table-cell></table:table-row>)"
      R"(<table:table-row><table:table-cell table:number-columns-repeated="99999999999"/><table:table-cell><text:p>end</text:p></table:table-cell></table:table-row>)"
      "</table:table></office:spreadsheet></office:body></office:document>");
  EXPECT_LT(emit.all("body").size(), 1000u);
  EXPECT_NE(emit.all("body").find("x\tx\tx\n"), std::string::npos);
  EXPECT_EQ(places(emit, "body"), "sheet R!A1:XFD1048001\n");
  EXPECT_NE(issues(emit).find("limit: repeats=100: sheet R repeats filled rows or cells 1047967 times more"), std::string::npos) << issues(emit);
}

TEST(Odf, DeletionsThatStayInTheText) {  // as LibreOffice writes flat documents
  const FakeEmit emit = run(extract_odf, "<office:document" + kNames + R"(><office:body><office:text><text:tracked-changes><text:changed-region text:id="c1"><text:deletion>)"
      "<office:change-info><dc:creator>Kofi</dc:creator><dc:date>2026-01-15</dc:date></office:change-info></text:deletion></text:changed-region></text:tracked-changes>"
      R"(<text:p>We <text:change-start text:change-id="c1"/>never <text:change-end text:change-id="c1"/>pay</text:p></office:text></office:body></office:document>)");
  EXPECT_EQ(emit.all("body"), "We pay\n");
  EXPECT_EQ(emit.all("deleted"), "[Kofi, 2026-01-15] never \n");
}

TEST(Odf, EncryptedIsTold) {
  const FakeEmit emit = run(extract_odf, zip({{"mimetype", "application/vnd.oasis.opendocument.text"},
      {"content.xml", "\x12\x34 no XML"},
      {"META-INF/manifest.xml", R"(<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="content.xml" m:media-type="text/xml">)"
                                "<m:encryption-data/></m:file-entry></m:manifest>"}}));
  EXPECT_TRUE(emit.is_encrypted);
  EXPECT_EQ(issues(emit), "encrypted: 1 parts of the document are encrypted\n");
  ASSERT_EQ(emit.children.size(), 1u);
  EXPECT_TRUE(emit.children[0].first.encrypted);
}

TEST(Odf, FlatPicturesAreChildren) {
  const FakeEmit emit = run(extract_odf, "<office:document" + kNames + "><office:body><office:text><text:p>a<office:binary-data>Zm9v\n  YmFy</office:binary-data>b</text:p>"
                                         "</office:text></office:body></office:document>");
  ASSERT_EQ(emit.children.size(), 1u);
  EXPECT_EQ(emit.children[0].second, "foobar");  // RFC 4648, 10
  EXPECT_EQ(emit.all("body"), "ab\n");
  Base64 pieces;
  EXPECT_EQ(pieces.decode("Z"), "");
  EXPECT_EQ(pieces.decode("g=="), "f");
}

}  // namespace
}  // namespace evtriage
