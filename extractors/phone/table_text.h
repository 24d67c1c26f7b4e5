// Tables as text that scanners can read: a row is a few lines "column: value", rows are gathered to segments.
//
// One segment holds rows of one table up to segment_bytes; its place names the table and the rows, its map leads from
// each value to the bytes of its cell.  Cells that hold a file become children.
// Tested by tests/extractors/phone/sqlite_test.cpp.
#pragma once
#include <map>
#include <vector>

#include "extractors/phone/epochs.h"
#include "extractors/phone/sqlite_database.h"

namespace evtriage::phone {

// In which state of the database a row was found.
enum class State : std::uint8_t {
  live,
  earlier,    // overwritten or deleted later: it stands in an older state of its page
  deleted,    // found in space that is not in use
};
struct Found {
  State state = State::live;
  std::string where;  // for people, one of a few: "likely", "before the write-ahead log"
};

using ColumnSet = std::vector<bool>;  // by column; a shorter one is false for the rest

class TableText {
 public:
  static constexpr std::size_t segment_bytes = 48u << 10;
  static constexpr std::size_t pending_most = 16u << 20;  // of all tables together

  TableText(const Database& database, Emit& emit) : database_(database), emit_(emit) {}
  // `told_elsewhere`: columns that need not stand here; `notes`: lines that belong to the row, if it says anything.
  void add(std::size_t table, const Row& row, const Found& found, const ColumnSet& told_elsewhere, std::string_view notes);
  void finish();
  std::uint64_t children() const { return children_; }
  // A child whose bytes are a cell.
  void child(std::size_t table, std::size_t column, const Row& row, const Cell& cell, std::string_view type, const Found& found);

 private:
  struct Group {
    MappedText text;
    std::int64_t first = 0, last = 0;
    std::uint64_t rows = 0;
    bool has_ids = true;
  };
  struct Key {
    std::size_t table;
    State state;
    std::string where;
    auto operator<=>(const Key&) const = default;
  };
  void flush(const Key& key, Group& group);
  struct Label {
    std::string text;  // "body: "
    TimeColumn time;
  };
  const Label& label(std::size_t table, std::size_t column);
  void add_cell(const Label& label, const Row& row, const Cell& cell, MappedText& out);
  void add_blob(const Row& row, const Cell& cell, const Label& label, MappedText& out);
  void add_long(const Key& key, const Row& row, const Cell& cell, std::string_view name);
  std::string place_of(const Key& key, const Group& group) const;

  const Database& database_;
  Emit& emit_;
  std::map<Key, Group> groups_;
  std::vector<std::vector<Label>> labels_;  // by table and column
  std::size_t pending_ = 0;
  std::uint64_t children_ = 0;
};

}  // namespace evtriage::phone
