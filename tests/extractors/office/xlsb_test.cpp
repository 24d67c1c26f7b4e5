// XLSB: cells, hidden rows and sheets, comments, as LibreOffice 7.4 shows the same file (tests/extractors/office/data/README.md).
#include "tests/extractors/office/support.h"

#include "extractors/office/biff12.h"

namespace evtriage::office_test {
namespace {

TEST(Xlsb, CellsAsLibreOfficeShowsThem) {
  const FakeEmit emit = run(extract_ooxml, sample("fees.xlsb"));
  EXPECT_EQ(issues(emit), "");
  EXPECT_EQ(at_place(emit, "sheet Fees!A1:C4"),
            "Passport fee for Ama\t300\t123.45\nDeposit \xF0\x9F\x98\x80\t2024-01-01\t0070000001\nin the cell itself\tTRUE\trich words\n"
            "result of a formula\t2.5\n");
  EXPECT_EQ(at_place(emit, "sheet Fees!A5 (hidden rows or columns)"), "a hidden row\n");
  EXPECT_EQ(at_place(emit, "sheet Kept!AB7 (very hidden sheet)"), "very hidden words\n");
  EXPECT_EQ(emit.all("comment"), "A2 [Kofi] ask for half of it now\n");
  EXPECT_EQ(emit.all("hidden"), "left over from an emptied cell\n");
  EXPECT_TRUE(emit.children.empty()) << "every part was read";
}

TEST(Xlsb, NumbersInFourBytes) {  // MS-XLSB 2.5.122
  EXPECT_EQ(rk_number(300u << 2 | 2), 300);
  EXPECT_EQ(rk_number(12345u << 2 | 3), 123.45);
  EXPECT_EQ(rk_number(static_cast<std::uint32_t>(-7) << 2 | 2), -7);
  EXPECT_EQ(rk_number(0x3ff00000), 1);  // the upper half of 1.0
}

std::string with_book(const std::string& book) {
  return zip({{"[Content_Types].xml", kTypes}, {"_rels/.rels", relationships(relationship("r", "officeDocument", "xl/workbook.bin"))}, {"xl/workbook.bin", book}});
}

TEST(Xlsb, BrokenRecordsAreTold) {
  EXPECT_EQ(issues(run(extract_ooxml, with_book("\x83\x01"))), "truncated: xl/workbook.bin: the part ends inside a record\n");
  // A sheet to which no relationship leads; a count that lies.
  const std::string sheet = std::string("\x9c\x01\x16", 3) + std::string(8, '\0') + std::string("\1\0\0\0r\0", 6) + std::string("\2\0\0\0a\0b\0", 8);
  EXPECT_EQ(issues(run(extract_ooxml, with_book(sheet))), "corrupt: sheet ab: no relationship leads to it\n");
  const std::string liar = std::string("\x9c\x01\x0c", 3) + std::string(8, '\0') + "\xff\xff\xff\x7f";
  EXPECT_EQ(issues(run(extract_ooxml, with_book(liar))), "");
}

TEST(Xlsb, EveryTruncationAndFlip) {
  const std::string bytes = sample("fees.xlsb");
  for (std::size_t length = 0; length < bytes.size(); length += 3) (void)run(extract_ooxml, bytes.substr(0, length));
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    std::string broken = bytes;
    broken[at] = static_cast<char>(broken[at] ^ 0x41);
    (void)run(extract_ooxml, broken);
  }
}

}  // namespace
}  // namespace evtriage::office_test
