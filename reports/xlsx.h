// The case as a workbook: a sheet for each table, and a first sheet that says what stands where.
//
// Every text is written as a text in cells of the format "Text": nothing is a formula, and nothing becomes one
// when a person edits the cell.  Invisible characters are made visible; the exact values stand in the JSON Lines.
// A sheet holds 1,048,576 rows (ISO/IEC 29500 as programs read it); what is more goes on on a next sheet, and the
// last row of the full one says so.
// Tested by tests/reports/xlsx_test.cpp and tests/whole/exchange_test.py (openpyxl reads it).
#pragma once
#include <string>

#include "reports/case_input.h"

namespace evtriage::reports {

inline constexpr std::uint32_t sheet_rows = 1'048'576;

// Writes over `file`.  Rows go through temporary files in `scratch`, not through memory.
Result<void> write_xlsx(const CaseInput& input, const std::string& file, const std::string& scratch, std::uint32_t rows = sheet_rows);

}  // namespace evtriage::reports
