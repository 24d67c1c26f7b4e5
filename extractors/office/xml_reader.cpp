// A buffer that always begins at the thing to be parsed; a thing that is cut asks for more and is parsed again.
// See xml_reader.h.
// Tested by tests/extractors/office/xml_reader_test.cpp.
#include "extractors/office/xml_reader.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace evtriage {
namespace {

constexpr std::size_t first_window = 16u << 10, last_window = 256u << 10;
constexpr std::size_t most_tag_bytes = 4u << 20;
constexpr std::size_t most_name_bytes = 1024;
constexpr std::size_t most_depth = 1000, most_bindings = 10'000, most_attributes = 10'000;
constexpr std::size_t longest_reference = 12;  // "&#x0010FFFF;"
constexpr Tag no_prefix = tag_of("");

constexpr std::array<bool, 256> make_name_ends() {
  std::array<bool, 256> ends{};
  for (const char c : {' ', '\t', '\r', '\n', '/', '>', '=', '<', '"', '\''}) ends[static_cast<unsigned char>(c)] = true;
  return ends;
}
constexpr std::array<bool, 256> name_ends = make_name_ends();

bool ends_name(char c) { return name_ends[static_cast<unsigned char>(c)]; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

struct Split {
  std::string_view prefix, local;
};
Split split(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == name.npos) return {{}, name};
  return {name.substr(0, colon), name.substr(colon + 1)};
}

}  // namespace

XmlReader::Event XmlReader::fail(Code code, std::string detail) {
  if (!error_) error_ = Error{code, std::move(detail)};
  return Event::finish;
}

// More bytes behind what is in the buffer; false at the end of the stream.
bool XmlReader::fill() {
  if (at_ > 0) {
    std::memmove(buffer_.get(), buffer_.get() + at_, end_ - at_);
    taken_ += at_;
    end_ -= at_;
    at_ = 0;
  }
  const std::size_t window = std::clamp(capacity_, first_window, last_window);
  if (capacity_ - end_ < window) {
    auto larger = std::make_unique_for_overwrite<char[]>(end_ + window);
    if (end_ > 0) std::memcpy(larger.get(), buffer_.get(), end_);
    buffer_ = std::move(larger);
    capacity_ = end_ + window;
  }
  const std::size_t room = capacity_ - end_;
  const std::size_t got = wide_ == Wide::no ? stream_.read(buffer_.get() + end_, room) : fill_wide(buffer_.get() + end_, room);
  end_ += got;
  if (!sniffed_ && got > 0) sniff_encoding();
  return got > 0;
}

// At the end of the bytes.
XmlReader::Event XmlReader::at_end() {
  if (stream_.error()) return fail(stream_.error()->code, stream_.error()->detail);
  if (!open_.empty()) return fail(Code::truncated, "the XML ends inside " + std::to_string(open_.size()) + " open elements");
  if (at_ < end_) return fail(Code::truncated, "the XML ends inside a tag");
  if (!had_root_) return fail(Code::corrupt, "no XML element in it");
  return Event::finish;
}

bool XmlReader::has(std::size_t count) {
  while (end_ - at_ < count) {
    if (!fill()) return false;
  }
  return true;
}

XmlReader::Event XmlReader::next() {
  if (error_) return Event::finish;
  if (!is_joining_) began_ = taken_ + at_;
  if (is_empty_) return close();
  if (!decoded_.empty()) decoded_.clear();
  for (;;) {
    while (at_ == end_) {  // again: the first bytes may be nothing but a byte order mark
      if (!fill()) return at_end();
    }
    const std::optional<Event> event = in_cdata_ ? take_cdata() : buffer_[at_] == '<' ? take_markup() : take_text();
    if (event) return *event;
  }
}

XmlReader::Event XmlReader::close() {
  is_empty_ = false;
  const Open& top = open_.back();
  tag_ = top.tag;
  ns_ = top.ns;
  if (top.bindings != bindings_.size()) {
    bindings_.resize(top.bindings);
    cache_is_good_ = false;
  }
  names_.resize(top.name);
  open_.pop_back();
  return Event::end;
}

std::optional<XmlReader::Event> XmlReader::take_text() {
  const std::string_view all = rest();
  std::size_t length = all.find('<');
  if (length == all.npos) {
    if (all.size() < last_window && fill()) return std::nullopt;
    length = rest().size();
    const std::size_t reference = rest().rfind('&');  // one that is cut waits for its end
    if (reference != all.npos && reference > 0 && length - reference < longest_reference) length = reference;
  }
  const std::string_view raw = rest().substr(0, length);
  at_ += length;
  if (open_.empty()) return std::nullopt;
  text_ = raw;
  if (raw.find('&') != raw.npos) {
    text_buffer_.clear();
    decode(raw, text_buffer_);
    text_ = text_buffer_;
  }
  return Event::text;
}

