// A thin owner over sqlite3: databases, statements, errors as values.
// One thread for one object.  Tested by tests/pipeline/store/sqlite_test.cpp.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/core/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace evtriage {

// One value of a row on its way in or out.  `chars` is not owned.
struct Cell {
  enum class Kind : std::uint8_t { null, integer, text, blob };
  Kind kind = Kind::null;
  std::int64_t integer = 0;
  std::string_view chars;

  static Cell none() { return {}; }
  static Cell number(std::int64_t value) { return {Kind::integer, value, {}}; }
  static Cell number(std::uint64_t value) { return {Kind::integer, static_cast<std::int64_t>(value), {}}; }
  static Cell flag(bool value) { return {Kind::integer, value ? 1 : 0, {}}; }
  static Cell bytes(std::string_view value) { return {Kind::blob, 0, value}; }
  static Cell word(std::string_view value) {  // empty means absent
    return value.empty() ? Cell{} : Cell{Kind::text, 0, value};
  }
};

class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement) : statement_(statement, &finalize) {}
  void bind(int place, const Cell& cell);           // place from 1; the characters must live until step
  Result<bool> step();                              // true: a row is there
  void reset();
  int columns() const;
  std::string_view column_name(int place) const;
  Cell column(int place) const;                     // place from 0; valid until the next step

 private:
  static void finalize(sqlite3_stmt* statement);
  std::unique_ptr<sqlite3_stmt, void (*)(sqlite3_stmt*)> statement_;
};

class Database {
 public:
  static Result<Database> create(const std::string& path);          // must not exist
  static Result<Database> open_sealed(const std::string& path);     // read-only, immutable: no side files
  Result<void> run(const std::string& sql);
  Result<Statement> prepare(std::string_view sql);
  sqlite3* handle() const { return database_.get(); }
  Result<void> close();

 private:
  static int shut(sqlite3* database);
  struct Closer {
    void operator()(sqlite3* database) const { shut(database); }
  };
  explicit Database(sqlite3* database) : database_(database) {}
  static Result<Database> open(const std::string& uri, int flags);
  std::unique_ptr<sqlite3, Closer> database_;
};

}  // namespace evtriage
