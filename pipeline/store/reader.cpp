// Reading a sealed case.  The file is opened as immutable: SQLite makes no side files and takes no locks, so
// that looking at a case never changes it.
// Tested by tests/pipeline/store/reader_test.cpp.
#include <sqlite3.h>

#include "pipeline/store/compress.h"
#include "pipeline/store/schema.h"
#include "pipeline/store/store.h"

namespace evtriage {
namespace {

// The fields of one row after the other, in memory that is used again.
class RowFields {
 public:
  explicit RowFields(const Table& table) : table_(table), texts_(2 * table.columns.size()) {}

  std::span<const CaseReader::Field> of(std::span<const Cell> cells, const std::string* kept) {
    fields_.clear();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto& [name, shape] = table_.columns[i];
      if (cells[i].kind == Cell::Kind::null) continue;
      if (shape == Shape::kept) {
        fields_.push_back({name, *kept, false});
      } else if (cells[i].kind != Cell::Kind::integer) {
        fields_.push_back({name, cells[i].chars, shape == Shape::json});
      } else {
        add(name, shape, cells[i], texts_[2 * i]);
        if (shape == Shape::points) add(milli_name(name), Shape::integer, cells[i], texts_[2 * i + 1]);
      }
    }
    return fields_;
  }

 private:
  void add(std::string_view name, Shape shape, const Cell& cell, std::string& text) {
    integer_text(shape, cell, text);
    fields_.push_back({name, text, false});
  }
  std::string_view milli_name(std::string_view name) {
    milli_name_ = std::string(name) + "_milli";
    return milli_name_;
  }

  const Table& table_;
  std::vector<std::string> texts_;  // two a column: its value, and its thousandths
  std::string milli_name_;          // no table has two columns of points
  std::vector<CaseReader::Field> fields_;
};

class SqliteCase final : public CaseReader {
 public:
  explicit SqliteCase(Database database) : database_(std::move(database)) {}

  Result<void> each_line(std::string_view name, const std::function<bool(std::string_view)>& line) override {
    const Table* table = find_table(name);
    if (table == nullptr) return no_table(name);
    const LineWriter writer(*table);
    std::string text;
    return walk(*table, [&](std::span<const Cell> cells, const std::string* kept) {
      writer.write(cells, kept, text);
      return line(text);
    });
  }

  Result<void> each_row(std::string_view name, const std::function<bool(std::span<const Field>)>& row) override {
    const Table* table = find_table(name);
    if (table == nullptr) return no_table(name);
    RowFields fields(*table);
    return walk(*table, [&](std::span<const Cell> cells, const std::string* kept) { return row(fields.of(cells, kept)); });
  }

  Result<void> query(const std::string& sql, const std::vector<std::string>& bind,
                     const std::function<bool(const Row&)>& row) override {
    auto select = database_.prepare(sql);
    if (!select) return select.error();
    for (std::size_t i = 0; i < bind.size(); ++i) {
      select->bind(static_cast<int>(i) + 1, {Cell::Kind::text, 0, bind[i]});
    }
    Row values(static_cast<std::size_t>(select->columns()));
    for (;;) {
      auto found = select->step();
      if (!found) return found.error();
      if (!*found) return {};
      for (std::size_t i = 0; i < values.size(); ++i) {
        const Cell cell = select->column(static_cast<int>(i));
        if (cell.kind == Cell::Kind::null) {
          values[i].reset();
        } else if (cell.kind == Cell::Kind::integer) {
          values[i] = std::to_string(cell.integer);
        } else {
          values[i] = std::string(cell.chars);
        }
      }
      if (!row(values)) return {};
    }
  }

 private:
  static Error no_table(std::string_view name) {
    return {Code::unsupported, "there is no table " + std::string(name)};
  }

  // Calls `take` with the cells of each row in key order, and with the kept text if the table has one.
  template <class Take>
  Result<void> walk(const Table& table, Take take) {
    auto select = database_.prepare(select_statement(table));
    if (!select) return select.error();
    const bool keeps = table.columns.back().shape == Shape::kept;
    std::vector<Cell> cells(table.columns.size());
    for (;;) {
      auto row = select->step();
      if (!row) return row.error();
      if (!*row) return {};
      for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = select->column(static_cast<int>(i));
      std::string kept;
      if (keeps) {
        // text_bytes stands three columns before the text itself.
        auto plain = decompress(cells.back().chars, static_cast<std::uint64_t>(cells[cells.size() - 3].integer));
        if (!plain) return plain.error();
        kept = std::move(*plain);
      }
      if (!take(cells, keeps ? &kept : nullptr)) return {};
    }
  }

  Database database_;
};

// text_of(texts.text) gives a kept text in SQL, so that reports need not know how it is kept.
void text_of(sqlite3_context* context, int, sqlite3_value** values) {
  const auto* data = static_cast<const char*>(sqlite3_value_blob(values[0]));
  const auto size = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
  const auto text_bytes = static_cast<std::uint64_t>(sqlite3_value_int64(values[1]));
  auto text = data == nullptr ? Result<std::string>(Error{}) : decompress({data, size}, text_bytes);
  if (!text) return sqlite3_result_null(context);
  sqlite3_result_text64(context, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

}  // namespace

Result<std::unique_ptr<CaseReader>> open_case(const std::string& results_file) {
  auto database = Database::open_sealed(results_file);
  if (!database) return database.error();
  sqlite3_create_function(database->handle(), "text_of", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, &text_of,
                          nullptr, nullptr);
  if (auto seen = database->run("SELECT count(*) FROM sqlite_master; PRAGMA query_only=1;"); !seen) return seen.error();
  return std::unique_ptr<CaseReader>(std::make_unique<SqliteCase>(std::move(*database)));
}

}  // namespace evtriage
