// What a database says of its tables: names, columns, roots (fileformat2, section 2.6).
//
// The text of CREATE TABLE is read as SQLite writes and keeps it; what is not understood costs a column's name, never the
// rest: a column without a name is called "column 7".
// Tested by tests/extractors/phone/sqlite_schema_test.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace evtriage::phone {

enum class Affinity : std::uint8_t { text, numeric, integer, real, blob };

struct Column {
  std::string name;  // as written, quotes removed
  Affinity affinity = Affinity::blob;
};

struct Table {
  std::string name;
  std::vector<Column> columns;         // in the order in which records store them
  std::optional<std::size_t> rowid;    // the column that is another name of the rowid
  bool without_rowid = false;
  bool is_virtual = false;             // no pages of its own
  std::uint32_t root = 0;

  // Without regard to case, as SQL has it.
  std::optional<std::size_t> find(std::string_view column) const;
  std::string column_name(std::size_t column) const {
    return column < columns.size() ? columns[column].name : "column " + std::to_string(column + 1);
  }
};

// `sql`: the text of a CREATE TABLE or CREATE VIRTUAL TABLE statement.  Name and root are the caller's.
Table parse_create_table(std::string_view sql);

bool equal_names(std::string_view a, std::string_view b);  // ASCII letters without regard to case

}  // namespace evtriage::phone
