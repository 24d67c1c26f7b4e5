// A database as a whole: its tables, which page belongs to which of them, and the rows of a page.
//
// The inner pages of each tree are walked first; they are few.  Then leaves are read in the order of the file, so that a
// database of any size costs one pass, and a page whose parent is damaged is found all the same.
// Memory: four bytes a page, and one row at a time (at most row_bytes of it).
// Tested by tests/extractors/phone/sqlite_test.cpp against `sqlite3 .dump`.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "extractors/phone/sqlite_record.h"
#include "extractors/phone/sqlite_schema.h"
#include "pipeline/core/plugin.h"

namespace evtriage::phone {

constexpr std::uint64_t row_bytes = 16u << 20;  // of a row that are held; the rest of a larger one is told
constexpr std::uint32_t most_tables = 20'000;

// A problem with the structure, told at most `most_told` times with its place.
class Troubles {
 public:
  explicit Troubles(Emit& emit) : emit_(emit) {}
  void tell(Code code, std::string sentence, std::optional<ByteRange> where);
  void finish();  // tells how many more there were
  bool any() const { return count_ > 0; }

 private:
  static constexpr std::uint64_t most_told = 20;
  Emit& emit_;
  std::uint64_t count_ = 0;
};

class Database {
 public:
  static constexpr std::uint32_t nobody = 0;  // owners are table numbers + 1

  // `pages` and `troubles` outlive the database.
  Database(Pages& pages, Troubles& troubles) : pages_(pages), troubles_(troubles) {}

  void load();  // the schema, and the owner of each page
  std::size_t add_unknown_table();  // for rows that belong to no table any more; its number
  const std::vector<Table>& tables() const { return tables_; }
  const Table* table(std::string_view name) const;
  Pages& pages() const { return pages_; }
  Encoding encoding() const { return pages_.shape().encoding; }
  std::uint32_t owner(std::uint32_t page) const { return owners_[page]; }
  bool is_free(std::uint32_t page) const { return marks_[page] == Mark::free_leaf || marks_[page] == Mark::free_trunk; }
  bool is_trunk(std::uint32_t page) const { return marks_[page] == Mark::free_trunk; }
  bool is_used(std::uint32_t page) const { return marks_[page] == Mark::used; }  // by a tree, or as overflow of a row that was read

  // Every cell of the page that holds a row.  `each` returns false to stop.
  using EachRow = std::function<bool(Row& row)>;
  void rows_of(const Page& page, bool told, const EachRow& each);
  // All rows of a table, for look-ups.
  void rows_of(const Table& table, const EachRow& each);
  // A row whose cell begins at `at` of the page; `index` as in pages without a rowid.
  bool read_cell(const Page& page, std::size_t at, bool index, Row& row, bool mark_overflow);

 private:
  enum class Mark : std::uint8_t { none, used, free_leaf, free_trunk };
  void load_schema();
  void add_table(const Row& row);
  void own(std::uint32_t root, std::uint32_t owner);
  std::vector<std::uint32_t> children_of(const Page& page, const TreeHeader& header) const;
  bool take_page(std::uint32_t number, std::uint32_t owner);
  void walk_freelist();
  bool join_overflow(Row& row, std::uint32_t next, bool mark_overflow);
  ByteRange place(const Page& page) const { return {page.at, page.at + page.bytes.size()}; }

  Pages& pages_;
  Troubles& troubles_;
  std::vector<Table> tables_;
  std::vector<std::uint32_t> owners_;  // by page number
  std::vector<Mark> marks_;
};

}  // namespace evtriage::phone
