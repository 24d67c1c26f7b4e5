// results.sqlite against the seal: the file, SQLite's own check, every table's root, and the sums.
// Tested by tests/pipeline/custody/verify_test.cpp.
#include <sqlite3.h>

#include <memory>

#include "pipeline/custody/verify.h"

namespace evtriage {
namespace {

struct Closer {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
using Database = std::unique_ptr<sqlite3, Closer>;

std::string encoded(const std::string& path) {
  std::string out;
  for (const char c : path) {
    if (c == '%') out += "%25";
    else if (c == '?') out += "%3f";
    else if (c == '#') out += "%23";
    else out += c;
  }
  return out;
}

// First column of each row as text.
std::vector<std::string> column(sqlite3* database, const std::string& sql, std::string& error) {
  std::vector<std::string> values;
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(database, sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) {
    error = sqlite3_errmsg(database);
    return values;
  }
  int code = SQLITE_DONE;
  while ((code = sqlite3_step(raw)) == SQLITE_ROW) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(raw, 0));
    values.emplace_back(text != nullptr ? text : "");
  }
  if (code != SQLITE_DONE) error = sqlite3_errmsg(database);
  sqlite3_finalize(raw);
  return values;
}

void check_integrity(sqlite3* database, Verdict& verdict) {
  std::string error;
  const auto words = column(database, "PRAGMA integrity_check(5)", error);
  if (!error.empty() || words != std::vector<std::string>{"ok"}) {
    verdict.differences.push_back("results.sqlite: SQLite's integrity check: " +
                                  (error.empty() && !words.empty() ? words.front() : error));
  }
  // No view, trigger or table beyond those that are sealed: it could lend its name to a result.
  for (const std::string& name :
       column(database, "SELECT name FROM sqlite_master WHERE type<>'index' ORDER BY name", error)) {
    if (!is_known_table(name)) verdict.differences.push_back("results.sqlite: table " + name + " is unknown");
  }
}

void check_counts(sqlite3* database, const Seal& seal, Verdict& verdict) {
  std::uint64_t sum = 0, enumerated = 0;
  for (const auto& [name, count] : seal.counts) {
    std::string sql, error;
    if (name == "done" || name == "partial" || name == "skipped" || name == "failed") {
      sql = "SELECT count(*) FROM items WHERE outcome='" + name + "'";
      sum += count;
    } else if (name == "enumerated") {
      sql = "SELECT count(*) FROM items";
      enumerated = count;
    } else if (name == "issues") {
      sql = "SELECT count(*) FROM issues";
    } else {
      continue;
    }
    const auto found = column(database, sql, error);
    if (found != std::vector<std::string>{std::to_string(count)}) {
      verdict.differences.push_back("seal.json: count " + name + " is sealed as " + std::to_string(count) +
                                    ", results.sqlite has " + (found.empty() ? error : found.front()));
    }
  }
  if (sum != enumerated) verdict.differences.push_back("seal.json: the outcomes do not add up to the items");
}

void check_tables(sqlite3* database, const Seal& seal, Verdict& verdict) {
  std::uint64_t rows = 0;
  for (const TableSeal& sealed : seal.tables) {
    const std::string where = "results.sqlite: table " + sealed.table + ": ";
    if (!is_known_table(sealed.table)) {
      verdict.differences.push_back(where + "is unknown");
      continue;
    }
    const TableCheck check = check_table(database, sealed.table);
    if (!check.trouble.empty()) verdict.differences.push_back(where + check.trouble);
    if (check.rows != sealed.rows) {
      verdict.differences.push_back(where + "has " + std::to_string(check.rows) + " rows, sealed with " +
                                    std::to_string(sealed.rows));
    }
    if (check.root != sealed.root) {
      verdict.differences.push_back(where + "root is " + check.root + ", sealed as " + sealed.root);
    }
    rows += check.rows;
  }
  verdict.checked.push_back("results.sqlite: roots of " + std::to_string(seal.tables.size()) + " tables over " +
                            std::to_string(rows) + " rows, sums of outcomes");
}

}  // namespace

void verify_results(const std::string& case_dir, const Seal& seal, Verdict& verdict) {
  const std::string path = case_dir + "/results.sqlite";
  auto digest = sha256_of_file(path);
  if (!digest) {
    verdict.differences.push_back("results.sqlite: is missing or cannot be read");
    return;
  }
  if (*digest != seal.results_file_sha256) {
    verdict.differences.push_back("results.sqlite: SHA-256 is " + *digest + ", sealed as " + seal.results_file_sha256);
  }
  verdict.checked.push_back("results.sqlite: SHA-256 of the file");
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(("file:" + encoded(path) + "?mode=ro&immutable=1").c_str(), &raw,
                                     SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr);
  const Database database(raw);
  if (opened != SQLITE_OK) {
    verdict.differences.push_back("results.sqlite: cannot be opened");
    return;
  }
  sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  check_integrity(raw, verdict);
  check_counts(raw, seal, verdict);
  check_tables(raw, seal, verdict);
}

}  // namespace evtriage
