// JSON (RFC 8259) and JSON Lines, in windows: a text has no size that it could not have.
//
// The reader is lenient: a string is a string wherever it stands, commas are not asked for, brackets that do not match
// are passed over, words outside of strings are text; the first fault is told with its place.  What does not begin
// like JSON at all is read as plain text.  Containers live on the stack of Records, deeper ones are only counted.
// Tested by tests/extractors/plain/json_test.cpp (python3's json as judge).
#include <emmintrin.h>

#include <algorithm>
#include <bit>

#include "extractors/encoding.h"
#include "extractors/plain/plain.h"
#include "extractors/plain/records.h"
#include "extractors/plain/text_stream.h"
#include "extractors/plain/whole_text.h"

namespace evtriage {
namespace {

constexpr std::size_t string_bytes = 64u << 10;  // a longer string is handed over in pieces
constexpr std::size_t look_bytes = 64u << 10;
constexpr unsigned steps_between_stops = 256;
constexpr std::size_t blank_bytes = 4096;        // between a key and its colon

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool is_structure(char c) { return c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':' || c == '"'; }

// The first byte from `at` on that ends a plain stretch of a string: quote, backslash or control; or the size.
std::size_t plain_end(std::string_view text, std::size_t at) {
  const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\'), low = _mm_set1_epi8(0x1f);
  for (; text.size() - at >= 16; at += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(block, low), block);
    const __m128i found = _mm_or_si128(control, _mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, slash)));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(found));
    if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
  while (at < text.size() && text[at] != '"' && text[at] != '\\' && static_cast<unsigned char>(text[at]) >= 0x20) ++at;
  return at;
}

