// Workbooks against the source that LibreOffice converted, xls2csv, and built records.
#include <gtest/gtest.h>

#include "extractors/ole/hyperlink.h"
#include "extractors/ole/xls_number.h"
#include "extractors/ole/xls_records.h"
#include "tests/extractors/ole/fixtures.h"

namespace evtriage {
namespace {

using namespace ole_test;
using namespace std::string_literals;

TEST(Xls, CellsCommentsLinks) {
  const std::string bytes = fixture("fees.xls");
  const FakeEmit emit = read_ole(bytes);
  EXPECT_EQ(at_place(emit, "sheet Fees!A1:D4"),
            "Nom\tTéléphone\tSomme\tDate\nBinta\t22670000010\t1250.5\t2026-01-15\nجوازات عندي\t500\t0\t42\nnoté\ttarif\n");
  EXPECT_EQ(at_place(emit, "sheet Caché (hidden)!A1:B1"), "dette de Fatou\t3000000\n");
  EXPECT_EQ(at_place(emit, "sheet Fees!A4", "comment"), "Awa: payer avant samedi\n");
  EXPECT_EQ(emit.all("link"), "https://example.org/tarif\n");
  EXPECT_EQ(property(emit, "hidden sheet"), "Caché");
  EXPECT_EQ(emit.source_of("dette de Fatou", bytes), "dette de Fatou");
  EXPECT_EQ(emit.source_of("https://example.org/tarif", bytes).substr(0, 50), wide("https://example.org/tarif"));
  EXPECT_TRUE(emit.issues.empty());
}

TEST(Xls, StringsSplitAcrossRecords) {  // 60 strings of 421 characters: the table needs several CONTINUEs
  const FakeEmit emit = read_ole(fixture("fees.xls"));
  std::string expected;
  for (int i = 0; i < 60; ++i) {
    std::string four = std::to_string(i);
    four.insert(0, 4 - four.size(), '0');
    expected += i % 3 == 0 ? "п" : "é";
    for (int k = 0; k < 60; ++k) expected += "xyz" + four;
    expected += '\n';
  }
  EXPECT_EQ(at_place(emit, "sheet Long!A1:A60"), expected);
}

TEST(Xls, SplitInsideCharacters) {  // MS-XLS 2.5.293: "abcdef", half in 8 bits, half in 16
  const std::string stream = "....\x06\x00\x00" "abc" "....\x01" "d\0e\0f\0"s;
  ole::StringCursor cursor(stream, {{0xfc, 4, 6}, {0x3c, 14, 7}}, 0, 4);
  const auto parts = cursor.shared_string();
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_TRUE(cursor.ok());
  EXPECT_EQ(stream.substr(parts[0].begin, parts[0].size), "abc");
  EXPECT_EQ(stream.substr(parts[1].begin, parts[1].size), "d\0e\0f\0"s);
  EXPECT_TRUE(parts[1].wide);
}

TEST(Xls, Numbers) {  // values of MS-XLS 2.5.217 and of Excel's own calendar
  EXPECT_EQ(ole::number_text(22670000010), "22670000010");
  EXPECT_EQ(ole::number_text(0.1), "0.1");
  EXPECT_EQ(ole::number_text(-1250.5), "-1250.5");
  EXPECT_DOUBLE_EQ(ole::rk_number(0x3ff00000), 1.0);
  EXPECT_DOUBLE_EQ(ole::rk_number(0x3ff00001), 0.01);
  EXPECT_DOUBLE_EQ(ole::rk_number(0x004b5646), 1234321.0);
  EXPECT_DOUBLE_EQ(ole::rk_number(0x004b5647), 12343.21);
  EXPECT_EQ(ole::date_text(46037, false), "2026-01-15");
  EXPECT_EQ(ole::date_text(46037.5, false), "2026-01-15 12:00:00");
  EXPECT_EQ(ole::date_text(44575, true), "2026-01-15");
  EXPECT_EQ(ole::date_text(1, false), "1900-01-01");
  EXPECT_EQ(ole::date_text(61, false), "1900-03-01");
  EXPECT_EQ(ole::date_text(0.25, false), "06:00:00");
  EXPECT_EQ(ole::date_text(1e300, false), "");
  EXPECT_TRUE(ole::is_date_format("yyyy\\-mm\\-dd"));
  EXPECT_FALSE(ole::is_date_format("#,##0.00 \"days\""));
  EXPECT_FALSE(ole::is_date_format("[Red]0.00"));
  EXPECT_TRUE(ole::is_date_format(14));
  EXPECT_FALSE(ole::is_date_format(4));
}

TEST(Xls, EveryKindOfCell) {  // built from MS-XLS (data/make_odd.py); xls2csv reads the cells that it knows the same
  const std::string bytes = fixture("odd.xls");
  const FakeEmit emit = read_ole(bytes);
  EXPECT_EQ(at_place(emit, "sheet Tout!A1:E3"), "appeler\tgras \xC3\xA9\tTRUE\t#N/A\n1\t12.34\t500\t2026-01-15 12:00:00\tcaf\xC3\xA9\n0.5\n");
  EXPECT_EQ(emit.all("link"), "C:\\liste.txt#Tout!A1\n");
  EXPECT_EQ(emit.source_of("appeler", bytes), "appeler");
  EXPECT_EQ(emit.source_of("gras", bytes), wide("gras"));
}

TEST(Xls, Excel95) {
  const FakeEmit emit = read_ole(fixture("old.xls"));
  EXPECT_EQ(at_place(emit, "sheet Vieux!A1:B1"), "\xD8\xAC\xD9\x88\xD8\xA7\xD8\xB2\t22670000010\n");  // code page 1256
  EXPECT_EQ(at_place(emit, "sheet Vieux!A1", "comment"), "remarque\n");
}

TEST(Xls, EncryptedIsTold) {
  const FakeEmit emit = read_ole(fixture("locked.xls"));
  EXPECT_TRUE(emit.is_encrypted);
  EXPECT_TRUE(has_issue(emit, Code::encrypted));
}

TEST(Xls, TruncationsAndFlips) {
  const std::string bytes = fixture("fees.xls");
  for (std::size_t size = 0; size < bytes.size(); size += 211) read_ole(bytes.substr(0, size));
  for (std::size_t at = 0; at < bytes.size(); at += 97) {
    std::string flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x55);
    read_ole(flipped);
  }
}

}  // namespace
}  // namespace evtriage
