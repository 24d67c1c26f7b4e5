// One table on its way into results.sqlite: the row goes into SQLite and its line under the Merkle tree.
// Tested by tests/pipeline/store/build_test.cpp.
#pragma once
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

#include "pipeline/custody/custody.h"
#include "pipeline/store/schema.h"
#include "pipeline/store/store.h"

namespace evtriage {

class TableWriter {
 public:
  static Result<TableWriter> open(Database& database, const Table& table);
  // Cells in the order of the table's columns; rows in key order.
  Result<void> add(std::initializer_list<Cell> cells);
  TableRoot root() const;

 private:
  TableWriter(const Table& table, Statement insert) : table_(&table), insert_(std::move(insert)), line_writer_(table) {}
  const Table* table_;
  Statement insert_;
  LineWriter line_writer_;
  MerkleTree tree_;
  std::string line_;
};

class ResultsFile {  // results.sqlite while it is made: all tables created, one transaction open
 public:
  static Result<ResultsFile> create(const std::string& path);
  TableWriter& table(std::string_view name) { return writers_.find(name)->second; }
  Database& database() { return database_; }
  Result<std::vector<TableRoot>> finish();  // indexes, commit, sync

 private:
  ResultsFile(std::string path, Database database) : path_(std::move(path)), database_(std::move(database)) {}
  std::string path_;
  Database database_;
  std::map<std::string_view, TableWriter, std::less<>> writers_;
};

}  // namespace evtriage
