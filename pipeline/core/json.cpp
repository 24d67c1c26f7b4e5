// Canonical JSON: one pass over the text, copying the stretches that need no escape.  See json.h.
// Tested by tests/pipeline/core/json_test.cpp.
#include "pipeline/core/json.h"

#include <cstring>

#include "pipeline/core/text.h"

namespace evtriage {
namespace {

// Is one of eight bytes a control, a quote or a backslash?  Bit tricks on a word; may say yes for a byte
// that is not ASCII, never no for one that needs it.
bool may_need_escape(const char* bytes) {
  constexpr std::uint64_t ones = 0x0101010101010101u, tops = 0x80 * ones;
  std::uint64_t word;
  std::memcpy(&word, bytes, sizeof word);
  const std::uint64_t quote = word ^ ones * '"', slash = word ^ ones * '\\';
  return (((word - ones * 0x20) | (quote - ones) | (slash - ones)) & tops) != 0;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += '"';
  std::size_t from = 0;
  const auto flush = [&](std::size_t to) {
    std::string_view plain = text.substr(from, to - from);
    while (!plain.empty()) {
      const std::size_t good = valid_utf8_prefix(plain);
      out += plain.substr(0, good);
      plain.remove_prefix(good);
      if (plain.empty()) break;
      out += "\xEF\xBF\xBD";
      plain.remove_prefix(1);
    }
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.size() - i >= 8 && !may_need_escape(text.data() + i)) {
      i += 7;
      continue;
    }
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    flush(i);
    from = i + 1;
    out += '\\';
    switch (c) {
      case '"': out += '"'; break;
      case '\\': out += '\\'; break;
      case '\b': out += 'b'; break;
      case '\t': out += 't'; break;
      case '\n': out += 'n'; break;
      case '\f': out += 'f'; break;
      case '\r': out += 'r'; break;
      default:
        out += "u00";
        out += digits[c >> 4];
        out += digits[c & 15];
    }
  }
  flush(text.size());
  out += '"';
}

void JsonWriter::separate() {
  if (comma_) out_ += ',';
  comma_ = true;
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_ += bracket;
  comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_json_string(out_, name);
  out_ += ':';
  comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  append_json_string(out_, text);
  return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number) {
  separate();
  out_ += std::to_string(number);
  return *this;
}

JsonWriter& JsonWriter::value(std::uint64_t number) {
  separate();
  out_ += std::to_string(number);
  return *this;
}

JsonWriter& JsonWriter::value(bool flag) {
  separate();
  out_ += flag ? "true" : "false";
  return *this;
}

}  // namespace evtriage
