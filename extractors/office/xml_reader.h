// XmlReader: a pull parser of XML 1.0 with namespaces over a PartStream, in bounded memory.
//
// It knows no entities but the five of XML and numbers of characters: a document type declaration is stepped over, a
// reference to anything else stays in the text as it was written.  So nothing expands and nothing is fetched.  Depth,
// tag size and bindings are bounded.  Names are compared by hash (xml_names.h), tags must match.
//
//   XmlReader xml(stream);
//   for (auto event = xml.next(); event != XmlReader::Event::finish; event = xml.next()) ...
//   if (xml.error()) ...                      // what came before the trouble was good
//
// Views are good until the next call of next() or skip().  UTF-8 and UTF-16 are read; bytes that are no UTF-8 come
// through as they are.
// Tested by tests/extractors/office/xml_reader_test.cpp.
#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/office/part_stream.h"
#include "extractors/office/xml_names.h"

namespace evtriage {

class XmlReader {
 public:
  enum class Event : std::uint8_t { start, end, text, finish };

  explicit XmlReader(PartStream& stream) : stream_(stream) {}
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  Event next();
  // After a start: goes behind the element's end, so that next() gives what follows.
  void skip();
  // After a start: all text inside the element, joined (at most 1 MiB is kept); goes behind its end.
  std::string all_text();

  // The element of the last start or end.
  Ns ns() const { return ns_; }
  Tag tag() const { return tag_; }
  std::string_view local() const { return local_; }  // of a start only
  // Elements that are open; a start counts itself, an end does not.
  std::size_t depth() const { return open_.size(); }
  std::string_view text() const { return text_; }    // of the last text; a long text comes in pieces
  // Of the last start; empty if there is none.
  std::string_view attribute(std::string_view local, Ns ns = Ns::none);
  struct Attribute {
    std::string_view prefix, local, raw;
  };
  const std::vector<Attribute>& attributes() const { return attributes_; }
  std::string_view decoded(std::string_view raw);  // references undone
  Ns namespace_of(const Attribute& attribute);

  // Unpacked bytes up to the end of the last event.
  std::uint64_t position() const { return taken_ + at_; }
  // ... up to the beginning of the last event; after all_text() that of its element's start.
  std::uint64_t began() const { return began_; }
  bool is_recoded() const { return wide_ != Wide::no; }  // position() counts other bytes than the stream's
  bool had_entities() const { return had_entities_; }    // a document type declaration declared something
  const std::optional<Error>& error() const { return error_; }

 private:
  enum class Wide : std::uint8_t { no, little, big };
  struct Open {
    Tag tag;
    Ns ns;
    std::size_t bindings;  // number of bindings outside
    std::size_t name;      // where its name begins in names_
  };
  struct Name {  // of an element, as parsed
    std::string_view whole, local;
    Tag prefix = tag_of(""), tag = 0;
  };
  struct Binding {
    Tag prefix;
    Ns ns;
  };

  bool fill();
  std::size_t fill_wide(char* to, std::size_t size);
  void narrow(std::string_view raw, std::string& out);
  void sniff_encoding();
  bool has(std::size_t count);
  std::string_view rest() const { return {buffer_.get() + at_, end_ - at_}; }
  Event fail(Code code, std::string detail);
  Event at_end();
  bool more_of_tag();
  Event close();
  // Each takes one thing at at_; nullopt: nothing to tell, go on.
  std::optional<Event> take_text();
  std::optional<Event> take_cdata();
  std::optional<Event> take_markup();
  std::optional<Event> take_instruction();
  std::optional<Event> take_declaration();
  std::optional<Event> take_start();
  std::optional<Event> take_end();
  bool drop_until(std::string_view mark);  // goes behind the next mark; false if there is none
  enum class Parsed : std::uint8_t { whole, cut, broken };
  Name parse_name() const;
  Parsed parse_tag(Name& name, std::size_t& length);
  Parsed parse_attribute(std::size_t& at);
  Ns bind_and_resolve(Tag prefix);
  Ns resolve(Tag prefix);
  void decode(std::string_view raw, std::string& out) const;

  PartStream& stream_;
  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_ = 0;
  std::size_t at_ = 0, end_ = 0;  // in buffer_: what is not parsed yet
  std::uint64_t taken_ = 0;       // bytes that left the buffer
  std::uint64_t began_ = 0;
  std::vector<Open> open_;
  std::string names_;  // of the open elements, one behind the other
  std::vector<Binding> bindings_;
  std::vector<Attribute> attributes_;
  std::deque<std::string> decoded_;
  std::string text_buffer_;
  std::string_view text_, local_;
  Tag tag_ = 0;
  Ns ns_ = Ns::none;
  Binding cached_{0, Ns::none};
  bool cache_is_good_ = false;
  bool is_empty_ = false, in_cdata_ = false, binds_ = false, sniffed_ = false, had_entities_ = false, had_root_ = false, is_joining_ = false;
  Wide wide_ = Wide::no;
  char16_t high_ = 0;  // first half of a pair, in UTF-16
  std::string odd_;    // half a unit, in UTF-16
  std::optional<Error> error_;
};

}  // namespace evtriage
