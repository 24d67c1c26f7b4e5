// Numbers of spreadsheets as a person sees them: plain digits, and dates where the cell's format is one.
// Tested by tests/extractors/ole/xls_test.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace evtriage::ole {

// The shortest digits that mean this number, never with an exponent below 1e15: phone numbers stay whole.
std::string number_text(double value);
// An RK number: 30 bits of a double or an integer, maybe a hundredth (MS-XLS 2.5.217).
double rk_number(std::uint32_t rk);
// "2026-01-15", with " 10:30:00" if the day has a fraction; "10:30:00" below one day.  Empty if out of range.
std::string date_text(double serial, bool from_1904);
// Built-in number formats that are dates or times (MS-XLS 2.4.126).
bool is_date_format(unsigned index);
// A format string of a date or time: a y, m, d, h or s outside quotes, escapes and brackets.
bool is_date_format(std::string_view format);

}  // namespace evtriage::ole
