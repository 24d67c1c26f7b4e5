// Numbers as shown; dates checked with LibreOffice and with python3's datetime.
#include "extractors/office/cell_format.h"

#include "tests/extractors/office/support.h"

namespace evtriage {
namespace {

std::string shown(std::string_view raw, std::string_view code, bool from_1904 = false) {
  std::string out;
  append_shown(out, raw, format_of_code(code), from_1904);
  return out;
}

TEST(CellFormat, PlainNumbersStayAsTheyWereTyped) {
  EXPECT_EQ(shown("1234567", "General"), "1234567");
  EXPECT_EQ(shown("2.2670000010E10", "General"), "22670000010");
  EXPECT_EQ(shown("2.2670000010000001E10", "0"), "22670000010");
  EXPECT_EQ(shown("0.30000000000000004", "0.00"), "0.3");
  EXPECT_EQ(shown("1E-3", "General"), "0.001");
  EXPECT_EQ(shown("-5.5", "#,##0"), "-5.5");
  EXPECT_EQ(shown("1.2345678901234567E19", "General"), "12345678901234567168");
  EXPECT_EQ(shown("abc", "General"), "abc");
  EXPECT_EQ(shown("nan", "yyyy"), "nan");
  EXPECT_EQ(shown("1e999", "yyyy"), "1e999");
}

TEST(CellFormat, TelephoneNumbersKeepTheirZeros) {
  EXPECT_EQ(shown("601020304", "0000000000"), "0601020304");
  EXPECT_EQ(shown("601020304", "00 00 00 00 00"), "0601020304");
  EXPECT_EQ(shown("22670000010", "\"+\"0"), "+22670000010");
  EXPECT_EQ(shown("22670000010", "\\+#"), "+22670000010");
  EXPECT_EQ(shown("-5", "0000"), "-5");
}

TEST(CellFormat, Dates) {
  EXPECT_EQ(shown("46037", "yyyy\\-mm\\-dd"), "2026-01-15");  // (date(2026,1,15)-date(1899,12,30)).days
  EXPECT_EQ(shown("46037.4375", "dd/mm/yyyy hh:mm"), "2026-01-15T10:30:00");
  EXPECT_EQ(shown("0.4375", "[h]:mm"), "10:30:00");
  EXPECT_EQ(shown("1", "d mmm yy"), "1900-01-01");
  EXPECT_EQ(shown("61", "d mmm yy"), "1900-03-01");
  EXPECT_EQ(shown("44575", "d mmm yy", true), "2026-01-15");
  EXPECT_EQ(shown("46037", "[$-409]mmmm"), "2026-01-15");
  EXPECT_EQ(shown("99999999", "yyyy"), "99999999");
  EXPECT_EQ(shown("-1", "yyyy"), "-1");
  EXPECT_EQ(shown("2958465", "yyyy"), "2958465") << "beyond what core/time.h counts";
  EXPECT_EQ(shown("46037", "[Red]#,##0 \"days\""), "46037");
  EXPECT_EQ(format_of_number(14).kind, CellFormat::Kind::date);
  EXPECT_EQ(format_of_number(22).kind, CellFormat::Kind::date_time);
  EXPECT_EQ(format_of_number(2).kind, CellFormat::Kind::plain);
}

}  // namespace
}  // namespace evtriage
