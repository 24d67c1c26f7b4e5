// sqlite3 behind values.  SQLite's own words are kept in errors, since people can look them up.
// Tested by tests/pipeline/store/sqlite_test.cpp.
#include "pipeline/store/sqlite.h"

#include <sqlite3.h>

namespace evtriage {
namespace {

Error sqlite_error(sqlite3* database) {
  if (database == nullptr) return {Code::internal, "SQLite has no memory"};
  const int code = sqlite3_errcode(database) & 0xff;
  if (code == SQLITE_FULL) return {Code::io_read, "the case disk is full; free space and run the same command again"};
  const bool corrupt = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
  return {corrupt ? Code::corrupt : Code::io_read, std::string("SQLite: ") + sqlite3_errmsg(database)};
}

// A path as an URI: SQLite takes ?, # and % for its own.
std::string uri_of(const std::string& path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : path) {
    if (c == '?' || c == '#' || c == '%') {
      const auto value = static_cast<unsigned char>(c);
      uri += '%';
      uri += digits[value >> 4];
      uri += digits[value & 15];
    } else {
      uri += c;
    }
  }
  return uri;
}

}  // namespace

void Statement::finalize(sqlite3_stmt* statement) { sqlite3_finalize(statement); }

void Statement::bind(int place, const Cell& cell) {
  sqlite3_stmt* statement = statement_.get();
  switch (cell.kind) {
    case Cell::Kind::null: sqlite3_bind_null(statement, place); break;
    case Cell::Kind::integer: sqlite3_bind_int64(statement, place, cell.integer); break;
    case Cell::Kind::text:
      sqlite3_bind_text64(statement, place, cell.chars.data(), cell.chars.size(), SQLITE_STATIC, SQLITE_UTF8);
      break;
    case Cell::Kind::blob:
      sqlite3_bind_blob64(statement, place, cell.chars.data(), cell.chars.size(), SQLITE_STATIC);
      break;
  }
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return sqlite_error(sqlite3_db_handle(statement_.get()));
}

void Statement::reset() { sqlite3_reset(statement_.get()); }

int Statement::columns() const { return sqlite3_column_count(statement_.get()); }

std::string_view Statement::column_name(int place) const { return sqlite3_column_name(statement_.get(), place); }

Cell Statement::column(int place) const {
  sqlite3_stmt* statement = statement_.get();
  const auto size = [&] { return static_cast<std::size_t>(sqlite3_column_bytes(statement, place)); };
  switch (sqlite3_column_type(statement, place)) {
    case SQLITE_INTEGER: return Cell::number(static_cast<std::int64_t>(sqlite3_column_int64(statement, place)));
    case SQLITE_BLOB: {
      const void* data = sqlite3_column_blob(statement, place);
      return Cell::bytes({static_cast<const char*>(data), size()});
    }
    case SQLITE_NULL: return Cell::none();
    default: {
      const unsigned char* data = sqlite3_column_text(statement, place);
      return {Cell::Kind::text, 0, {reinterpret_cast<const char*>(data), size()}};
    }
  }
}

int Database::shut(sqlite3* database) { return sqlite3_close_v2(database); }

Result<Database> Database::open(const std::string& uri, int flags) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(uri.c_str(), &raw, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(raw);
  if (code != SQLITE_OK) return sqlite_error(raw);
  return database;
}

Result<Database> Database::create(const std::string& path) {
  return open(uri_of(path), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
}

Result<Database> Database::open_sealed(const std::string& path) {
  return open(uri_of(path) + "?mode=ro&immutable=1", SQLITE_OPEN_READONLY);
}

Result<void> Database::run(const std::string& sql) {
  if (sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return sqlite_error(handle());
  return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v3(handle(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                      &raw, nullptr);
  if (code != SQLITE_OK) return sqlite_error(handle());
  if (raw == nullptr) return Error{Code::unsupported, "SQLite: the statement is empty"};
  return Statement(raw);
}

Result<void> Database::close() {
  // v2: statements that others still hold keep the memory, not the file's state; all is committed before.
  if (shut(database_.release()) == SQLITE_OK) return {};
  return Error{Code::io_read, "SQLite: the database cannot be closed"};
}

}  // namespace evtriage
