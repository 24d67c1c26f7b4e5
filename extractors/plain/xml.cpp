// XML 1.0 (SVG, RSS, KML, GPX, message backups, anything): the text of elements and the attribute values that hold
// words, each record a segment with the path of its element.  Elements live on the stack of Records, deeper ones are
// only counted; definitions of entities are read as text and never expanded.
// Tested by tests/extractors/plain/xml_test.cpp (python3's xml.etree as judge).
#include <algorithm>
#include <array>

#include "extractors/encoding.h"
#include "extractors/plain/plain.h"
#include "extractors/plain/records.h"
#include "extractors/plain/whole_text.h"
#include "extractors/plain/xml_reader.h"

namespace evtriage {
namespace {

using Kind = XmlReader::Kind;
using Span = XmlReader::Span;

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

std::uint32_t hash_of(std::string_view name) {  // FNV-1a: only to tell siblings apart
  std::uint32_t hash = 2166136261u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

// Two letters side by side, or three digits: names, numbers to call, coordinates; not "1" or "#".
bool holds_words(std::string_view value) {
  unsigned letters = 0, digits = 0;
  for (const char c : value) {
    letters = is_letter(c) ? letters + 1 : 0;
    digits += c >= '0' && c <= '9' ? 1u : 0u;
    if (letters >= 2 || digits >= 3) return true;
  }
  return false;
}

bool is_worth_reading(std::string_view name, std::string_view value, bool drawing) {
  if (name.starts_with("xmlns") || name.starts_with("xsi:")) return false;
  const std::string_view local = local_name(name);
  if (local == "style" || local == "class" || value.starts_with("data:")) return false;
  if (drawing) {
    constexpr std::array words = {"title", "alt", "label", "aria-label", "desc", "href", "author", "content"};
    if (std::find(words.begin(), words.end(), local) == words.end()) return false;
  }
  return holds_words(value);
}

class Reader {
 public:
  Reader(TextStream& in, Emit& emit) : xml_(in, "xml", emit), emit_(emit), records_(emit, Records::Style::slash) {}

  void run() {
    for (Kind kind = xml_.next(); kind != Kind::nothing && !emit_.stop_requested(); kind = xml_.next()) {
      switch (kind) {
        case Kind::start: start(); break;
        case Kind::end: end(); break;
        case Kind::text: case Kind::cdata: text(kind == Kind::cdata); break;
        case Kind::comment: case Kind::doctype: comment(kind == Kind::doctype); break;
        case Kind::instruction: case Kind::nothing: break;
      }
    }
    if (records_.depth() > 0) xml_.fault(Code::truncated, "the text ends inside " + std::to_string(records_.depth()) + " open elements");
    while (records_.depth() > 0) records_.close(false, false);
    records_.finish();
  }

 private:
  static constexpr std::size_t most_names = 16;  // of children of one element that are counted
  struct Level {
    std::uint32_t name = 0, count = 0;  // count: which of its brothers of this name it is
    bool is_complex = false;
    std::size_t used = 0;
    std::array<std::pair<std::uint32_t, std::uint32_t>, most_names> names;
  };

  // Counts a child of the innermost element; 0 if it has too many names.
  std::uint32_t count(std::uint32_t name) {
    if (depth_ == 0) return 1;
    Level& level = levels_[depth_ - 1];
    for (std::size_t i = level.used; i-- > 0;) {
      if (level.names[i].first == name) return ++level.names[i].second;
    }
    if (level.used == most_names) return 0;
    level.names[level.used++] = {name, 1};
    return 1;
  }

  void start() {
    ++tags_;
    const std::string_view name = xml_.name();
    if (records_.depth() == 0) drawing_ = local_name(name) == "svg";
    const std::uint32_t hash = hash_of(name), number = records_.depth() < Records::most_depth ? count(hash) : 0;
    if (depth_ > 0) levels_[depth_ - 1].is_complex = true;
    skipped_ = drawing_ && !xml_.is_empty() && (local_name(name) == "style" || local_name(name) == "script");
    records_.open(name, number == 0 ? Records::no_index : number, number > Records::many_children);
    if (depth_ < Records::most_depth) {
      if (depth_ == levels_.size()) levels_.emplace_back();
      Level& level = levels_[depth_++];
      level.name = hash;
      level.count = number;
      level.is_complex = false;
      level.used = 0;
    }
    std::size_t kept = 0;
    for (const XmlReader::Attribute& attribute : xml_.attributes()) kept += attribute_line(attribute) ? 1 : 0;
    if (kept > 1) levels_[depth_ - 1].is_complex = true;
    if (xml_.is_empty()) close();
  }
  bool attribute_line(const XmlReader::Attribute& attribute) {
    const std::string_view name = xml_.view(attribute.name);
    if (!is_worth_reading(name, xml_.view(attribute.value), drawing_)) return false;
    MappedText& out = records_.begin_value({}, Records::no_index);
    separate(out, "\n", attribute.name);
    xml_.decode(attribute.name, out);
    append_made(out, ": ", xml_.source({attribute.name.end, attribute.value.begin}));
    xml_.decode(attribute.value, out);
    records_.end_value();
    tags_ = 2;  // text that follows begins a line
    return true;
  }
  void separate(MappedText& out, std::string_view separator, Span span) {
    if (!out.text.empty()) append_made(out, separator, xml_.source({span.begin, span.begin}));
  }

  void close() {
    ++tags_;
    const bool counted = records_.depth() <= Records::most_depth && depth_ > 0;
    if (!counted) return records_.close(false, false);
    const Level& level = levels_[depth_ - 1];
    const bool begins_list = level.is_complex && depth_ > 1 && (level.count > 1 || records_.has_prose());
    records_.close(level.is_complex, begins_list);
    --depth_;
  }
  void end() {
    skipped_ = false;
    if (records_.depth() == 0) return xml_.fault(Code::corrupt, "an end tag ends nothing");
    if (records_.depth() <= Records::most_depth) {
      const std::uint32_t name = hash_of(xml_.name());
      std::size_t open = depth_;
      while (open > 0 && levels_[open - 1].name != name) --open;
      if (open != depth_) xml_.fault(Code::corrupt, "an end tag does not match");
      if (open == 0) return;
      while (depth_ > open) close();
    }
    close();
  }

  void text(bool cdata) {
    if (skipped_) return;
    Span span = xml_.text();
    const std::string_view all = xml_.view(span);
    std::size_t front = 0, back = all.size();
    while (front < back && is_blank(all[front])) ++front;
    while (back > front && is_blank(all[back - 1])) --back;
    if (front == back) {
      blank_ |= !all.empty();
      new_line_ |= all.find('\n') != all.npos;
      return;
    }
    blank_ |= front > 0;
    new_line_ |= all.substr(0, front).find('\n') != all.npos;
    MappedText& out = records_.begin_value({}, Records::no_index);
    span = {span.begin + front, span.begin + back};
    const bool together = tags_ <= 1 && !new_line_;
    if (!together || blank_) separate(out, together ? " " : "\n", span);
    lines(span, cdata, out);
    records_.end_value();
    tags_ = 0;
    blank_ = back < all.size();
    new_line_ = all.substr(back).find('\n') != all.npos;
  }
  // Line by line without the blanks that only indent them.
  void lines(Span span, bool cdata, MappedText& out) {
    if (xml_.view(span).find('\n') == std::string_view::npos) return cdata ? xml_.copy(span, out) : xml_.decode(span, out);
    while (span.begin < span.end) {
      const std::string_view rest = xml_.view(span);
      const std::size_t length = std::min(rest.find('\n'), rest.size() - 1) + 1;
      const Span line{span.begin, span.begin + length};
      cdata ? xml_.copy(line, out) : xml_.decode(line, out);
      std::size_t next = length;
      while (next < rest.size() && is_blank(rest[next])) ++next;
      span.begin += next;
    }
  }
  void comment(bool always) {
    const Span span = xml_.text();
    if (!always && !holds_words(xml_.view(span))) return;
    if (always && xml_.view(span).find('[') == std::string_view::npos) return;
    MappedText out;
    xml_.copy(span, out);
    emit_.text(TextSegment::of(Blob::own(std::move(out.text)), std::move(out.map), "comment"));
  }

  XmlReader xml_;
  Emit& emit_;
  Records records_;
  std::vector<Level> levels_;  // reused: only the first depth_ count
  std::size_t depth_ = 0;
  unsigned tags_ = 2;  // since the last text
  bool blank_ = false, new_line_ = false, drawing_ = false, skipped_ = false;
};

}  // namespace

void extract_xml(const Content& content, const Identity& identity, const ExtractOptions&, Emit& emit) {
  const std::string_view claimed = charset_of(identity.claimed_type);
  const std::string declared = xml_encoding(content);
  TextStream in(content, claimed.empty() ? std::string_view(declared) : claimed, "xml", emit);
  in.ensure(4096);
  if (!begins_like_xml(in.ahead())) return emit_whole_text(content, identity, "xml", emit);
  Reader(in, emit).run();
}

}  // namespace evtriage
