// One table again from its raw rows.  Own list of columns, own way to the line, the tree by its recursive
// definition: a fault in the writer and the same fault here would have to be made twice.
// Tested by tests/pipeline/custody/verify_test.cpp.
#include <sqlite3.h>
#include <zstd.h>

#include <algorithm>
#include <bit>
#include <span>
#include <string_view>

#include "pipeline/core/json.h"
#include "pipeline/custody/merkle_proof.h"
#include "pipeline/custody/verify.h"

namespace evtriage {
namespace {

struct TableFacts {
  std::string_view name, order;
  std::string_view flags, lists, points;  // names of columns, each followed by a space
};
constexpr TableFacts facts[] = {
    {"exhibits", "number", "", "digests stored_digests media ", ""},
    {"items", "id", "type_mismatch deleted encrypted ", "", "score "},
    {"issues", "item,n", "reproducible ", "", ""},
    {"properties", "item,n", "", "", ""},
    {"texts", "id", "", "", ""},
    {"contacts", "id", "", "countries ", ""},
    {"mentions", "item,n", "", "", ""},
    {"messages", "item,n", "deleted ", "recipients attachments ", ""},
    {"hits", "item,n", "", "elements ", ""},
    {"findings", "item,n", "", "elements categories rules against ", "score "},
    {"links", "a,b,kind", "", "", ""},
    {"packs", "id", "", "languages ", ""},
    {"rules", "id", "", "title ", ""},
    {"profile", "n", "", "", ""},
};

const TableFacts* facts_of(std::string_view table) {
  const auto found = std::find_if(std::begin(facts), std::end(facts), [&](const auto& f) { return f.name == table; });
  return found == std::end(facts) ? nullptr : found;
}

bool lists(std::string_view names, std::string_view name) {
  const auto at = names.find(std::string(name) + " ");
  return at != names.npos && (at == 0 || names[at - 1] == ' ');
}

class Rows {
 public:
  Rows(sqlite3* database, const TableFacts& table) : database_(database), table_(table) {
    const std::string sql = "SELECT * FROM " + std::string(table.name) + " ORDER BY " + std::string(table.order);
    if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement_, nullptr) != SQLITE_OK) {
      fail();
      return;
    }
    for (int i = 0; i < sqlite3_column_count(statement_); ++i) {
      columns_.emplace_back(sqlite3_column_name(statement_, i), i);
    }
    std::sort(columns_.begin(), columns_.end());
  }
  ~Rows() { sqlite3_finalize(statement_); }
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  // The next row's leaf hash; an end or an error gives false.
  bool next(Sha256& leaf) {
    if (statement_ == nullptr || !trouble_.empty()) return false;
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_DONE) return false;
    if (code != SQLITE_ROW) {
      fail();
      return false;
    }
    ++rows_;
    write_line();
    leaf = leaf_hash(line_);
    return true;
  }
  std::uint64_t rows() const { return rows_; }
  const std::string& trouble() const { return trouble_; }
  const std::string& text_trouble() const { return text_trouble_; }

 private:
  void fail() { trouble_ = "cannot be read after row " + std::to_string(rows_) + ": " + sqlite3_errmsg(database_); }

  std::string_view chars(int place) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, place));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, place))};
  }

  void write_line() {
    line_.clear();
    JsonWriter json(line_);
    json.begin_object();
    for (const auto& [name, place] : columns_) {
      const int type = sqlite3_column_type(statement_, place);
      if (type == SQLITE_NULL) continue;
      if (table_.name == "texts" && name == "text") {
        check_text(place);
        continue;
      }
      if (type == SQLITE_INTEGER) {
        write_number(json, name, sqlite3_column_int64(statement_, place));
      } else if (lists(table_.lists, name)) {
        json.key(name);
        line_ += chars(place);
        json_resume(json);
      } else {
        json.key(name).value(chars(place));
      }
    }
    json.end_object();
  }

  // A value was put behind the writer's back: an empty object is opened and taken away again, so that the
  // writer knows that a value stands there.
  void json_resume(JsonWriter& json) {
    const std::size_t size = line_.size();
    json.begin_object().end_object();
    line_.resize(size);
  }

  void write_number(JsonWriter& json, const std::string& name, std::int64_t value) {
    json.key(name);
    if (lists(table_.flags, name)) {
      json.value(value != 0);
    } else if (lists(table_.points, name)) {
      std::int64_t points = (value + 500) / 1000;
      if ((value + 500) % 1000 < 0) --points;
      json.value(points).key(name + "_milli").value(value);
    } else {
      json.value(value);
    }
  }

  void check_text(int place) {
    const std::string_view zstd = chars(place);
    std::string wanted;
    std::int64_t bytes = 0, item = 0;
    for (const auto& [name, at] : columns_) {
      if (name == "text_sha256") wanted = chars(at);
      if (name == "text_bytes") bytes = sqlite3_column_int64(statement_, at);
      if (name == "item") item = sqlite3_column_int64(statement_, at);
    }
    if (bytes >= 0 && bytes <= std::int64_t{1} << 32 &&
        ZSTD_getFrameContentSize(zstd.data(), zstd.size()) == static_cast<std::uint64_t>(bytes)) {
      text_.resize(static_cast<std::size_t>(bytes));
      const std::size_t size = ZSTD_decompress(text_.data(), text_.size(), zstd.data(), zstd.size());
      if (size == text_.size() && hex(sha256(text_)) == wanted) return;
    }
    if (text_trouble_.empty()) {
      text_trouble_ = "row " + std::to_string(rows_) + " (item " + std::to_string(item) +
                      "): the text is not the one of its text_sha256";
    }
  }

  sqlite3* database_;
  const TableFacts& table_;
  sqlite3_stmt* statement_ = nullptr;
  std::vector<std::pair<std::string, int>> columns_;
  std::string line_, text_, trouble_, text_trouble_;
  std::uint64_t rows_ = 0;
};

// MTH of RFC 6962 section 2.1 over the next `count` leaves.
Sha256 tree_hash(Rows& rows, std::uint64_t count) {
  if (count == 0) return sha256({});
  if (count == 1) {
    Sha256 leaf{};
    (void)rows.next(leaf);
    return leaf;
  }
  const std::uint64_t left = std::bit_floor(count - 1);
  const Sha256 a = tree_hash(rows, left);
  const Sha256 b = tree_hash(rows, count - left);
  return node_hash(a, b);
}

std::uint64_t row_count(sqlite3* database, std::string_view table) {
  sqlite3_stmt* raw = nullptr;
  const std::string sql = "SELECT count(*) FROM " + std::string(table);
  std::uint64_t count = 0;
  if (sqlite3_prepare_v2(database, sql.c_str(), -1, &raw, nullptr) == SQLITE_OK && sqlite3_step(raw) == SQLITE_ROW) {
    count = static_cast<std::uint64_t>(sqlite3_column_int64(raw, 0));
  }
  sqlite3_finalize(raw);
  return count;
}

}  // namespace

bool is_known_table(const std::string& table) { return facts_of(table) != nullptr; }

TableCheck check_table(sqlite3* database, const std::string& table) {
  const TableFacts& known = *facts_of(table);
  Rows rows(database, known);
  TableCheck check;
  check.root = hex(tree_hash(rows, row_count(database, table)));
  Sha256 further{};
  while (rows.next(further)) {
  }
  check.rows = rows.rows();
  check.trouble = rows.trouble().empty() ? rows.text_trouble() : rows.trouble();
  return check;
}

}  // namespace evtriage
