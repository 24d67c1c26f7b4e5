// The one deterministic sequence of statements that makes results.sqlite.  No rollback journal and no sync
// in between: a file that is not finished is thrown away whole, so that half-written states do not matter.
// Tested by tests/pipeline/store/build_test.cpp.
#include "pipeline/store/table_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace evtriage {
namespace {

// "evtr" as application id, the schema's version as user version.
constexpr const char* settings =
    "PRAGMA page_size=8192; PRAGMA encoding='UTF-8'; PRAGMA application_id=1702261874; PRAGMA user_version=1;"
    "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-32768;"
    "PRAGMA temp_store=MEMORY;";

Result<void> sync_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  const bool kept = file >= 0 && ::fsync(file) == 0;
  const int failed = kept ? 0 : errno;
  if (file >= 0) ::close(file);
  if (!kept) return Error{Code::io_read, "results.sqlite cannot be synced: " + std::string(std::strerror(failed))};
  return {};
}

}  // namespace

Result<TableWriter> TableWriter::open(Database& database, const Table& table) {
  auto insert = database.prepare(insert_statement(table));
  if (!insert) return insert.error();
  return TableWriter(table, std::move(*insert));
}

Result<void> TableWriter::add(std::initializer_list<Cell> cells) {
  int place = 0;
  for (const Cell& cell : cells) insert_.bind(++place, cell);
  auto done = insert_.step();
  insert_.reset();
  if (!done) return done.error();
  line_writer_.write({cells.begin(), cells.size()}, nullptr, line_);
  tree_.append(line_);
  return {};
}

TableRoot TableWriter::root() const { return {std::string(table_->name), tree_.size(), hex(tree_.root())}; }

Result<ResultsFile> ResultsFile::create(const std::string& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return Error{Code::io_read, "results.sqlite cannot be made: " + std::string(std::strerror(errno))};
  ::close(file);
  auto database = Database::create(path);
  if (!database) return database.error();
  ResultsFile results(path, std::move(*database));
  std::string sql = settings;
  sql += "BEGIN;";
  for (const Table& table : tables()) sql += create_statement(table) + ";";
  if (auto done = results.database_.run(sql); !done) return done.error();
  for (const Table& table : tables()) {
    auto writer = TableWriter::open(results.database_, table);
    if (!writer) return writer.error();
    results.writers_.emplace(table.name, std::move(*writer));
  }
  return results;
}

Result<std::vector<TableRoot>> ResultsFile::finish() {
  std::vector<TableRoot> roots;
  for (const Table& each : tables()) roots.push_back(table(each.name).root());
  if (auto done = database_.run("CREATE INDEX texts_item ON texts(item); CREATE INDEX mentions_contact ON "
                                "mentions(contact); COMMIT;");
      !done) {
    return done.error();
  }
  writers_.clear();
  if (auto closed = database_.close(); !closed) return closed.error();
  if (auto kept = sync_file(path_); !kept) return kept.error();
  return roots;
}

}  // namespace evtriage
