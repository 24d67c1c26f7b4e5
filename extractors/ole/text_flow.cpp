// TextFlow joins equal units into runs before the map sees them: a run costs memory, a character none.
// Tested by tests/extractors/ole/parts_test.cpp.
#include "extractors/ole/text_flow.h"

#include <algorithm>
#include <utility>

#include "extractors/encoding.h"

namespace evtriage::ole {
namespace {

constexpr std::size_t soft_bytes = 64 << 10, hard_bytes = 128 << 10, excerpt_bytes = 4096;

struct CodePage {
  unsigned number;
  std::string_view name;
};
constexpr CodePage code_pages[] = {
    {437, "ibm437"}, {720, "ibm720"}, {850, "ibm850"}, {858, "ibm858"}, {864, "ibm864"}, {866, "ibm866"},
    {874, "windows-874"}, {932, "shift_jis"}, {936, "gb18030"}, {949, "euc-kr"}, {950, "big5"},
    {1200, "utf-16le"}, {1201, "utf-16be"}, {1250, "windows-1250"}, {1251, "windows-1251"}, {1252, "windows-1252"},
    {1253, "windows-1253"}, {1254, "windows-1254"}, {1255, "windows-1255"}, {1256, "windows-1256"},
    {1257, "windows-1257"}, {1258, "windows-1258"}, {10000, "macintosh"}, {10004, "mac-arabic"}, {20127, "utf-8"},
    {20866, "koi8-r"}, {21866, "koi8-u"}, {28591, "windows-1252"}, {28592, "iso-8859-2"}, {28595, "iso-8859-5"},
    {28596, "iso-8859-6"}, {28597, "iso-8859-7"}, {28598, "iso-8859-8"}, {28599, "windows-1254"},
    {28605, "iso-8859-15"}, {32768, "macintosh"}, {50220, "iso-2022-jp"}, {51932, "euc-jp"}, {51949, "euc-kr"},
    {54936, "gb18030"}, {65001, "utf-8"}};

}  // namespace

void TextFlow::place(std::string place) {
  if (place == place_) return;
  flush();
  place_ = std::move(place);
}

void TextFlow::close_run() {
  map_.append(run_text_, run_, text_unit_, source_unit_);
  run_text_ = 0;
}

void TextFlow::extend(std::size_t text, ByteRange source, bool exact) {
  const auto text_unit = static_cast<std::uint8_t>(exact ? text : 0);
  const auto source_unit = static_cast<std::uint8_t>(exact ? source.size() : 0);
  const bool goes_on = run_text_ != 0 && text_unit == text_unit_ && source_unit == source_unit_ &&
                       (exact ? source.begin == run_.end : source == run_);
  if (!goes_on) {
    close_run();
    run_ = source;
    text_unit_ = text_unit;
    source_unit_ = source_unit;
  }
  run_.end = source.end;
  run_text_ += text;
  total_ += text;
}

void TextFlow::put(char32_t code, ByteRange source) {
  if ((code < 0x20 && code != '\t' && code != '\n') || code == 0x7f || code == 0xfeff) return;
  const bool impossible = code > 0x10ffff || (code >= 0xd800 && code < 0xe000);
  const std::size_t before = text_.size();
  append_utf8(text_, impossible ? U'\ufffd' : code);
  extend(text_.size() - before, source, source.size() >= 1 && source.size() <= 8);
  maybe_flush();
}

void TextFlow::words(std::string_view utf8, ByteRange source) {
  if (utf8.empty()) return;
  const std::string clean = is_valid_utf8(utf8) ? std::string(utf8) : printable(utf8);
  text_ += clean;
  extend(clean.size(), source, false);
  maybe_flush();
}

void TextFlow::text(std::string_view bytes, std::string_view encoding, const ByteRuns& runs, std::uint64_t offset) {
  const Decoded decoded = decode(bytes, encoding, 0);
  const auto& parts = decoded.map.runs();
  char32_t before = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::uint64_t end = i + 1 < parts.size() ? parts[i + 1].text_begin : decoded.utf8.size();
    std::uint64_t source = parts[i].source.begin;
    for (std::uint64_t at = parts[i].text_begin; at < end;) {
      const Character c = decode_utf8(decoded.utf8, static_cast<std::size_t>(at));
      const std::uint64_t step = std::max<std::uint64_t>(parts[i].source_unit, 1);
      const bool second = c.code == '\n' && before == '\r';  // one line end in two characters
      if (!second) put(c.code == '\r' || c.code == 0x0b ? U'\n' : c.code, runs.place(offset + source, step));
      before = c.code;
      source += step;
      at += c.length;
    }
  }
}

