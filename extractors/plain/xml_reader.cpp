// See xml_reader.h.  What ends a token is searched with memchr where it can be; a search that fails is remembered, so
// that a document of lost quotes is still read in linear time.
// Tested by tests/extractors/plain/xml_test.cpp (python3's xml.etree as judge).
#include "extractors/plain/xml_reader.h"

#include <algorithm>

#include "extractors/entities.h"

namespace evtriage {
namespace {

constexpr std::size_t piece_bytes = 64u << 10;
constexpr std::size_t tag_bytes = 16u << 20;  // pictures lie in attributes as data: URIs
constexpr std::size_t doctype_bytes = 1u << 20;
constexpr std::size_t entity_bytes = 16;

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}
bool ends_name(char c) { return is_blank(c) || c == '>' || c == '/' || c == '='; }

}  // namespace

std::string xml_encoding(const Content& content) {
  const Result<Blob> head = content.read({0, std::min<std::uint64_t>(content.size(), 256)});
  if (!head) return {};
  std::string_view text = head->chars();
  text = text.substr(0, text.find("?>"));
  const std::size_t at = text.find("encoding");
  if (at == text.npos || text.find("<?xml") == text.npos) return {};
  text.remove_prefix(at + 8);
  const std::size_t open = text.find_first_of("\"'");
  if (open == text.npos) return {};
  return std::string(text.substr(open + 1, text.find(text[open], open + 1) - open - 1));
}

bool begins_like_xml(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && is_blank(text[at])) ++at;
  return at + 1 < text.size() && text[at] == '<' && (text[at + 1] == '?' || text[at + 1] == '!' || is_name_start(text[at + 1]));
}

XmlReader::Kind XmlReader::next() {
  Kind kind = token();
  while (kind == Kind::instruction) kind = token();
  return kind;
}

XmlReader::Kind XmlReader::token() {
  in_.skip(used_);
  position_ += used_;
  used_ = 0;
  if (inside_ == Kind::comment) return piece(Kind::comment, "-->");
  if (inside_ == Kind::cdata) return piece(Kind::cdata, "]]>");
  if (!in_.ensure(1)) return Kind::nothing;
  return in_.ahead()[0] == '<' ? markup() : text_token();
}

XmlReader::Kind XmlReader::text_token() {
  std::size_t end = 0;
  while (true) {
    const std::size_t seen = std::max<std::size_t>(end, 1);
    end = in_.ahead().find('<', seen);
    if (end != std::string_view::npos) break;
    end = in_.ahead().size();
    if (end >= piece_bytes || !in_.more()) break;
  }
  if (end > piece_bytes) {  // not inside a character or a reference
    end = floor_char(in_.ahead(), piece_bytes);
    const std::size_t reference = in_.ahead().substr(0, end).rfind('&');
    if (reference != std::string_view::npos && reference > 0 && end - reference < entity_bytes) end = reference;
  }
  text_ = {0, end};
  used_ = end;
  return Kind::text;
}

XmlReader::Kind XmlReader::piece(Kind kind, std::string_view terminator) {
  inside_ = kind;
  std::size_t end = in_.ahead().find(terminator);
  while (end == std::string_view::npos && in_.ahead().size() < piece_bytes && in_.more()) end = in_.ahead().find(terminator);
  if (end != std::string_view::npos) {
    text_ = {0, end};
    used_ = end + terminator.size();
    inside_ = Kind::nothing;
    return kind;
  }
  const std::size_t size = in_.ahead().size();
  if (size == 0) {
    fault(Code::truncated, "the text ends inside a comment or a CDATA section");
    inside_ = Kind::nothing;
    return Kind::nothing;
  }
  end = size > piece_bytes ? floor_char(in_.ahead(), size - terminator.size()) : size;
  if (end < size && !in_.ensure(size + 1)) end = size;
  text_ = {0, end};
  used_ = end;
  return kind;
}

XmlReader::Kind XmlReader::markup() {
  in_.ensure(9);
  const std::string_view text = in_.ahead();
  if (text.starts_with("<!--") || text.starts_with("<![CDATA[")) {
    const bool comment = text[2] == '-';
    const std::size_t length = comment ? 4 : 9;
    in_.skip(length);
    position_ += length;
    return piece(comment ? Kind::comment : Kind::cdata, comment ? "-->" : "]]>");
  }
  if (text.starts_with("<!")) return doctype();
  const std::size_t first = text.size() > 1 && (text[1] == '/' || text[1] == '?') ? 2 : 1;
  if (text.size() <= first || (first == 1 && !is_name_start(text[1]))) {
    fault(Code::corrupt, "a \"<\" begins no tag");
    return text_token();
  }
  const std::size_t end = tag_end();
  if (end < in_.ahead().size()) return tag(end);
  unclosed_until_ = position_ + end;
  fault(Code::truncated, "a tag does not end");
  return text_token();
}