std::optional<XmlReader::Event> XmlReader::take_cdata() {
  if (!has(3)) return at_end();
  const std::size_t mark = rest().find("]]>");
  const std::size_t length = mark == std::string_view::npos ? end_ - at_ - 2 : mark;
  text_ = rest().substr(0, length);
  at_ += length;
  if (mark != std::string_view::npos) {
    at_ += 3;
    in_cdata_ = false;
  }
  if (text_.empty() || open_.empty()) return std::nullopt;
  return Event::text;
}

std::optional<XmlReader::Event> XmlReader::take_markup() {
  if (!has(2)) return at_end();
  const char kind = buffer_[at_ + 1];
  if (kind == '/') return take_end();
  if (kind == '?') return take_instruction();
  if (kind != '!') return take_start();
  if (has(4) && rest().starts_with("<!--")) {
    at_ += 4;
    if (!drop_until("-->")) return at_end();
    return std::nullopt;
  }
  if (has(9) && rest().starts_with("<![CDATA[")) {
    at_ += 9;
    in_cdata_ = true;
    return std::nullopt;
  }
  if (rest().starts_with("<!DOCTYPE") && !had_root_) return take_declaration();
  return fail(Code::corrupt, "a declaration where XML allows none");
}

bool XmlReader::drop_until(std::string_view mark) {
  for (;;) {
    const std::size_t found = rest().find(mark);
    if (found != std::string_view::npos) {
      at_ += found + mark.size();
      return true;
    }
    at_ = end_ - std::min(end_ - at_, mark.size() - 1);
    if (!fill()) return false;
  }
}

// <?xml version="1.0" encoding="..."?> names the encoding; other instructions say nothing here.
std::optional<XmlReader::Event> XmlReader::take_instruction() {
  (void)has(128);
  const std::string_view head = rest().substr(0, 128);
  if (taken_ + at_ <= 3 && head.starts_with("<?xml ") && wide_ == Wide::no) {
    const std::string_view declaration = head.substr(0, head.find("?>"));
    const std::size_t at = declaration.find("encoding=");
    if (at != declaration.npos && at + 10 < declaration.size()) {
      std::string name(declaration.substr(at + 10));
      name.resize(std::min(name.size(), name.find_first_of("\"'")));
      for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      if (name != "utf-8" && name != "utf8" && name != "us-ascii" && name != "ascii") {
        return fail(Code::unsupported, "XML in an encoding that is neither UTF-8 nor UTF-16 is not read");
      }
    }
  }
  at_ += 2;
  if (!drop_until("?>")) return at_end();
  return std::nullopt;
}

// <!DOCTYPE ...>: stepped over with all that it declares; quotes, comments and brackets only so that its end is found.
std::optional<XmlReader::Event> XmlReader::take_declaration() {
  at_ += 9;
  char quote = 0;
  bool inside = false;
  for (;;) {
    if (at_ == end_ && !fill()) return fail(Code::truncated, "the XML ends inside its document type declaration");
    const char c = buffer_[at_++];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '[') {
      inside = had_entities_ = true;
    } else if (c == ']') {
      inside = false;
    } else if (c == '>' && !inside) {
      return std::nullopt;
    } else if (c == '<' && has(3)) {
      const bool is_comment = rest().starts_with("!--"), is_instruction = rest().starts_with("?");
      if ((is_comment && !drop_until("-->")) || (is_instruction && !drop_until("?>"))) {
        return fail(Code::truncated, "the XML ends inside its document type declaration");
      }
    }
  }
}

// A tag is not whole: brings more of it; false if there is no more or it is too long, and the error is set.
bool XmlReader::more_of_tag() {
  if (end_ - at_ > most_tag_bytes) {
    fail(Code::limit, "tag_bytes=4194304: the rest of the XML was not read");
    return false;
  }
  if (fill()) return true;
  at_end();
  return false;
}

std::optional<XmlReader::Event> XmlReader::take_end() {
  const std::string_view name = open_.empty() ? std::string_view() : std::string_view(names_).substr(open_.back().name);
  std::size_t at = 2 + name.size();
  if (end_ - at_ <= at) {
    if (!more_of_tag()) return Event::finish;
    return std::nullopt;
  }
  const std::string_view all = rest();
  const bool is_same = !name.empty() && all.substr(2, name.size()) == name;
  while (is_same && at < all.size() && is_blank(all[at])) ++at;
  if (is_same && at == all.size()) {
    if (!more_of_tag()) return Event::finish;
    return std::nullopt;
  }
  if (!is_same || all[at] != '>') return fail(Code::corrupt, "an end tag closes no open element: the rest of the XML was not read");
  at_ += at + 1;
  return close();
}

