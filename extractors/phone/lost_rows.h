// Rows in space that is not in use: free pages, free blocks inside of pages, the gap before a page's cells.
//
// SQLite forgets where a deleted row was, not what it said: bytes stay until something else is written over them; of a cell
// in a free block the first four bytes are gone (fileformat2, section 1.6).  Whatever could be a record is compared with
// the shape of the table: number of columns, types, text that is text, lengths that meet.  What the table still holds
// elsewhere (a page that was split leaves copies) is dropped.
// Tested by tests/extractors/phone/lost_rows_test.cpp against lists of rows that were deleted.
#pragma once
#include <functional>
#include <set>
#include <vector>

#include "extractors/phone/sqlite_database.h"

namespace evtriage::phone {

enum class Trust : std::uint8_t { certain, likely, candidate };

class LostRows {
 public:
  static constexpr std::size_t most_found = 200'000;
  static constexpr std::size_t most_live = 16'000'000;  // marks of live rows, eight bytes each

  // `unknown`: the number of the table that rows of no known table are given to.
  LostRows(Database& database, std::size_t unknown);

  void live(std::size_t table, const Row& row);     // a row that the database still holds
  void mark(const Row& row);                        // the same of a table that is not known
  void search_leaf(const Page& page, std::size_t table);
  void search_free(const Page& page);               // a page that belongs to nobody
  std::size_t table_of(const Page& page) const;     // the table whose shape most rows of a leaf have, or the unknown one

  // Once, at the end, in the order of pages: those that are not live.
  using Each = std::function<void(std::size_t table, const Row& row, Trust trust)>;
  void give(Emit& emit, const Each& each);

 private:
  struct Guess {
    std::uint32_t page = 0, at = 0, end = 0;  // where to read in the page, and where the record ends at the latest
    std::uint32_t table = 0;
    std::uint64_t mark = 0;           // fingerprint
    enum class Form : std::uint8_t { cell, record, types, types_but_first } form = Form::cell;
    Trust trust = Trust::candidate;
  };
  struct Region {
    std::uint32_t begin = 0, end = 0;
    bool is_block = false;  // a free block: its first four bytes are gone
  };
  std::vector<Region> regions_of(const Page& page, const TreeHeader& header) const;
  void search(const Page& page, Region region, std::size_t table);
  std::uint32_t try_block(const Page& page, Region region, std::size_t table);
  std::uint32_t try_former_block(const Page& page, Region region, std::size_t table);
  bool read(const Page& page, const Guess& guess, Row& row) const;
  bool read_types(const Guess& guess, Row& row) const;
  bool fits(std::size_t table, const Row& row) const;
  void keep(Guess guess, const Row& row);

  Database& database_;
  std::size_t unknown_;
  std::vector<std::uint64_t> live_;   // marks
  std::vector<std::size_t> fewest_;   // columns that a row of the table was seen with: columns may have been added since
  std::vector<Guess> guesses_;
  std::size_t refused_ = 0;
};

}  // namespace evtriage::phone
