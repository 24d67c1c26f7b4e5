// SpreadsheetML by openpyxl and LibreOffice; cells as `soffice --convert-to csv` gives them, dates as ISO 8601.
#include "extractors/office/shared_strings.h"
#include "extractors/office/sheet_reader.h"
#include "tests/extractors/office/support.h"

namespace evtriage {
namespace {
using namespace office_test;

TEST(Xlsx, BothWritersSayTheSame) {
  for (const std::string name : {"fees.xlsx", "libreoffice.xlsx"}) {
    const FakeEmit emit = run(extract_ooxml, sample(name));
    EXPECT_EQ(issues(emit), "") << name;
    const std::string rows = "Name\tPhone\tPaid\tWhen\tAt\nAma\t22670000003\t1234567\t2026-01-15\t2026-01-15T10:30:00\nKofi\t0601020304\t0.3\t1900-01-31\t10:30:00\n";
    EXPECT_EQ(at_place(emit, "sheet Fees!A1:E4").substr(0, rows.size()), rows) << name;
    EXPECT_EQ(at_place(emit, "sheet Fees!A2:G5 (hidden rows or columns)"), "hidden column\nhidden row\t777\n");
    EXPECT_EQ(at_place(emit, "sheet Secret!A1 (hidden sheet)"), "hidden sheet text\n");
    EXPECT_NE(emit.all("body").find("very hidden text"), std::string::npos);
    EXPECT_EQ(property(emit, "hidden-sheets"), "Secret, Deep");
    EXPECT_EQ(property(emit, "sheets"), "Fees, Secret, Deep");
    EXPECT_EQ(emit.all("link"), "mailto:kofi@example.org\n");
    EXPECT_EQ(at_place(emit, "defined names"), "rates = Fees!$C$2:$C$3\n");
    EXPECT_EQ(emit.all("formula"), "D4: HYPERLINK(\"http://pay.example.org/y\",\"click\")\n");
    EXPECT_NE(emit.all("comment").find("A2 "), std::string::npos);
    EXPECT_NE(emit.all("comment").find("pays late\n"), std::string::npos);
    EXPECT_EQ(property(emit, "dc:title"), "Fee list");
  }
  EXPECT_NE(run(extract_ooxml, sample("fees.xlsx")).all("comment").find("A2 [Ama Mensah] pays late"), std::string::npos);
  EXPECT_NE(run(extract_ooxml, sample("libreoffice.xlsx")).all("body").find("Sum\t1234567.3\tTRUE\tclick\n"), std::string::npos);
}

TEST(Xlsx, CellAddresses) {
  std::uint32_t column = 0, row = 0;
  EXPECT_TRUE(parse_cell_address("A1", column, row));
  EXPECT_EQ(column, 0u);
  EXPECT_TRUE(parse_cell_address("XFD1048576", column, row));
  EXPECT_EQ(column, 16383u);
  EXPECT_EQ(row, 1048576u);
  EXPECT_EQ(column_name(16383), "XFD");
  EXPECT_EQ(column_name(25) + column_name(26) + column_name(701) + column_name(702), "ZAAZZAAA");
  for (const char* wrong : {"", "1", "A", "XFE1", "A0", "A1048577", "ZZZZZZ9", "a1", "A1x", "A99999999999"}) EXPECT_FALSE(parse_cell_address(wrong, column, row)) << wrong;
}

std::string workbook(const std::string& sheet, const std::string& strings) {
  return zip({{"[Content_Types].xml", kTypes},
              {"_rels/.rels", relationships(relationship("r", "officeDocument", "/xl/wb.xml"))},
              {"xl/wb.xml", R"(<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">)"
                            R"(<sheets><sheet name="S" r:id="s"/><sheet name="Gone" r:id="none"/></sheets></workbook>)"},
              {"xl/_rels/wb.xml.rels", relationships(relationship("s", "worksheet", "odd%20name.xml") + relationship("t", "sharedStrings", "texts.xml"))},
              {"xl/odd name.xml", R"(<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>)" + sheet + "</sheetData></worksheet>"},
              {"xl/texts.xml", R"(<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">)" + strings + "</sst>"}});
}

TEST(Xlsx, StringsOfAllKinds) {
  const FakeEmit emit = run(extract_ooxml, workbook(
      R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c><c r="C1" t="str"><f>A1</f><v>by formula</v></c>)"
      R"(<c r="D1" t="e"><v>#N/A</v></c><c t="b"><v>0</v></c></row><row><c t="s"><v>1</v></c></row>)",
      "<si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>sound</t></rPh></si><si><t xml:space=\"preserve\"> &amp; more</t></si><si><t>left over</t></si>"));
  EXPECT_EQ(at_place(emit, "sheet S!A1:E2"), "rich\tinline\tby formula\t#N/A\tFALSE\n & more\n");
  EXPECT_EQ(emit.all("hidden"), "left over\n");
  EXPECT_EQ(issues(emit), "corrupt: sheet Gone: no relationship leads to it\n");
}

TEST(Xlsx, WhatCannotBeIsTold) {
  const FakeEmit emit = run(extract_ooxml, workbook(R"(<row r="1"><c r="A1" t="s"><v>4000000000</v></c><c r="ZZZZZZ9" t="inlineStr"><is><t>far</t></is></c></row>)", ""));
  EXPECT_NE(emit.all("body").find("far"), std::string::npos);
  EXPECT_NE(issues(emit).find("2 cells name a place or a shared string that does not exist, the first A1 (shared string 4000000000)"), std::string::npos) << issues(emit);
}

TEST(Xlsx, SharedStringsAreBounded) {
  SharedStrings strings({10, 3});
  EXPECT_TRUE(strings.add("12345"));
  EXPECT_FALSE(strings.add("123456"));
  EXPECT_TRUE(strings.is_cut());
  EXPECT_EQ(*strings.show(0), "12345");
  EXPECT_FALSE(strings.show(1));
  EXPECT_EQ(strings.limit(), "shared_string_bytes=10, shared_strings=3: further shared strings were not read");
}

TEST(Xlsx, RowsAreGroupedIntoSegments) {
  std::string sheet;
  for (int i = 1; i <= 5000; ++i) sheet += "<row r=\"" + std::to_string(i) + "\"><c r=\"A" + std::to_string(i) + "\"><v>" + std::to_string(10'000'000 + i) + "</v></c><c><v>22670000010</v></c></row>";
  const FakeEmit emit = run(extract_ooxml, workbook(sheet, ""));
  EXPECT_GE(emit.texts.size(), 2u);
  EXPECT_LE(emit.texts.size(), 6u);
  EXPECT_EQ(emit.texts[0].place.substr(0, 11), "sheet S!A1:");
  EXPECT_NE(emit.all("body").find("\n10005000\t22670000010\n"), std::string::npos);
}

}  // namespace
}  // namespace evtriage
