// A small tokeniser and no grammar: SQLite accepts nearly anything between the names that are wanted here.
// Tested by tests/extractors/phone/sqlite_schema_test.cpp.
#include "extractors/phone/sqlite_schema.h"

#include <algorithm>

namespace evtriage::phone {
namespace {

constexpr std::size_t most_columns = 32767;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_word(char c) { return static_cast<unsigned char>(c) >= 0x80 || c == '_' || c == '$' || (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z'); }

struct Token {
  enum class Kind : std::uint8_t { end, word, quoted, mark };
  Kind kind = Kind::end;
  std::string text;
  bool is(std::string_view word) const { return kind == Kind::word && equal_names(text, word); }
  bool is_mark(char c) const { return kind == Kind::mark && text[0] == c; }
};

class Tokens {
 public:
  explicit Tokens(std::string_view sql) : rest_(sql) {}
  Token next() {
    skip_blanks();
    if (rest_.empty()) return {};
    const char c = rest_[0];
    if (c == '"' || c == '`' || c == '\'' || c == '[') return quoted(c == '[' ? ']' : c);
    if (!is_word(c)) {
      rest_.remove_prefix(1);
      return {Token::Kind::mark, std::string(1, c)};
    }
    std::size_t n = 0;
    while (n < rest_.size() && is_word(rest_[n])) ++n;
    Token token{Token::Kind::word, std::string(rest_.substr(0, n))};
    rest_.remove_prefix(n);
    return token;
  }

 private:
  void skip_blanks() {
    while (!rest_.empty()) {
      if (is_blank(rest_[0])) {
        rest_.remove_prefix(1);
      } else if (rest_.starts_with("--")) {
        rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
      } else if (rest_.starts_with("/*")) {
        const std::size_t end = rest_.find("*/", 2);
        rest_.remove_prefix(end == rest_.npos ? rest_.size() : end + 2);
      } else {
        return;
      }
    }
  }
  Token quoted(char close) {
    Token token{Token::Kind::quoted, ""};
    std::size_t at = 1;
    for (; at < rest_.size(); ++at) {
      if (rest_[at] != close) {
        token.text += rest_[at];
      } else if (close != ']' && at + 1 < rest_.size() && rest_[at + 1] == close) {
        token.text += rest_[at++];
      } else {
        break;
      }
    }
    rest_.remove_prefix(std::min(rest_.size(), at + 1));
    return token;
  }
  std::string_view rest_;
};

bool holds(std::string_view type, std::string_view word) {
  return std::search(type.begin(), type.end(), word.begin(), word.end(), [](char a, char b) { return lower(a) == b; }) != type.end();
}

// Section 3.1 of datatype3.
Affinity affinity_of(std::string_view type) {
  if (holds(type, "int")) return Affinity::integer;
  if (holds(type, "char") || holds(type, "clob") || holds(type, "text")) return Affinity::text;
  if (type.empty() || holds(type, "blob")) return Affinity::blob;
  if (holds(type, "real") || holds(type, "floa") || holds(type, "doub")) return Affinity::real;
  return Affinity::numeric;
}

using Definition = std::vector<Token>;  // one column or table constraint

bool begins_constraint(const Token& token) {
  for (const char* word : {"constraint", "primary", "unique", "check", "foreign"}) {
    if (token.is(word)) return true;
  }
  return false;
}
bool ends_type(const Token& token) {
  for (const char* word : {"not", "null", "default", "collate", "references", "generated", "as", "on"}) {
    if (token.is(word)) return true;
  }
  return begins_constraint(token);
}

class Reader {
 public:
  explicit Reader(std::string_view sql) : in_(sql) {}

  Table read() {
    Token token = in_.next();
    for (; token.kind != Token::Kind::end && !token.is_mark('('); token = in_.next()) {
      if (token.is("virtual")) table_.is_virtual = true;
      if (token.is("as")) return std::move(table_);
    }
    if (table_.is_virtual) return std::move(table_);
    bool last = false;
    while (!last && table_.columns.size() < most_columns) take(definition(last));
    for (token = in_.next(); token.kind != Token::Kind::end; token = in_.next()) {
      if (token.is("without")) table_.without_rowid = true;
    }
    finish();
    return std::move(table_);
  }

 private:
  // The tokens up to the comma or the closing bracket, those inside of brackets included.
  Definition definition(bool& last) {
    Definition tokens;
    int depth = 0;
    for (Token token = in_.next();; token = in_.next()) {
      if (token.kind == Token::Kind::end) break;
      if (token.is_mark('(')) ++depth;
      if (token.is_mark(')') && depth-- == 0) break;
      if (token.is_mark(',') && depth == 0) return tokens;
      tokens.push_back(std::move(token));
    }
    last = true;
    return tokens;
  }

  void take(const Definition& tokens) {
    if (tokens.empty()) return;
    if (tokens[0].kind == Token::Kind::word && begins_constraint(tokens[0])) return constraint(tokens);
    std::size_t at = 1;
    std::string type;
    int depth = 0;
    for (; at < tokens.size() && (depth > 0 || !ends_type(tokens[at])); ++at) {
      if (tokens[at].is_mark('(')) ++depth;
      if (tokens[at].is_mark(')')) --depth;
      if (depth == 0 && !tokens[at].is_mark(')')) type += (type.empty() ? "" : " ") + tokens[at].text;
    }
    bool generated = false, stored = false;
    for (std::size_t i = at; i < tokens.size(); ++i) {
      generated = generated || tokens[i].is("as");
      stored = stored || tokens[i].is("stored");
      if (tokens[i].is("primary")) {
        key_.push_back(tokens[0].text);
        descending_ = i + 2 < tokens.size() && tokens[i + 2].is("desc");
      }
    }
    if (generated && !stored) return;  // computed when asked for: not in the record
    table_.columns.push_back({tokens[0].text, affinity_of(type)});
    if (equal_names(type, "integer")) integers_.push_back(tokens[0].text);
  }

  void constraint(const Definition& tokens) {
    std::size_t at = 0;
    while (at < tokens.size() && !tokens[at].is("primary")) {
      if (tokens[at].is("check") || tokens[at].is("foreign") || tokens[at].is("unique")) return;
      ++at;
    }
    int depth = 0;
    bool expected = false;
    for (; at < tokens.size(); ++at) {
      if (tokens[at].is_mark(')') && --depth == 0) return;
      if (depth == 1 && expected) key_.push_back(tokens[at].text);
      expected = (tokens[at].is_mark('(') && depth == 0) || (tokens[at].is_mark(',') && depth == 1);
      if (tokens[at].is_mark('(')) ++depth;
    }
  }

  void finish() {
    if (!table_.without_rowid) {
      const bool integer = key_.size() == 1 && std::any_of(integers_.begin(), integers_.end(), [&](const auto& name) { return equal_names(name, key_[0]); });
      if (integer && !descending_) table_.rowid = table_.find(key_[0]);
      return;
    }
    std::vector<Column> ordered;  // the key first, then the rest
    for (const std::string& name : key_) {
      const auto column = table_.find(name);
      const bool known = std::any_of(ordered.begin(), ordered.end(), [&](const Column& c) { return equal_names(c.name, name); });
      if (column && !known) ordered.push_back(table_.columns[*column]);
    }
    for (const Column& column : table_.columns) {
      if (std::none_of(key_.begin(), key_.end(), [&](const auto& name) { return equal_names(name, column.name); })) ordered.push_back(column);
    }
    table_.columns = std::move(ordered);
  }

  Tokens in_;
  Table table_;
  std::vector<std::string> key_, integers_;
  bool descending_ = false;
};

}  // namespace

bool equal_names(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<std::size_t> Table::find(std::string_view column) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (equal_names(columns[i].name, column)) return i;
  }
  return std::nullopt;
}

Table parse_create_table(std::string_view sql) { return Reader(sql).read(); }

}  // namespace evtriage::phone