// Where the '>' of the tag stands; the size of ahead() if there is none.
std::size_t XmlReader::tag_end() {
  bool quotes = true;
  for (std::size_t at = position_ < unclosed_until_ ? static_cast<std::size_t>(unclosed_until_ - position_) : 1;;) {
    const std::string_view text = in_.ahead();
    while (at < text.size() && text[at] != '>' && text[at] != '"' && text[at] != '\'') ++at;
    if (at >= text.size()) {
      if (text.size() < tag_bytes && in_.more()) continue;
      return in_.ahead().size();
    }
    if (text[at] == '>') return at;
    if (!quotes || position_ + at < unquoted_until_) {
      ++at;
      continue;
    }
    std::size_t close = text.find(text[at], at + 1);
    for (std::size_t seen = text.size(); close == std::string_view::npos && in_.ahead().size() < tag_bytes && in_.more(); seen = in_.ahead().size()) {
      close = in_.ahead().find(in_.ahead()[at], seen);
    }
    if (close == std::string_view::npos) {
      fault(Code::corrupt, "a quote in a tag is not closed");
      unquoted_until_ = position_ + in_.ahead().size();
      quotes = false;
      close = at;
    }
    at = close + 1;
  }
}

XmlReader::Kind XmlReader::tag(std::size_t end) {
  const std::string_view text = in_.ahead();
  used_ = end + 1;
  attributes_.clear();
  if (text[1] == '?') return Kind::instruction;
  const bool closing = text[1] == '/';
  std::size_t at = closing ? 2 : 1;
  name_.begin = at;
  while (at < end && !ends_name(text[at])) ++at;
  name_.end = at;
  if (closing) return Kind::end;
  empty_ = end > at && text[end - 1] == '/';
  const std::size_t stop = empty_ ? end - 1 : end;
  while (at < stop) attribute(at, stop);
  return Kind::start;
}

void XmlReader::attribute(std::size_t& at, std::size_t end) {
  const std::string_view text = in_.ahead();
  while (at < end && (is_blank(text[at]) || text[at] == '/' || text[at] == '=')) ++at;
  Attribute found;
  found.name.begin = at;
  while (at < end && !ends_name(text[at])) ++at;
  found.name.end = at;
  while (at < end && is_blank(text[at])) ++at;
  if (at >= end || text[at] != '=') {
    if (at == found.name.begin && at < end) ++at;
    return;
  }
  for (++at; at < end && is_blank(text[at]);) ++at;
  if (at >= end) return;
  const bool quoted = text[at] == '"' || text[at] == '\'';
  found.value.begin = at + quoted;
  if (quoted) {
    found.value.end = std::min(text.find(text[at], at + 1), end);
  } else {
    for (found.value.end = at; found.value.end < end && !is_blank(text[found.value.end]);) ++found.value.end;
  }
  at = std::max(at + 1, std::min(found.value.end + quoted, end));
  found.value.begin = std::min(found.value.begin, found.value.end);
  attributes_.push_back(found);
}

// <!DOCTYPE ...> with its internal subset, of which nothing is believed.
XmlReader::Kind XmlReader::doctype() {
  std::size_t at = 2, depth = 0;
  for (;; ++at) {
    if (at >= in_.ahead().size() && (at > doctype_bytes || !in_.more())) break;
    const char c = in_.ahead()[at];
    if (c == '[' ) ++depth;
    if (c == ']' && depth > 0) --depth;
    if (c == '>' && depth == 0) break;
    if (at > doctype_bytes) break;
  }
  const std::size_t end = std::min(at, in_.ahead().size());
  text_ = {0, end};
  used_ = std::min(end + 1, in_.ahead().size());
  if (!entities_told_ && view(text_).find("<!ENTITY") != std::string_view::npos) {
    entities_told_ = true;
    emit_.issue({Code::unsupported, stage_, "the document defines entities of its own; they were not expanded, their definitions were read as text", source(text_), true});
  }
  return Kind::doctype;
}

void XmlReader::decode(Span span, MappedText& out) const {
  const std::string_view text = in_.ahead().substr(0, span.end);
  std::size_t at = span.begin;
  while (at < span.end) {
    const std::size_t stop = std::min(text.find('&', at), span.end);
    in_.copy(at, stop, out);
    if (stop == span.end) return;
    const Entity entity = entity_at(text.substr(stop, entity_bytes));
    if (entity.length == 0) {
      in_.copy(stop, stop + 1, out);
      at = stop + 1;
      continue;
    }
    std::string made;
    append_utf8(made, entity.code);
    append_made(out, made, in_.source(stop, stop + entity.length));
    at = stop + entity.length;
  }
}

void XmlReader::fault(Code code, std::string what) {
  if (told_) return;
  told_ = true;
  emit_.issue({code, stage_, std::move(what) + "; all text was read all the same", in_.source(0, std::min<std::size_t>(in_.ahead().size(), 1)), true});
}

}  // namespace evtriage