void TextFlow::made(char c) {
  if (text_.empty() && run_text_ == 0 && c != '\t') return;
  const std::uint64_t at = run_.end;
  text_ += c;
  extend(1, {at, at}, false);
  maybe_flush();
}

void TextFlow::line() {
  if (!at_line_start()) made('\n');
}

void TextFlow::maybe_flush() {
  if (whole_) return;
  if (text_.size() >= hard_bytes || (text_.size() >= soft_bytes && text_.back() == '\n')) flush();
}

void TextFlow::flush() {
  close_run();
  if (excerpt_.size() < excerpt_bytes) {
    excerpt_ += text_.substr(0, excerpt_bytes);
    if (excerpt_.size() > excerpt_bytes) excerpt_.resize(floor_char(excerpt_, excerpt_bytes));
  }
  const bool blank = text_.find_first_not_of(" \t\n") == text_.npos;
  if (!blank) {
    TextSegment segment = TextSegment::of(Blob::own(std::move(text_)), std::move(map_), origin_);
    segment.place = place_;
    segment.is_message = is_message_;
    emit_.text(std::move(segment));
  }
  text_.clear();
  map_ = OffsetMap();
}

MappedText TextFlow::take() {
  close_run();
  return {std::exchange(text_, {}), std::exchange(map_, {})};
}

std::string emit_html_text(const MappedText& html, const std::string& place, bool is_message, Emit& emit) {
  HtmlText text = html_text(html.text);
  if (!text.title.empty()) emit.property("dc:title", text.title);
  std::string excerpt = text.body.text.substr(0, excerpt_bytes);
  excerpt.resize(valid_utf8_prefix(excerpt));
  const std::pair<MappedText*, const char*> parts[] = {{&text.body, "body"}, {&text.comments, "comment"}, {&text.links, "link"}};
  for (const auto& [part, origin] : parts) {
    if (part->text.empty()) continue;
    TextSegment segment = TextSegment::of(Blob::own(std::move(part->text)), OffsetMap::compose(part->map, html.map), origin);
    segment.place = place;
    segment.is_message = is_message && part == &text.body;
    emit.text(std::move(segment));
  }
  return excerpt;
}

std::string_view code_page_name(unsigned code_page) {
  for (const CodePage& entry : code_pages) {
    if (entry.number == code_page) return entry.name;
  }
  return "windows-1252";
}

unsigned code_page_of_language(unsigned language) {
  switch (language & 0x3ff) {
    case 0x01: case 0x20: case 0x29: return 1256;                                       // Arabic, Urdu, Persian
    case 0x02: case 0x19: case 0x22: case 0x23: case 0x2f: return 1251;                 // Bulgarian, Russian, ...
    case 0x04: return language == 0x0404 || language == 0x0c04 ? 950 : 936;             // Chinese
    case 0x05: case 0x0e: case 0x15: case 0x18: case 0x1a: case 0x1b: case 0x24: return 1250;
    case 0x08: return 1253;
    case 0x0d: return 1255;
    case 0x11: return 932;
    case 0x12: return 949;
    case 0x1e: return 874;
    case 0x1f: return 1254;
    case 0x25: case 0x26: case 0x27: return 1257;
    case 0x2a: return 1258;
    default: return 1252;
  }
}

std::string to_utf8(std::string_view bytes, std::string_view encoding) {
  std::string text = decode(bytes, encoding, 0).utf8;
  text.resize(std::min(text.find('\0'), text.size()));
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; });
  return text;
}

}  // namespace evtriage::ole
