// Escaping for HTML and CSV.  One walk over the characters serves all outputs, so that no output can forget
// a kind of character; only the last step, how a visible sign is written, differs.
// Tested by tests/reports/escape_test.cpp
#include "reports/escape.h"

#include <algorithm>
#include <array>
#include <utility>

#include "pipeline/core/text.h"

namespace evtriage::reports {
namespace {

constexpr char hex_digits[] = "0123456789ABCDEF";

std::string hex_byte(unsigned char byte) {
  return {'\\', 'x', hex_digits[byte >> 4], hex_digits[byte & 15]};
}

std::string code_point(char32_t code) {
  std::string out = "U+";
  bool started = false;
  for (int shift = 20; shift >= 0; shift -= 4) {
    const auto digit = static_cast<unsigned>(code >> shift) & 15;
    started = started || digit != 0 || shift <= 12;
    if (started) out += hex_digits[digit];
  }
  return out;
}

// What stands for an invisible character; empty: the character is shown as it is.
std::string visible_sign(char32_t code) {
  std::string sign;
  if (code == U'\n') append_utf8(sign, 0x21b5);  // the sign for a line feed has no glyph that a reader could tell
  else if (code < 0x20) append_utf8(sign, 0x2400 + code);
  else if (code == 0x7f) append_utf8(sign, 0x2421);
  else if (code >= 0x80 && code < 0xa0) sign = hex_byte(static_cast<unsigned char>(code));
  else if (is_invisible(code)) sign = code_point(code);
  return sign;
}

struct Piece {                 // one step of a walk
  std::string_view shown;      // bytes to show as they are; empty if `sign` stands for them
  std::string sign;
  std::size_t length = 1;      // bytes of the input
};

Piece next_piece(std::string_view text, std::size_t at, Shape shape) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte >= 0x20 && byte < 0x7f) return {text.substr(at, 1), {}, 1};
  if (shape == Shape::block && byte == '\n') return {text.substr(at, 1), {}, 1};
  if (shape == Shape::block && byte == '\t') return {" ", {}, 1};
  if (shape == Shape::block && byte == '\r') {
    const bool before_line_feed = at + 1 < text.size() && text[at + 1] == '\n';
    return {before_line_feed ? std::string_view("\n") : std::string_view(), before_line_feed ? "" : "\xE2\x90\x8D",
            before_line_feed ? 2u : 1u};
  }
  // A sequence is at most 4 bytes: checking a short window finds out whether one begins here.
  const auto window = text.substr(at, 4);
  unsigned length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
  if (window.size() < length || !is_valid_utf8(window.substr(0, length))) return {{}, hex_byte(byte), 1};
  const auto character = decode_utf8(window, 0);
  std::string sign = visible_sign(character.code);
  if (!sign.empty()) return {{}, std::move(sign), length};
  return {text.substr(at, length), {}, length};
}

void append_entities(std::string& out, std::string_view shown) {
  for (const char c : shown) {
    switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

void append_cut(std::string& out, std::string_view rest) {
  out += "\xE2\x80\xA6 <span class=\"ctl\">[+" + std::to_string(count_characters(rest)) + "]</span>";
}

// Sorted, disjoint byte ranges of `text` that are covered by a mark.
std::vector<std::pair<std::size_t, std::size_t>> marked_ranges(std::string_view text, const std::vector<std::string>& marks) {
  std::vector<std::pair<std::size_t, std::size_t>> found, joined;
  for (const auto& mark : marks) {
    if (mark.empty()) continue;
    for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + mark.size())) {
      found.emplace_back(at, at + mark.size());
    }
  }
  std::sort(found.begin(), found.end());
  for (const auto& range : found) {
    if (!joined.empty() && range.first <= joined.back().second) joined.back().second = std::max(joined.back().second, range.second);
    else joined.push_back(range);
  }
  return joined;
}

bool is_formula_sign(char32_t code) {
  switch (code) {
    case U'=': case U'+': case U'-': case U'@': case U'\t': case U'\r':
    case 0xff1d: case 0xff0b: case 0xff0d: case 0xff20:  // full-width forms
    case 0x2212:                                         // minus sign
      return true;
    default:
      return false;
  }
}

bool is_plain_number(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0, digits = 0, points = 0;
  for (; at < text.size(); ++at) {
    if (text[at] >= '0' && text[at] <= '9') ++digits;
    else if (text[at] == '.') ++points;
    else return false;
  }
  return digits > 0 && points <= 1;
}

