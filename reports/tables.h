// The tables of the contract as JSON Lines or as CSV for spreadsheets.
//
// CSV: RFC 4180, CRLF, UTF-8 with a byte order mark; columns in the order of the contract, then our own;
// lists joined by "; ", nested objects as JSON; cells made safe by append_csv_cell.
// Tested by tests/reports/tables_test.cpp (read back by python3's csv module).
#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "pipeline/core/result.h"
#include "pipeline/store/store.h"

namespace evtriage::reports {

// Columns of a table in CSV; empty: no such table.
std::span<const std::string_view> csv_columns(std::string_view table);
// Every table that can be exported, "events" last.
std::span<const std::string_view> exported_tables();

using Write = std::function<bool(std::string_view)>;  // false: the reader wants no more

// `custody_file` is read for the table "events" alone; an unfinished last line is not exported.
Result<void> write_csv(CaseReader& reader, const std::string& custody_file, std::string_view table, const Write& write);
Result<void> write_json_lines(CaseReader& reader, const std::string& custody_file, std::string_view table, const Write& write);

}  // namespace evtriage::reports
