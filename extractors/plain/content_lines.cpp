// See content_lines.h.  A line is looked for in the window; folded pieces are copied one after the other.
// Tested by tests/extractors/plain/vcard_test.cpp and calendar_test.cpp.
#include "extractors/plain/content_lines.h"

#include <algorithm>

#include "extractors/encoding.h"
#include "extractors/transfer.h"

namespace evtriage {
namespace {

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
std::string uppered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), upper);
  return out;
}
bool is_blank(char c) { return c == ' ' || c == '\t'; }

// The colon that ends the name and the parameters: not one inside quotes.
std::size_t colon_of(std::string_view line) {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size() && i < 4096; ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (line[i] == ':' && !quoted) return i;
  }
  return line.substr(0, 4096).find(':');
}

}  // namespace

MappedText part_of(const MappedText& whole, std::size_t begin, std::size_t end) {
  return {whole.text.substr(begin, end - begin), OffsetMap::compose(OffsetMap::identity(end - begin, begin), whole.map)};
}

std::string ContentLine::parameter(std::string_view wanted) const {
  std::string found;
  for (std::size_t at = 0; at < parameters.size();) {
    std::size_t end = at;
    for (bool quoted = false; end < parameters.size() && (quoted || parameters[end] != ';'); ++end) quoted ^= parameters[end] == '"';
    const std::string_view one = std::string_view(parameters).substr(at, end - at);
    const std::size_t equals = one.find('=');
    const bool bare = equals == one.npos;
    if (bare ? wanted == "TYPE" : uppered(one.substr(0, equals)) == wanted) {
      std::string written(bare ? one : one.substr(equals + 1));
      std::erase(written, '"');
      found.append(found.empty() ? "" : ",").append(written);
    }
    at = end + 1;
  }
  return found;
}

bool ContentLine::has_word(std::string_view word) const {
  const std::string all = ";" + uppered(parameters) + ";";
  for (std::size_t at = all.find(word); at != all.npos; at = all.find(word, at + 1)) {
    constexpr std::string_view edges = ";,=\"";
    if (edges.find(all[at - 1]) != edges.npos && edges.find(all[at + word.size()]) != edges.npos) return true;
  }
  return false;
}

// Where the line that begins at `at` ends, before its line end.
std::size_t ContentLines::line_end(std::size_t at) {
  while (true) {
    const std::size_t end = in_.ahead().find_first_of("\r\n", at);
    if (end != std::string_view::npos) return end;
    at = in_.ahead().size();
    if (at >= line_bytes || !in_.more()) return in_.ahead().size();
  }
}

bool ContentLines::next(ContentLine& line) {
  line = {};
  while (in_.ensure(1) && (in_.ahead()[0] == '\r' || in_.ahead()[0] == '\n')) in_.skip(1);
  if (!in_.ensure(1)) return false;
  MappedText whole;
  bool printable_value = false;
  for (std::size_t at = 0;;) {
    const std::size_t end = line_end(at);
    in_.copy(at, end, whole);
    line.source = {whole.text.empty() || line.source.end == 0 ? in_.source(at, end).begin : line.source.begin, in_.source(at, end).end};
    if (at == 0) printable_value = uppered(whole.text.substr(0, std::min<std::size_t>(whole.text.size(), 256))).find("QUOTED-PRINTABLE") != std::string::npos;
    in_.ensure(end + 3);
    const std::string_view text = in_.ahead();
    std::size_t next = end;
    if (next < text.size()) next += text[next] == '\r' && next + 1 < text.size() && text[next + 1] == '\n' ? 2 : 1;
    const bool folded = next < text.size() && is_blank(text[next]);
    const bool soft = printable_value && !folded && whole.text.ends_with('=') && next < text.size();
    if (whole.text.size() > line_bytes && !told_) {
      told_ = true;
      emit_.issue({Code::limit, stage_, "line_bytes=" + std::to_string(line_bytes) + ": a longer line was cut", line.source, true});
    }
    in_.skip(next);
    if ((!folded && !soft) || whole.text.size() > line_bytes || emit_.stop_requested()) break;
    if (soft) {  // the '=' stays with a line end, as quoted-printable has it
      append_made(whole, "\n", {line.source.end, line.source.end});
    } else {
      in_.skip(1);
    }
    at = 0;
    if (!in_.ensure(1)) break;
  }
  const std::size_t colon = colon_of(whole.text);
  if (colon == whole.text.npos) {
    line.value = std::move(whole);
    return true;
  }
  std::string head = whole.text.substr(0, colon);
  const std::size_t name_end = std::min(head.find(';'), head.size());
  line.parameters = name_end < head.size() ? head.substr(name_end + 1) : std::string();
  head.resize(name_end);
  const std::size_t dot = head.rfind('.');
  line.name = uppered(dot == head.npos ? head : head.substr(dot + 1));
  line.value = part_of(whole, colon + 1, whole.text.size());
  return true;
}

MappedText unescape(const MappedText& value) {
  if (value.text.find('\\') == value.text.npos) return value;
  MappedText middle;
  for (std::size_t at = 0; at < value.text.size();) {
    const std::size_t stop = std::min(value.text.find('\\', at), value.text.size());
    middle.text.append(value.text, at, stop - at);
    middle.map.append(stop - at, {at, stop});
    if (stop + 1 >= value.text.size()) {
      middle.text.append(value.text, stop);
      middle.map.append(value.text.size() - stop, {stop, value.text.size()});
      break;
    }
    const std::size_t length = ceil_char(value.text, stop + 2) - stop;
    const char c = value.text[stop + 1];
    const std::string made = c == 'n' || c == 'N' ? "\n" : value.text.substr(stop + 1, length - 1);
    append_made(middle, made, {stop, stop + length});
    at = stop + length;
  }
  return {std::move(middle.text), OffsetMap::compose(middle.map, value.map)};
}

MappedText decode_printable(const MappedText& value, std::string_view charset) {
  const Transferred bytes = decode_transfer(value.text, Transfer::quoted_printable, 0);
  const std::string encoding = detect_encoding(bytes.bytes, {charset, true, false}).value_or("utf-8");
  Decoded decoded = decode(bytes.bytes, encoding, 0);
  return {std::move(decoded.utf8), OffsetMap::compose(OffsetMap::compose(decoded.map, bytes.map), value.map)};
}

}  // namespace evtriage
