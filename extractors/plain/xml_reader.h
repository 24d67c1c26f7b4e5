// XmlReader: the tokens of XML 1.0 in windows, one at a time; no tree, no recursion, nothing expanded or fetched.
//
// Tokens are ranges of the stream's ahead() and hold until the next call.  Markup that is broken is read as text or
// passed over and told once.  Long texts, comments and CDATA sections come in pieces.
// Tested by tests/extractors/plain/xml_test.cpp.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "extractors/plain/text_stream.h"

namespace evtriage {

// The encoding that an XML declaration at the start of the item names, or nothing.
std::string xml_encoding(const Content& content);

// Whether text begins as XML does.
bool begins_like_xml(std::string_view text);

class XmlReader {
 public:
  enum class Kind : std::uint8_t { start, end, text, cdata, comment, doctype, instruction, nothing };
  struct Span {
    std::size_t begin = 0, end = 0;
  };
  struct Attribute {
    Span name, value;
  };

  XmlReader(TextStream& in, std::string_view stage, Emit& emit) : in_(in), stage_(stage), emit_(emit) {}

  Kind next();  // nothing: the item is at its end; never an instruction
  std::string_view name() const { return view(name_); }               // of start and end
  bool is_empty() const { return empty_; }                            // <a/>: no end follows
  const std::vector<Attribute>& attributes() const { return attributes_; }
  Span text() const { return text_; }                                 // of text, cdata, comment, doctype
  std::string_view view(Span span) const { return in_.ahead().substr(span.begin, span.end - span.begin); }
  // Appends a span with its references undone; entities that the document defines stay as they are written.
  void decode(Span span, MappedText& out) const;
  void copy(Span span, MappedText& out) const { in_.copy(span.begin, span.end, out); }  // as it is written
  ByteRange source(Span span) const { return in_.source(span.begin, span.end); }
  void fault(Code code, std::string what);  // once for a document

 private:
  Kind token();
  Kind text_token();
  Kind piece(Kind kind, std::string_view terminator);
  Kind markup();
  Kind doctype();
  Kind tag(std::size_t end);
  std::size_t tag_end();
  void attribute(std::size_t& at, std::size_t end);

  TextStream& in_;
  std::string stage_;
  Emit& emit_;
  std::size_t used_ = 0;        // of ahead(), by the last token
  std::uint64_t position_ = 0;  // of ahead() in the stream
  std::uint64_t unquoted_until_ = 0;  // before this, quotes in tags are not believed
  std::uint64_t unclosed_until_ = 0;  // no tag that begins before this ends before it
  Kind inside_ = Kind::nothing;       // of a comment or a CDATA section
  Span name_, text_;
  std::vector<Attribute> attributes_;
  bool empty_ = false, told_ = false, entities_told_ = false;
};

}  // namespace evtriage
