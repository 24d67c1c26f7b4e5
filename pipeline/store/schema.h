// The tables of results.sqlite: columns, keys, and how a row becomes its canonical line.
// Writer and reader share it; verify (custody) deliberately does not.
// Tested by tests/pipeline/store/schema_test.cpp (lines against JsonWriter) and tests/whole.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/result.h"
#include "pipeline/store/sqlite.h"

namespace evtriage {

enum class Shape : std::uint8_t {
  text,     // TEXT, a JSON string
  integer,  // INTEGER, a JSON integer
  flag,     // INTEGER 0 or 1, JSON false or true
  json,     // TEXT that is canonical JSON already
  points,   // INTEGER thousandths; JSON: points rounded half up, and NAME_milli exactly
  kept      // BLOB of zstd; JSON: the text, but not under the Merkle leaf
};
struct Column {
  std::string_view name;
  Shape shape = Shape::text;
};
struct Table {
  std::string_view name;
  std::span<const Column> columns;
  unsigned key_columns = 1;       // the first so many columns are the key, in whose order rows stand
  bool rowid = false;             // key is one integer and rows may be large
};
std::span<const Table> tables();  // in the contract's order, then our own
const Table* find_table(std::string_view name);
std::string create_statement(const Table& table);
std::string insert_statement(const Table& table);
std::string select_statement(const Table& table);  // all columns, in key order

class LineWriter {
 public:
  explicit LineWriter(const Table& table);
  // The canonical line into `line` (overwritten), without LF.  `kept_text`, if given, is the row's text.
  void write(std::span<const Cell> cells, const std::string* kept_text, std::string& line) const;

 private:
  struct Field {
    std::size_t column = 0;
    Shape shape = Shape::text;
    std::string prefix, milli_prefix;  // "\"name\":"
  };
  std::vector<Field> fields_;          // in byte order of the names
};

// An integer cell as it stands in a line, into `out` (overwritten).
void integer_text(Shape shape, const Cell& cell, std::string& out);

std::string json_array(const std::vector<std::string>& texts);

}  // namespace evtriage
