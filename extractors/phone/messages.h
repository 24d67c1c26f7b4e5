// Rows that are messages or calls, told as such.
// Tested by tests/extractors/phone/applications_test.cpp.
#pragma once
#include <optional>
#include <set>
#include <vector>

#include "extractors/phone/conversations.h"
#include "extractors/phone/lookups.h"
#include "extractors/phone/table_text.h"

namespace evtriage::phone {

class Messages {
 public:
  Messages(Database& database, Emit& emit);
  // Columns of the row that need not stand in the table's text, because the message says them.
  const ColumnSet& take(std::size_t table, const Row& row, const Found& found);
  // Names for a row of an address book, as lines "name: Ama"; empty for other tables.
  std::string notes(std::size_t table, const Row& row);
  // Names for addresses, as the property contact:name; accounts of the device's user.
  void name(std::size_t table, const Row& row);
  void finish();

 private:
  struct Place {                     // a Field in a table
    std::optional<std::size_t> column;
    bool is_rowid = false;
    std::size_t lookup = Lookups::none;
    bool is_plain() const { return lookup == Lookups::none; }
    bool is_there() const { return column.has_value() || is_rowid; }
  };
  struct Bound {                     // a spec in a table
    const MessageSpec* spec = nullptr;
    struct RemarkAt {
      Place place;
      const RemarkSpec* spec;
    };
    std::vector<RemarkAt> remarks;
    std::vector<Place> body, peer, sender, conversation, label, attachment, own;
    std::optional<std::size_t> time, direction, duration;
    ColumnSet told;
    bool is_told = false;            // the application was told
  };
  struct NoteAt {
    std::size_t table;
    Place place;
    std::string_view label;
  };
  struct OwnAt {                     // an OwnSpec in a table
    std::size_t table;
    Place account;
    std::string_view reason;
  };
  void bind_others(std::size_t index, const Table& table);
  struct NamesAt {                   // a NameSpec in a table
    std::size_t table;
    Place address, kind;
    const NameSpec* spec;
    std::vector<Place> names;
  };
  bool is_of_kind(const NamesAt& at, const Row& row);
  Place place_of(const Table& table, const Field& field) const;
  std::optional<Bound> bind(const Table& table, const MessageSpec& spec) const;
  std::string word(const Place& place, const Row& row);
  std::string first(const std::vector<Place>& places, const Row& row);
  MappedText body_of(const Bound& bound, const Row& row);
  void bind_remarks(const Table& table, Bound& bound) const;
  void add_remarks(const Bound& bound, const Row& row, MappedText& text);
  void add_call(const Bound& bound, const Row& row, std::string_view direction, MappedText& text) const;

  Database& database_;
  Emit& emit_;
  Lookups lookups_;
  Conversations conversations_;
  std::vector<std::optional<Bound>> bound_;  // by table
  std::vector<NoteAt> notes_;
  std::vector<NamesAt> names_;
  std::vector<OwnAt> owners_;
  std::set<std::string> named_;
  std::set<std::pair<std::string, std::string>> applications_, own_;  // told as properties; own_: account, why
};

}  // namespace evtriage::phone