bool looks_like_formula(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    char32_t code = byte;
    std::size_t length = 1;
    if (byte >= 0x80) {
      const auto piece = next_piece(text, at, Shape::line);
      if (piece.shown.empty()) { at += piece.length; continue; }  // invisible: some programs skip it
      code = decode_utf8(piece.shown, 0).code;
      length = piece.length;
    }
    if (is_formula_sign(code)) return !is_plain_number(text);
    const bool skipped = code <= 0x20 || code == 0x7f || code == 0xa0 || code == 0x3000 || (code >= 0x2000 && code <= 0x200a) ||
                         code == 0x202f || code == 0x205f;
    if (!skipped) return false;
    at += length;
  }
  return false;
}

// Bytes of a CSV cell that are written as they are and need no quotes.
constexpr auto kPlainInCsv = [] {
  std::array<bool, 256> table{};
  for (unsigned byte = 0x20; byte < 0x7f; ++byte) table[byte] = byte != '"' && byte != ',' && byte != ';';
  return table;
}();

}  // namespace

bool is_invisible(char32_t code) {
  return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x206f) || code == 0x200b || code == 0x200e ||
         code == 0x200f || code == 0x061c || code == 0x2028 || code == 0x2029 || (code >= 0x2060 && code <= 0x2065) ||
         code == 0xfeff || code == 0x00ad || code == 0x034f || code == 0x115f || code == 0x1160 || code == 0x17b4 || code == 0x17b5 ||
         code == 0x180e || code == 0x3164 || code == 0xffa0 || (code >= 0xfff0 && code <= 0xfffb) ||
         (code >= 0xe0000 && code <= 0xe0fff) || (code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) == 0xfffe;
}

void append_html(std::string& out, std::string_view text, Shape shape, std::size_t limit) {
  std::size_t written = 0;
  for (std::size_t at = 0; at < text.size(); ++written) {
    if (written >= limit) return append_cut(out, text.substr(at));
    const auto piece = next_piece(text, at, shape);
    if (piece.sign.empty()) append_entities(out, piece.shown);
    else out.append("<span class=\"ctl\">").append(piece.sign).append("</span>");
    at += piece.length;
  }
}

std::string html(std::string_view text, Shape shape, std::size_t limit) {
  std::string out;
  append_html(out, text, shape, limit);
  return out;
}

std::string attribute(std::string_view text, std::size_t limit) {
  std::string out;
  std::size_t written = 0;
  for (std::size_t at = 0; at < text.size() && written < limit; ++written) {
    const auto piece = next_piece(text, at, Shape::line);
    append_entities(out, piece.sign.empty() ? piece.shown : std::string_view(piece.sign));
    at += piece.length;
  }
  return out;
}

void append_marked(std::string& out, std::string_view text, const std::vector<std::string>& marks, std::size_t limit) {
  const auto kept = text.substr(0, text.size() > limit ? floor_char(text, limit) : text.size());
  std::size_t at = 0;
  for (const auto& [begin, end] : marked_ranges(kept, marks)) {
    append_html(out, kept.substr(at, begin - at), Shape::block, limit);
    out += "<mark>";
    append_html(out, kept.substr(begin, end - begin), Shape::block, limit);
    out += "</mark>";
    at = end;
  }
  append_html(out, kept.substr(at), Shape::block, limit);
  if (kept.size() < text.size()) append_cut(out, text.substr(kept.size()));
}

void append_visible(std::string& out, std::string_view text, std::size_t limit) {
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto piece = next_piece(text, at, Shape::block);
    const auto shown = piece.sign.empty() ? piece.shown : std::string_view(piece.sign);
    units += shown.size() == 4 && piece.sign.empty() ? 2 : count_characters(shown);
    if (units > limit) {
      out.append(" [+").append(std::to_string(text.size() - at)).append("]");
      return;
    }
    out += shown;
    at += piece.length;
  }
}

void append_csv_cell(std::string& out, std::string_view text) {
  const std::size_t begin = out.size();
  if (looks_like_formula(text)) out += '\'';
  bool needs_quotes = false;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t plain = at;  // most cells are one such run
    while (plain < text.size() && kPlainInCsv[static_cast<unsigned char>(text[plain])]) ++plain;
    out += text.substr(at, plain - at);
    if ((at = plain) == text.size()) break;
    const auto piece = next_piece(text, at, Shape::block);
    const auto shown = piece.sign.empty() ? piece.shown : std::string_view(piece.sign);
    needs_quotes = needs_quotes || shown == "\n" || shown == "," || shown == ";" || shown == "\"";
    if (shown == "\"") out += '"';
    out += shown;
    at += piece.length;
  }
  const std::string_view cell = std::string_view(out).substr(begin);
  if (!needs_quotes && !cell.starts_with(' ') && !cell.ends_with(' ')) return;
  out.insert(begin, 1, '"');
  out += '"';
}

}  // namespace evtriage::reports