XmlReader::Parsed XmlReader::parse_attribute(std::size_t& at) {
  const std::string_view all = rest();
  const std::size_t begin = at;
  while (at < all.size() && !ends_name(all[at])) ++at;
  const Split name = split(all.substr(begin, at - begin));
  while (at < all.size() && is_blank(all[at])) ++at;
  if (at == all.size()) return Parsed::cut;
  if (name.local.empty() || all[at] != '=') return Parsed::broken;
  for (++at; at < all.size() && is_blank(all[at]);) ++at;
  if (at == all.size()) return Parsed::cut;
  if (all[at] != '"' && all[at] != '\'') return Parsed::broken;
  const std::size_t end = all.find(all[at], at + 1);
  if (end == all.npos) return Parsed::cut;
  if (attributes_.size() == most_attributes) return Parsed::broken;
  attributes_.push_back({name.prefix, name.local, all.substr(at + 1, end - at - 1)});
  binds_ = binds_ || name.prefix == "xmlns" || (name.prefix.empty() && name.local == "xmlns");
  at = end + 1;
  return Parsed::whole;
}

// The name behind the '<' at at_, hashed while its end is looked for.
XmlReader::Name XmlReader::parse_name() const {
  const std::string_view all = rest();
  Name name;
  Tag hash = tag_of("");
  std::size_t at = 1, local = 1;
  for (; at < all.size() && !ends_name(all[at]); ++at) {
    if (all[at] == ':' && local == 1) {
      name.prefix = hash;
      hash = tag_of("");
      local = at + 1;
    } else {
      hash = add_to_tag(hash, all[at]);
    }
  }
  name.whole = all.substr(1, at - 1);
  name.local = all.substr(local, at - local);
  name.tag = hash;
  return name;
}

// <name attributes> or <name attributes/> at at_; `length`: of the tag.
XmlReader::Parsed XmlReader::parse_tag(Name& name, std::size_t& length) {
  const std::string_view all = rest();
  attributes_.clear();
  binds_ = false;
  name = parse_name();
  std::size_t at = 1 + name.whole.size();
  for (;;) {
    while (at < all.size() && is_blank(all[at])) ++at;
    if (at == all.size()) return Parsed::cut;
    if (all[at] == '>' || all[at] == '/') break;
    const Parsed parsed = parse_attribute(at);
    if (parsed != Parsed::whole) return parsed;
  }
  is_empty_ = all[at] == '/';
  if (is_empty_ && ++at == all.size()) return Parsed::cut;
  length = at + 1;
  return all[at] == '>' && !name.local.empty() && name.whole.size() <= most_name_bytes ? Parsed::whole : Parsed::broken;
}

std::optional<XmlReader::Event> XmlReader::take_start() {
  Name name;
  std::size_t length = 0;
  const Parsed parsed = parse_tag(name, length);
  if (parsed != Parsed::whole) is_empty_ = false;
  if (parsed == Parsed::broken) return fail(Code::corrupt, "a tag that is no XML: the rest was not read");
  if (parsed == Parsed::cut) {
    if (!more_of_tag()) return Event::finish;
    return std::nullopt;
  }
  if (open_.size() == most_depth) return fail(Code::limit, "xml_depth=1000: the rest of the XML was not read");
  if (open_.empty() && had_root_) return fail(Code::corrupt, "a second root element: it was not read");
  const std::size_t bindings = bindings_.size();
  ns_ = bind_and_resolve(name.prefix);
  if (error_) return Event::finish;
  local_ = name.local;
  tag_ = name.tag;
  open_.push_back({tag_, ns_, bindings, names_.size()});
  names_ += name.whole;
  had_root_ = true;
  at_ += length;
  return Event::start;
}

Ns XmlReader::bind_and_resolve(Tag prefix) {
  if (binds_) {
    cache_is_good_ = false;
    for (const Attribute& attribute : attributes_) {
      const bool is_default = attribute.prefix.empty() && attribute.local == "xmlns";
      if (!is_default && attribute.prefix != "xmlns") continue;
      if (bindings_.size() == most_bindings) {
        fail(Code::limit, "xml_namespaces=10000: the rest of the XML was not read");
        return Ns::other;
      }
      bindings_.push_back({is_default ? no_prefix : tag_of(attribute.local), namespace_named(attribute.raw)});
    }
  }
  return resolve(prefix);
}

Ns XmlReader::resolve(Tag prefix) {
  if (cache_is_good_ && cached_.prefix == prefix) return cached_.ns;
  Ns ns = prefix == no_prefix ? Ns::none : Ns::other;
  for (std::size_t i = bindings_.size(); i-- > 0;) {
    if (bindings_[i].prefix != prefix) continue;
    ns = bindings_[i].ns;
    break;
  }
  cached_ = {prefix, ns};
  cache_is_good_ = true;
  return ns;
}

Ns XmlReader::namespace_of(const Attribute& attribute) {
  return attribute.prefix.empty() ? Ns::none : resolve(tag_of(attribute.prefix));
}

std::string_view XmlReader::attribute(std::string_view local, Ns ns) {
  for (const Attribute& attribute : attributes_) {
    if (attribute.local == local && namespace_of(attribute) == ns) return decoded(attribute.raw);
  }
  return {};
}

}  // namespace evtriage