bool is_number(std::string_view word) {
  return !word.empty() && (word[0] == '-' || (word[0] >= '0' && word[0] <= '9')) &&
         std::all_of(word.begin(), word.end(), [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E'; });
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

bool begins_like_json(std::string_view text) {
  const std::size_t first = skip_blanks(text, 0);
  if (first == text.size()) return false;
  const std::size_t second = skip_blanks(text, first + 1);
  const char next = second < text.size() ? text[second] : '\0';
  if (text[first] == '{') return next == '"' || next == '}' || next == '\0';
  if (text[first] == '[') return next == '\0' || std::string_view("{[]\"-tfn").find(next) != std::string_view::npos || (next >= '0' && next <= '9');
  return text[first] == '"';
}

// One whole object on the first line, and another one begins on the second.
bool is_json_lines(std::string_view text, const Identity& identity) {
  if (identity.media_type == "application/x-ndjson" || identity.name.ends_with(".jsonl") || identity.name.ends_with(".ndjson")) return true;
  const std::size_t line = text.find('\n');
  if (line == text.npos || line < 2 || text[0] != '{') return false;
  const std::size_t last = text.find_last_not_of(" \t\r", line - 1);
  const std::size_t next = skip_blanks(text, line);
  return last != text.npos && text[last] == '}' && next < text.size() && text[next] == '{';
}

// A key that was made by people or from their data: a blank, an "@", letters beyond ASCII, many digits.
bool is_telling(std::string_view key) {
  unsigned digits = 0;
  for (const char c : key) {
    if (c == ' ' || c == '@' || c == '+' || static_cast<unsigned char>(c) >= 0x80) return true;
    if (c >= '0' && c <= '9' && ++digits >= 6) return true;
  }
  return false;
}

struct Escape {
  char32_t code = 0;
  std::size_t length = 0;  // bytes of the escape
  bool good = true;
};

bool hex4(std::string_view text, std::size_t at, char32_t& unit) {
  if (text.size() < at + 4) return false;
  unit = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    const char c = text[i], low = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9') unit = unit * 16 + static_cast<char32_t>(c - '0');
    else if (low >= 'a' && low <= 'f') unit = unit * 16 + static_cast<char32_t>(low - 'a' + 10);
    else return false;
  }
  return true;
}

// `text` begins with a backslash.
Escape escape_at(std::string_view text) {
  if (text.size() < 2) return {U'\\', text.size(), false};
  constexpr std::string_view names = "\"\\/bfnrt", values = "\"\\/\b\f\n\r\t";
  if (const std::size_t found = names.find(text[1]); found != names.npos) return {static_cast<char32_t>(values[found]), 2, true};
  char32_t unit = 0, low = 0;
  if (text[1] != 'u' || !hex4(text, 2, unit)) return {U'\\', 1, false};
  if (unit >= 0xd800 && unit < 0xdc00 && text.size() >= 12 && text[6] == '\\' && text[7] == 'u' && hex4(text, 8, low) && low >= 0xdc00 && low < 0xe000) {
    return {0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), 12, true};
  }
  return {unit >= 0xd800 && unit < 0xe000 ? U'\ufffd' : unit, 6, true};
}

class Reader {
 public:
  Reader(TextStream& in, bool lines, Emit& emit) : in_(in), emit_(emit), records_(emit, Records::Style::json), lines_(lines) {}

  void run() {
    if (lines_) {
      open('[');
      records_.make_list();
      records_.prefix("line 1: ");
    }
    while (!emit_.stop_requested() && in_.ensure(1)) {
      for (unsigned i = 0; i < steps_between_stops && in_.ensure(1); ++i) step();
    }
    if (records_.depth() > (lines_ ? 1u : 0u)) fault(Code::truncated, "the text ends inside " + std::to_string(records_.depth() - (lines_ ? 1 : 0)) + " open brackets");
    while (records_.depth() > 0) records_.close(false, false);
    records_.finish();
  }

 private:
  struct Level {
    bool is_array = false, has_string = false, after_number = false;
    std::uint64_t next = 0;  // index of the next element
  };

  void step() {
    const std::string_view text = in_.ahead();
    const char c = text[0];
    switch (c) {
      case '\n': new_line(); [[fallthrough]];
      case ' ': case '\t': case '\r': in_.skip(blanks(text)); break;
      case ',': case ':': in_.skip(1); break;
      case '{': case '[': open(c); in_.skip(1); break;
      case '}': case ']': close(c); in_.skip(1); break;
      case '"': string(); break;
      default: word();
    }
  }
  static std::size_t blanks(std::string_view text) {
    std::size_t n = 1;
    while (n < text.size() && (text[n] == ' ' || text[n] == '\t' || text[n] == '\r')) ++n;
    return n;
  }
  void new_line() {
    ++line_;
    if (lines_ && records_.depth() == 1) records_.prefix("line " + std::to_string(line_) + ": ");
  }

  Level& top() { return levels_.empty() ? root_ : levels_.back(); }
  std::uint64_t take_index() {
    Level& level = top();
    return level.is_array && !(lines_ && levels_.size() == 1) ? level.next++ : Records::no_index;
  }
  void open(char bracket) {
    const std::uint64_t index = take_index();
    const bool crowded = records_.depth() > 0 && records_.depth() <= Records::most_depth && records_.children() >= Records::many_children;
    records_.open(index == Records::no_index ? std::string_view(key_) : std::string_view(), index, crowded);
    if (index == Records::no_index && is_telling(key_)) key_value();
    key_.clear();
    top().after_number = false;
    if (levels_.size() < Records::most_depth) levels_.push_back({bracket == '[', false, false, 0});
  }
  // The key of a container as a line of its own: names and numbers stand there, not only the words of a program.
  void key_value() {
    MappedText& out = records_.begin_value({}, Records::no_index);
    key_line(out, 0);
    out.text.back() = '\n';
    records_.end_value();
  }
  void close(char bracket) {
    if (records_.depth() == (lines_ ? 1u : 0u)) return fault(Code::corrupt, "a bracket closes nothing");
    Level& level = top();
    if (records_.depth() <= Records::most_depth && level.is_array != (bracket == ']')) fault(Code::corrupt, "a bracket closes one of the other kind");
    const bool in_array = levels_.size() > 1 && levels_[levels_.size() - 2].is_array;
    const bool counted = records_.depth() <= Records::most_depth;
    const bool own = counted && !level.is_array && level.has_string;
    // Outside of lists only an element of an array that holds a sentence makes its array a list.
    records_.close(own, own && in_array && records_.has_prose());
    if (counted) levels_.pop_back();
    key_.clear();
  }

  void string() {
    std::string_view text = in_.ahead();
    std::size_t end = 1;
    bool plain = true;
    while (true) {
      end = plain_end(text, end);
      if (end < text.size() && text[end] == '"') break;
      plain = false;
      if (end + 1 < text.size()) {
        if (text[end] != '\\' && ends_at_line(text, end)) break;
        end += text[end] == '\\' ? 2 : 1;
        if (end < string_bytes) continue;
      }
      if (end >= string_bytes) return long_string();
      if (!in_.more()) {
        end = in_.ahead().size();
        text = in_.ahead();
        fault(Code::truncated, "the text ends inside a string");
        break;
      }
      text = in_.ahead();
    }
    finish_string(text, std::min(end, text.size()), plain);
  }
  // A string that is broken by a line end although the next line begins like JSON: its quote is missing.
  bool ends_at_line(std::string_view text, std::size_t at) {
    if (text[at] != '\n' && text[at] != '\r') return false;
    const std::size_t next = at + skip_blanks(text.substr(at, 256), 0);
    const bool lost = next < text.size() && (text[next] == '"' || text[next] == '}' || text[next] == ']');
    if (lost) fault(Code::corrupt, "a string is not closed on its line", at);
    return lost;
  }
  void finish_string(std::string_view text, std::size_t end, bool plain) {
    const std::size_t past = std::min(end + (end < text.size() && text[end] == '"' ? 1 : 0), text.size());
    if (colon_follows(past)) {
      take_key(end, plain);
    } else {
      begin_value(0);
      decode(1, end, plain, records_.text());
      top().has_string = true;
      end_value(past);
    }
    in_.skip(past);
  }
  bool colon_follows(std::size_t past) {
    for (std::size_t at = past;; ++at) {
      if (at - past > blank_bytes || (at >= in_.ahead().size() && !in_.more())) return false;
      const char c = in_.ahead()[at];
      if (c == ':') return true;
      if (!is_blank(c)) return false;
    }
  }
  // A string longer than a segment: it can be no key.
  void long_string() {
    begin_value(0);
    in_.skip(1);
    top().has_string = true;
    while (true) {
      in_.ensure(string_bytes + 16);
      const std::string_view text = in_.ahead();
      std::size_t end = 0;
      while (end < text.size() && end < string_bytes && text[end] != '"') {
        end = plain_end(text, end);
        if (end < text.size() && text[end] != '"') end += escape_length(text.substr(end));
      }
      const bool closed = end < text.size() && text[end] == '"' && end <= string_bytes + 16;
      if (!closed) end = floor_char(text, std::min(end, std::min(text.size(), string_bytes)));
      decode(0, end, false, records_.text());
      if (closed || end == 0) {
        end_value(end);
        return in_.skip(end + 1);
      }
      records_.cut();
      in_.skip(end);
    }
  }
  static std::size_t escape_length(std::string_view text) { return text[0] == '\\' ? escape_at(text).length : 1; }

  // Bytes [begin, end) of what is ahead, escapes undone.
  void decode(std::size_t begin, std::size_t end, bool plain, MappedText& out) {
    if (plain) return in_.copy(begin, end, out);
    const std::string_view text = in_.ahead().substr(0, end);
    while (begin < end) {
      const std::size_t stop = std::min(text.find('\\', begin), end);
      in_.copy(begin, stop, out);
      if (stop == end) return;
      const Escape escape = escape_at(text.substr(stop));
      if (!escape.good) fault(Code::corrupt, "a backslash begins no escape", stop);
      std::string made;
      append_utf8(made, escape.code);
      const ByteRange source = in_.source(stop, stop + escape.length);
      out.text += made;
      out.map.append(made.size(), source, static_cast<std::uint8_t>(made.size()), static_cast<std::uint8_t>(std::min<std::uint64_t>(source.size(), 255)));
      begin = stop + escape.length;
    }
  }

  // Numbers, true, false, null; or words that are no JSON, up to the end of their line.
  void word() {
    std::size_t end = 1;
    while (true) {
      const std::string_view text = in_.ahead();
      while (end < text.size() && !is_structure(text[end]) && !is_blank(text[end])) ++end;
      if (end < text.size() || end >= string_bytes || !in_.more()) break;
    }
    std::string_view found = in_.ahead().substr(0, end);
    const bool number = is_number(found);
    if (found == "null") return in_.skip(end);
    if (!number && found != "true" && found != "false") {
      fault(Code::corrupt, "words stand outside of strings");
      in_.ensure(1024);
      found = in_.ahead();
      end = std::max<std::size_t>(1, std::min({found.find('\n'), found.find('"'), ceil_char(found, std::min<std::size_t>(found.size(), 1024))}));
    }
    begin_value(0, number);
    in_.copy(0, end, records_.text());
    end_value(end, number);
    in_.skip(end);
  }

  void begin_value(std::size_t at, bool number = false) {
    const std::uint64_t index = take_index();
    Level& level = top();
    if (level.is_array && level.after_number && number && !records_.text().text.empty()) {
      std::string& text = records_.text().text;
      text.back() = ',';  // numbers of an array share a line: the line end that was made becomes ", "
      append_made(records_.text(), " ", in_.source(at, at));
      records_.begin_value({}, index);
      return;
    }
    MappedText& out = records_.begin_value(key_, index);
    if (!key_.empty() && index == Records::no_index) key_line(out, at);
  }
  void take_key(std::size_t end, bool plain) {
    key_is_same_ = plain && in_.is_same(1, end);
    key_source_ = in_.source(1, end);
    if (key_is_same_) {
      key_ = in_.ahead().substr(1, end - 1);
      return;
    }
    MappedText key;
    decode(1, end, plain, key);
    key_ = std::move(key.text);
    key_map_ = std::move(key.map);
  }
  void key_line(MappedText& out, std::size_t at) {
    out.text += key_;
    if (key_is_same_) {
      out.map.append(key_.size(), key_source_);
    } else {
      append_map(out.map, key_map_);
    }
    append_made(out, ": ", in_.source(at, at));
  }
  void end_value(std::size_t past, bool number = false) {
    records_.end_value();
    if (!records_.text().text.empty()) append_made(records_.text(), "\n", in_.source(past, past));
    top().after_number = number;
    key_.clear();
  }

  void fault(Code code, std::string what, std::size_t at = 0) {
    if (told_) return;
    told_ = true;
    emit_.issue({code, "json", std::move(what) + "; all text was read all the same", in_.source(at, std::min(at + 1, in_.ahead().size())), true});
  }

  TextStream& in_;
  Emit& emit_;
  Records records_;
  bool lines_, told_ = false;
  std::uint64_t line_ = 1;
  std::vector<Level> levels_;
  Level root_;
  std::string key_;                // waits for its value
  OffsetMap key_map_;              // used if the key is not the same bytes in the item
  ByteRange key_source_;
  bool key_is_same_ = true;
};

}  // namespace

void extract_json(const Content& content, const Identity& identity, const ExtractOptions&, Emit& emit) {
  TextStream in(content, charset_of(identity.claimed_type), "json", emit);
  in.ensure(look_bytes);
  if (!begins_like_json(in.ahead())) return emit_whole_text(content, identity, "json", emit);
  Reader(in, is_json_lines(in.ahead(), identity), emit).run();
}

}  // namespace evtriage
