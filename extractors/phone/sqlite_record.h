// Records of SQLite: a row's values and where each of their bytes lies (fileformat2, section 2.1).
//
// The bytes of a row may be scattered over overflow pages; `pieces` leads from an offset in the row to the file.
// Tested by tests/extractors/phone/sqlite_test.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/phone/mapped.h"
#include "extractors/phone/sqlite_pages.h"

namespace evtriage::phone {

struct Cell {
  enum class Kind : std::uint8_t { null, integer, real, text, blob };
  Kind kind = Kind::null;
  std::int64_t integer = 0;
  double real = 0;
  std::uint64_t at = 0, size = 0;  // in the row's bytes
  std::string_view bytes;          // text in the database's encoding; shorter than `size` if the row was cut

  bool is_null() const { return kind == Kind::null; }
  bool is_number() const { return kind == Kind::integer || kind == Kind::real; }
  double number() const { return kind == Kind::real ? real : static_cast<double>(integer); }
  bool is_whole() const { return bytes.size() == size || is_number() || is_null(); }
};

struct Piece {
  std::uint64_t begin = 0;  // in the row's bytes
  std::uint64_t at = 0;     // in the file
  bool in_item = true;      // false: in the companion, where no range of the item leads
};

struct Row {
  std::int64_t id = 0;             // rowid; 0 in tables that have none
  bool has_id = true;
  std::uint64_t size = 0;          // of the whole record
  std::string_view bytes;          // of the record; shorter than size if it was cut
  std::vector<Cell> cells;
  std::vector<Piece> pieces;       // at least one
  bool in_item = true;             // its bytes lie in the item that is read
  Blob page;                       // keeps `bytes` alive, or `joined` does
  std::string joined;

  const Cell& cell(std::size_t column) const;  // a null cell if there is none
  // Where bytes [begin, end) of the row lie in the item, as far as the first piece goes that holds any of them; for bytes
  // that lie elsewhere the beginning of the row, or an empty range.
  ByteRange source(std::uint64_t begin, std::uint64_t end) const;
  ByteRange source(const Cell& cell) const { return source(cell.at, cell.at + cell.size); }
  bool is_contiguous(std::uint64_t begin, std::uint64_t end) const;
  std::size_t piece_of(std::uint64_t begin) const;
  std::uint64_t piece_end(std::size_t piece) const;
};

// Takes `row.bytes` apart into `row.cells`.  False if they are no record.
bool read_record(Row& row);
// Takes a record apart whose types are given; `body` is the offset of the first value.
bool read_values(Row& row, const std::vector<std::uint64_t>& types, std::uint64_t body);
// Bytes of a value of this serial type.
std::uint64_t size_of_type(std::uint64_t type);

// The text of a text cell with its map into the file.  Always valid UTF-8; broken characters are U+FFFD.
void append_text(const Row& row, const Cell& cell, Encoding encoding, MappedText& out);
std::string text_of(const Row& row, const Cell& cell, Encoding encoding);
// Bytes [begin, end) of the row, known to be UTF-8, 1:1.
void append_plain(const Row& row, std::uint64_t begin, std::uint64_t end, MappedText& out);

// The same values give the same mark, whatever the rowid: tells rows of a page apart from copies of them elsewhere.
std::uint64_t fingerprint(const Row& row);

}  // namespace evtriage::phone
