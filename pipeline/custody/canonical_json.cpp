// Reads loosely, writes again, compares: the comparison is what makes the reader strict, so that the reader
// itself can be short.
// Tested by tests/pipeline/custody/canonical_json_test.cpp.
#include "pipeline/custody/canonical_json.h"

#include <algorithm>

#include "pipeline/core/json.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace {

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  bool value(JsonValue& out, unsigned depth) {
    if (at_ >= text_.size() || depth > 8) return false;
    switch (text_[at_]) {
      case '"': out.kind = JsonValue::Kind::text; return string(out.text);
      case '{': return list(out, JsonValue::Kind::object, '}', depth);
      case '[': return list(out, JsonValue::Kind::array, ']', depth);
      default: out.kind = JsonValue::Kind::number; return number(out.number);
    }
  }
  bool at_end() const { return at_ == text_.size(); }

 private:
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool list(JsonValue& out, JsonValue::Kind kind, char close, unsigned depth) {
    out.kind = kind;
    ++at_;
    if (take(close)) return true;
    do {
      auto& [name, member] = out.members.emplace_back();
      if (kind == JsonValue::Kind::object) {
        if (!string(name) || !take(':')) return false;
        if (out.members.size() > 1 && out.members[out.members.size() - 2].name >= name) return false;
      }
      if (!value(member, depth + 1)) return false;
    } while (take(','));
    return take(close);
  }

  bool number(std::uint64_t& out) {
    const std::size_t from = at_;
    for (out = 0; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_) {
      out = out * 10 + static_cast<std::uint64_t>(text_[at_] - '0');  // a number too large differs when written
    }
    return at_ > from;
  }

  bool string(std::string& out) {
    if (!take('"')) return false;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] != '\\') {
        out += text_[at_++];
      } else if (!escape(out)) {
        return false;
      }
    }
    return take('"');
  }

  bool escape(std::string& out) {
    constexpr std::string_view letters = "\"\\btnfr", meanings = "\"\\\b\t\n\f\r", digits = "0123456789abcdef";
    if (text_.size() - at_ < 2) return false;
    const char letter = text_[at_ + 1];
    at_ += 2;
    if (const auto known = letters.find(letter); known != letters.npos) {
      out += meanings[known];
      return true;
    }
    if (letter != 'u' || text_.size() - at_ < 4 || text_.substr(at_, 2) != "00") return false;
    const auto high = digits.find(text_[at_ + 2]), low = digits.find(text_[at_ + 3]);
    if (high == digits.npos || low == digits.npos) return false;
    out += static_cast<char>(high << 4 | low);
    at_ += 4;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

void write(JsonWriter& json, const JsonValue& value) {
  switch (value.kind) {
    case JsonValue::Kind::text: json.value(value.text); break;
    case JsonValue::Kind::number: json.value(value.number); break;
    case JsonValue::Kind::array:
      json.begin_array();
      for (const auto& member : value.members) write(json, member.value);
      json.end_array();
      break;
    case JsonValue::Kind::object:
      json.begin_object();
      for (const auto& [name, member] : value.members) write(json.key(name), member);
      json.end_object();
      break;
  }
}

}  // namespace

const JsonValue* JsonValue::find(std::string_view name) const {
  const auto at = std::find_if(members.begin(), members.end(), [&](const auto& m) { return m.name == name; });
  return at == members.end() ? nullptr : &at->value;
}

std::string JsonValue::text_of(std::string_view name) const {
  const JsonValue* found = find(name);
  return found != nullptr && found->kind == Kind::text ? found->text : std::string();
}

std::string write_canonical(const JsonValue& value) {
  std::string out;
  JsonWriter json(out);
  write(json, value);
  return out;
}

Result<JsonValue> read_canonical(std::string_view line) {
  JsonValue value;
  Parser parser(line);
  if (!parser.value(value, 0) || !parser.at_end() || write_canonical(value) != line) {
    return Error{Code::corrupt, "is not canonical JSON"};
  }
  return value;
}

}  // namespace evtriage
