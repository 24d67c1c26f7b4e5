// Each of these passes over the text once, line by line, and keeps the way back.
// Tested by tests/extractors/mail_text_test.cpp.
#include "extractors/mail_text.h"

#include <algorithm>

namespace evtriage {
namespace {

std::size_t line_end(std::string_view text, std::size_t at) { return std::min(text.find('\n', at), text.size() - 1) + 1; }

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

void copy(MappedText& out, std::string_view text, std::size_t from, std::size_t to) {
  out.text += text.substr(from, to - from);
  out.map.append(to - from, {from, to});
}

constexpr bool is_uu(char c) { return c >= ' ' && c <= '`'; }
constexpr unsigned uu_value(char c) { return (static_cast<unsigned char>(c) - 0x20u) & 0x3f; }

// One data line: its count, then groups of four; trailing blanks may have been lost on the way.
bool decode_uu_line(std::string_view line, std::string& out) {
  if (line.empty() || !is_uu(line[0])) return false;
  const unsigned count = uu_value(line[0]);
  const std::string_view data = line.substr(1);
  const std::size_t needed = (count + 2) / 3 * 4;
  if (data.size() > needed + 2 || data.size() + 4 < needed || !std::all_of(data.begin(), data.end(), is_uu)) return false;
  for (std::size_t at = 0, made = 0; made < count; at += 4) {
    unsigned group = 0;
    for (std::size_t i = 0; i < 4; ++i) group = group << 6 | (at + i < data.size() ? uu_value(data[at + i]) : 0);
    for (int shift = 16; shift >= 0 && made < count; shift -= 8, ++made) out += static_cast<char>(group >> shift & 0xff);
  }
  return true;
}

// "begin" blank three or four octal digits blank name
std::string_view uu_name(std::string_view line) {
  if (!line.starts_with("begin ")) return {};
  line.remove_prefix(6);
  const std::size_t digits = std::min(line.find_first_not_of("01234567"), line.size());
  if (digits < 3 || digits > 4 || digits + 1 >= line.size() || line[digits] != ' ') return {};
  return line.substr(digits + 1);
}

Uuencoded read_uu(std::string_view text, std::size_t begin, std::size_t data) {
  Uuencoded out;
  out.name = uu_name(without_line_end(text.substr(begin, data - begin)));
  out.whole = false;
  std::size_t at = data;
  while (at < text.size()) {
    const std::size_t end = line_end(text, at);
    const std::string_view line = without_line_end(text.substr(at, end - at));
    if (line == "end") {
      out.whole = true;
      at = end;
      break;
    }
    const bool zero = line == "`" || line == " " || line.empty();
    if (!zero && !decode_uu_line(line, out.bytes)) break;
    at = end;
  }
  out.lines = {begin, at};
  return out;
}

}  // namespace

void append_map(OffsetMap& to, const OffsetMap& part) {
  const std::vector<Run>& runs = part.runs();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::uint64_t end = i + 1 < runs.size() ? runs[i + 1].text_begin : part.text_size();
    to.append(end - runs[i].text_begin, runs[i].source, runs[i].text_unit, runs[i].source_unit);
  }
}

MappedText unflowed(std::string_view utf8, bool delete_blank) {
  MappedText out;
  std::size_t depth_before = 0;
  bool open = false;  // the line before ended softly
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t end = line_end(utf8, at);
    const std::string_view line = without_line_end(utf8.substr(at, end - at));
    const std::size_t depth = std::min(line.find_first_not_of('>'), line.size());
    std::size_t from = at + depth;
    if (depth < line.size() && line[depth] == ' ') ++from;
    if (open && depth != depth_before) out.text += '\n', out.map.append(1, {at, at}, 0, 0);
    if (!open || depth != depth_before) copy(out, utf8, at, depth > 0 ? from : at);
    const std::string_view words = utf8.substr(from, at + line.size() - from);
    open = words.ends_with(' ') && words != "-- ";
    copy(out, utf8, from, at + line.size() - (open && delete_blank ? 1 : 0));
    if (!open) copy(out, utf8, at + line.size(), end);
    depth_before = depth;
    at = end;
  }
  return out;
}

std::vector<Uuencoded> uuencoded_files(std::string_view text) {
  std::vector<Uuencoded> out;
  for (std::size_t at = text.starts_with("begin ") ? 0 : text.find("\nbegin "); at < text.size();) {
    if (text[at] == '\n') ++at;
    const std::size_t data = line_end(text, at);
    std::size_t next = at;
    std::string first;
    if (!uu_name(without_line_end(text.substr(at, data - at))).empty() && data < text.size() &&
        decode_uu_line(without_line_end(text.substr(data, line_end(text, data) - data)), first)) {
      out.push_back(read_uu(text, at, data));
      next = out.back().lines.end - 1;
    }
    at = text.find("\nbegin ", next);
  }
  return out;
}

MappedText without(std::string_view text, const std::vector<Uuencoded>& gaps) {
  MappedText out;
  std::size_t at = 0;
  for (const Uuencoded& gap : gaps) {
    copy(out, text, at, gap.lines.begin);
    at = gap.lines.end;
  }
  copy(out, text, at, text.size());
  return out;
}

std::string squeezed(std::string_view utf8) {
  std::string out;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const char c = utf8[i];
    if (c == '\xc2' && i + 1 < utf8.size() && utf8[i + 1] == '\xa0') {
      ++i;
    } else if (static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               c == '+' || c == '@') {
      out += c;
    }
  }
  return out;
}

}  // namespace evtriage
