// A small strict reader for the JSON that this program writes; nested values are kept as text and read
// only when asked for, so there is no tree and no recursion that a hostile depth could exhaust.
// Tested by tests/reports/json_read_test.cpp
#include "reports/json_read.h"

#include <optional>

#include "pipeline/core/text.h"

namespace evtriage::reports {
namespace {

class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}
  bool at_end() { blanks(); return at_ >= text_.size(); }
  char peek() { blanks(); return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c || at_ >= text_.size()) return false;
    ++at_;
    return true;
  }
  bool string(std::string& out) {
    out.clear();
    if (!take('"')) return false;
    while (at_ < text_.size()) {
      const std::size_t from = at_;
      while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\') ++at_;
      out += text_.substr(from, at_ - from);
      if (at_ == text_.size()) return false;
      if (text_[at_++] == '"') return true;
      if (!escape(out)) return false;
    }
    return false;
  }
  // A number, a word or a nested value, as it stands.
  bool raw(std::string& out) {
    const std::size_t from = (blanks(), at_);
    std::size_t depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        if (!string(out)) return false;
        continue;
      }
      if (c == '[' || c == '{') ++depth;
      if (c == ']' || c == '}') {
        if (depth == 0) break;
        --depth;
      }
      if (depth == 0 && c == ',') break;
      ++at_;
    }
    if (depth != 0 || at_ == from) return false;
    out = text_.substr(from, at_ - from);
    return true;
  }

 private:
  void blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) ++at_;
  }
  std::optional<char32_t> four_digits() {
    if (text_.size() - at_ < 4) return std::nullopt;
    char32_t code = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = text_[at_++];
      code <<= 4;
      if (c >= '0' && c <= '9') code |= static_cast<char32_t>(c - '0');
      else if (c >= 'a' && c <= 'f') code |= static_cast<char32_t>(c - 'a' + 10);
      else if (c >= 'A' && c <= 'F') code |= static_cast<char32_t>(c - 'A' + 10);
      else return std::nullopt;
    }
    return code;
  }
  bool escape(std::string& out) {
    if (at_ >= text_.size()) return false;
    const char c = text_[at_++];
    switch (c) {
      case '"': case '\\': case '/': out += c; return true;
      case 'b': out += '\b'; return true;
      case 'f': out += '\f'; return true;
      case 'n': out += '\n'; return true;
      case 'r': out += '\r'; return true;
      case 't': out += '\t'; return true;
      case 'u': break;
      default: return false;
    }
    auto code = four_digits();
    if (!code) return false;
    if (*code >= 0xd800 && *code < 0xdc00 && text_.substr(at_).starts_with("\\u")) {
      at_ += 2;
      const auto low = four_digits();
      if (!low || *low < 0xdc00 || *low > 0xdfff) return false;
      code = 0x10000 + ((*code - 0xd800) << 10) + (*low - 0xdc00);
    }
    append_utf8(out, *code >= 0xd800 && *code < 0xe000 ? U'\ufffd' : *code);
    return true;
  }
  std::string_view text_;
  std::size_t at_ = 0;
};

Error broken() { return {Code::corrupt, "a line is not the JSON object that was expected"}; }

}  // namespace

Result<void> read_json_object(std::string_view line, std::vector<JsonField>& fields) {
  Cursor cursor(line);
  std::size_t count = 0;
  if (!cursor.take('{')) return broken();
  if (cursor.take('}')) {
    fields.clear();
    return {};
  }
  do {
    if (count == fields.size()) fields.emplace_back();
    JsonField& next = fields[count++];
    if (!cursor.string(next.key) || !cursor.take(':')) return broken();
    const char first = cursor.peek();
    next.kind = first == '"' ? 's' : first == '[' ? 'a' : first == '{' ? 'o' : 'n';
    if (!(first == '"' ? cursor.string(next.text) : cursor.raw(next.text))) return broken();
  } while (cursor.take(','));
  fields.resize(count);
  if (!cursor.take('}') || !cursor.at_end()) return broken();
  return {};
}

Result<std::vector<JsonField>> read_json_object(std::string_view line) {
  std::vector<JsonField> fields;
  if (auto done = read_json_object(line, fields); !done) return done.error();
  return fields;
}

std::vector<std::string> read_json_texts(std::string_view array) {
  std::vector<std::string> out;
  Cursor cursor(array);
  if (!cursor.take('[') || cursor.peek() == ']') return out;
  do {
    std::string& value = out.emplace_back();
    if (!(cursor.peek() == '"' ? cursor.string(value) : cursor.raw(value))) return {};
  } while (cursor.take(','));
  return out;
}

std::string_view field(const std::vector<JsonField>& object, std::string_view key) {
  for (const auto& candidate : object) {
    if (candidate.key == key) return candidate.text;
  }
  return {};
}

}  // namespace evtriage::reports
