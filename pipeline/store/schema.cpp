// One table of tables.  Names of columns are the contract's; a change here is a change of the product.
// Tested by tests/pipeline/store/schema_test.cpp.
#include "pipeline/store/schema.h"

#include <algorithm>
#include <charconv>

#include "pipeline/core/json.h"

namespace evtriage {
namespace {

using enum Shape;

constexpr Column exhibits[] = {{"number", integer}, {"label"}, {"name"}, {"kind"}, {"size", integer},
                               {"digests", json}, {"stored_digests", json}, {"media", json}, {"items", integer}};
constexpr Column items[] = {{"id", integer}, {"parent", integer}, {"exhibit"}, {"address"}, {"path"}, {"name"},
                            {"kind"}, {"size", integer}, {"media_type"}, {"type_mismatch", flag}, {"md5"}, {"sha1"},
                            {"sha256"}, {"sha512"}, {"created"}, {"modified"}, {"accessed"}, {"changed"},
                            {"deleted", flag}, {"encrypted", flag}, {"outcome"}, {"known"}, {"duplicate_of", integer},
                            {"text_bytes", integer}, {"score", points}};
constexpr Column issues[] = {{"item", integer}, {"n", integer}, {"stage"}, {"code"}, {"detail"}, {"begin", integer},
                             {"end", integer}, {"reproducible", flag}};
constexpr Column properties[] = {{"item", integer}, {"n", integer}, {"name"}, {"value"}};
constexpr Column texts[] = {{"id", integer}, {"item", integer}, {"segment", integer}, {"origin"}, {"place"},
                            {"language"}, {"text_begin", integer}, {"text_bytes", integer}, {"text_sha256"},
                            {"text", kept}};
constexpr Column contacts[] = {{"id", integer}, {"type"}, {"value"}, {"country"}, {"countries", json}, {"confidence"},
                               {"mentions", integer}, {"items", integer}, {"first_item", integer}, {"label"}};
constexpr Column mentions[] = {{"item", integer}, {"n", integer}, {"contact", integer}, {"segment", integer},
                               {"begin", integer}, {"end", integer}, {"place"}, {"raw"}, {"context"}, {"confidence"}};
constexpr Column messages[] = {{"item", integer}, {"n", integer}, {"application"}, {"conversation"}, {"sender"},
                               {"recipients", json}, {"sent"}, {"direction"}, {"body"}, {"deleted", flag},
                               {"attachments", json}};
constexpr Column hits[] = {{"item", integer}, {"n", integer}, {"segment", integer}, {"begin", integer},
                           {"end", integer}, {"place"}, {"rule"}, {"rule_version", integer}, {"pack"}, {"offence"},
                           {"category"}, {"elements", json}, {"weight", integer}, {"language"}, {"matched"},
                           {"context"}};
constexpr Column findings[] = {{"item", integer}, {"n", integer}, {"subject"}, {"segment", integer},
                               {"begin", integer}, {"end", integer}, {"place"}, {"offence"}, {"band"},
                               {"score", points}, {"elements", json}, {"categories", json}, {"rules", json},
                               {"against", json}, {"why"}, {"excerpt"}};
constexpr Column links[] = {{"a", integer}, {"b", integer}, {"kind"}, {"items", integer}, {"weight", integer},
                            {"first_seen"}, {"last_seen"}};
constexpr Column packs[] = {{"id"}, {"version"}, {"licence"}, {"maintainer"}, {"sha256"}, {"signer"},
                            {"languages", json}, {"rules", integer}};
constexpr Column rules[] = {{"id"}, {"pack"}, {"version", integer}, {"offence"}, {"category"}, {"element"},
                            {"article"}, {"weight", integer}, {"title", json}};
constexpr Column profile[] = {{"n", integer}, {"line"}};

constexpr Table all_tables[] = {
    {"exhibits", exhibits}, {"items", items, 1, true}, {"issues", issues, 2}, {"properties", properties, 2},
    {"texts", texts, 1, true}, {"contacts", contacts, 1, true}, {"mentions", mentions, 2}, {"messages", messages, 2},
    {"hits", hits, 2}, {"findings", findings, 2}, {"links", links, 3}, {"packs", packs}, {"rules", rules},
    {"profile", profile}};

std::string_view sql_type(Shape shape) {
  if (shape == kept) return "BLOB";
  return shape == text || shape == json ? "TEXT" : "INTEGER";
}

void append_number(std::string& out, std::int64_t value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

std::int64_t rounded_points(std::int64_t milli) {
  const std::int64_t shifted = milli + 500;
  return shifted / 1000 - (shifted % 1000 < 0 ? 1 : 0);
}

void append_value(std::string& out, Shape shape, const Cell& cell) {
  if (cell.kind == Cell::Kind::integer) {
    if (shape == flag) {
      out += cell.integer != 0 ? "true" : "false";
    } else {
      append_number(out, shape == points ? rounded_points(cell.integer) : cell.integer);
    }
  } else if (shape == json) {
    out += cell.chars;
  } else {
    append_json_string(out, cell.chars);
  }
}

}  // namespace

std::span<const Table> tables() { return all_tables; }

const Table* find_table(std::string_view name) {
  const auto found = std::find_if(std::begin(all_tables), std::end(all_tables),
                                  [&](const Table& table) { return table.name == name; });
  return found == std::end(all_tables) ? nullptr : found;
}

std::string create_statement(const Table& table) {
  std::string sql = "CREATE TABLE " + std::string(table.name) + "(";
  for (const Column& column : table.columns) {
    sql += '"' + std::string(column.name) + "\" " + std::string(sql_type(column.shape));
    sql += table.rowid && &column == table.columns.data() ? " PRIMARY KEY," : ",";
  }
  if (table.rowid) {
    sql.back() = ')';
    return sql;
  }
  sql += "PRIMARY KEY(";
  for (unsigned i = 0; i < table.key_columns; ++i) sql += '"' + std::string(table.columns[i].name) + "\",";
  sql.back() = ')';
  return sql + ") WITHOUT ROWID";
}

std::string insert_statement(const Table& table) {
  std::string sql = "INSERT INTO " + std::string(table.name) + " VALUES(";
  for (std::size_t i = 0; i < table.columns.size(); ++i) sql += "?,";
  sql.back() = ')';
  return sql;
}

std::string select_statement(const Table& table) {
  std::string sql = "SELECT ";
  for (const Column& column : table.columns) sql += '"' + std::string(column.name) + "\",";
  sql.back() = ' ';
  sql += "FROM " + std::string(table.name) + " ORDER BY ";
  for (unsigned i = 0; i < table.key_columns; ++i) sql += '"' + std::string(table.columns[i].name) + "\",";
  sql.pop_back();
  return sql;
}

void integer_text(Shape shape, const Cell& cell, std::string& out) {
  out.clear();
  append_value(out, shape, cell);
}

LineWriter::LineWriter(const Table& table) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    const std::string name(column.name);
    fields_.push_back({i, column.shape, '"' + name + "\":", ",\"" + name + "_milli\":"});
  }
  std::sort(fields_.begin(), fields_.end(), [](const Field& a, const Field& b) { return a.prefix < b.prefix; });
}

void LineWriter::write(std::span<const Cell> cells, const std::string* kept_text, std::string& line) const {
  line = '{';
  for (const Field& field : fields_) {
    const Cell& cell = cells[field.column];
    if (cell.kind == Cell::Kind::null || (field.shape == kept && kept_text == nullptr)) continue;
    if (line.size() > 1) line += ',';
    line += field.prefix;
    if (field.shape == kept) {
      append_json_string(line, *kept_text);
      continue;
    }
    append_value(line, field.shape, cell);
    if (field.shape != points) continue;
    line += field.milli_prefix;
    append_number(line, cell.integer);
  }
  line += '}';
}

std::string json_array(const std::vector<std::string>& texts) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (const std::string& text : texts) json.value(text);
  json.end_array();
  return out;
}

}  // namespace evtriage
