// HTML to text: one pass over tags, text and comments.  Broken markup is read as a browser would: a '<' that
// begins no tag is text, a tag that never ends takes the rest.
// Tested by tests/extractors/html_test.cpp.
#include "extractors/html_text.h"

#include <algorithm>
#include <array>

#include "extractors/entities.h"
#include "extractors/encoding.h"
#include "extractors/script_text.h"
#include "extractors/spooled.h"
#include "extractors/transfer.h"

namespace evtriage {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::size_t find_no_case(std::string_view text, std::string_view word, std::size_t from) {
  const auto found = std::search(text.begin() + static_cast<std::ptrdiff_t>(std::min(from, text.size())), text.end(), word.begin(), word.end(),
                                 [](char a, char b) { return lower(a) == b; });
  return found == text.end() ? text.npos : static_cast<std::size_t>(found - text.begin());
}

class Out {  // collects text; blanks collapse, blocks begin lines
 public:
  explicit Out(MappedText& to) : to_(to) {}
  void add(std::string_view bytes, std::size_t at) {
    to_.text += bytes;
    to_.map.append(bytes.size(), {at, at + bytes.size()});
  }
  void add_code(char32_t code, std::size_t at, std::size_t length) {
    const std::size_t before = to_.text.size();
    append_utf8(to_.text, code);
    to_.map.append(to_.text.size() - before, {at, at + length}, 0, 0);
  }
  void blank(std::size_t at) {
    if (!to_.text.empty() && !is_space(to_.text.back())) add_made(' ', at);
  }
  void made(std::string_view text, std::size_t at) {
    to_.text += text;
    to_.map.append(text.size(), {at, at}, 0, 0);
  }
  void line(std::size_t at) {
    if (!to_.text.empty() && to_.text.back() != '\n') add_made('\n', at);
  }
  // Text with character references; blanks collapse unless `raw`.
  void text(std::string_view html, std::size_t begin, std::size_t end, bool raw) {
    std::size_t plain = begin;
    for (std::size_t at = begin; at < end;) {
      const char c = html[at];
      if (c != '&' && (raw || !is_space(c))) {
        ++at;
        continue;
      }
      add(html.substr(plain, at - plain), plain);
      const Entity entity = c == '&' ? entity_at(html.substr(at, end - at)) : Entity{};
      if (entity.length != 0) {
        add_code(entity.code, at, entity.length);
        at += entity.length;
      } else if (c == '&') {
        add(html.substr(at, 1), at);
        ++at;
      } else {
        blank(at);
        while (at < end && is_space(html[at])) ++at;
      }
      plain = at;
    }
    add(html.substr(plain, end - plain), plain);
  }

 private:
  void add_made(char c, std::size_t at) {
    to_.text += c;
    to_.map.append(1, {at, at}, 0, 0);
  }
  MappedText& to_;
};

constexpr std::array<std::string_view, 16> inline_tags = {"a", "b", "i", "u", "em", "strong", "span", "font", "small", "big", "sub", "sup", "code", "bdi", "mark", "wbr"};

constexpr std::size_t form_value_bytes = 1024;  // longer ones are the state of a program
constexpr std::size_t longest_title = 4096;
constexpr std::size_t most_data_uris = 10'000;

// Names of <meta> that a person could read, with the property that they are.
constexpr std::pair<std::string_view, const char*> meta_names[] = {
    {"description", "dc:description"}, {"keywords", "dc:subject"}, {"author", "dc:creator"}, {"og:title", ""}, {"og:description", ""},
    {"og:site_name", ""}, {"twitter:title", ""}, {"twitter:description", ""}, {"abstract", ""}, {"subject", ""}};

class Reader {
 public:
  explicit Reader(std::string_view html)
      : html_(html), body_(out_.body), comments_(out_.comments), links_(out_.links), metadata_(out_.metadata) {}

  HtmlText run() {
    while (at_ < html_.size()) {
      const std::size_t open = std::min(html_.find('<', at_), html_.size());
      body_.text(html_, at_, open, false);
      at_ = open;
      if (at_ < html_.size()) markup();
    }
    return std::move(out_);
  }

 private:
  void markup() {
    const std::string_view rest = html_.substr(at_);
    if (rest.starts_with("<!--")) return comment();
    const char next = rest.size() > 1 ? lower(rest[1]) : '\0';
    if (next == '!' || next == '?') {
      bogus_comment();
    } else if ((next >= 'a' && next <= 'z') || next == '/') {
      tag();
    } else {
      body_.add(html_.substr(at_, 1), at_);
      ++at_;
    }
  }
  void comment() {
    const std::size_t begin = at_ + 4, end = std::min(html_.find("-->", begin), html_.size());
    comments_.text(html_, begin, end, true);
    comments_.line(end);
    at_ = std::min(end + 3, html_.size());
  }
  // <!DOCTYPE ...>, and what only programs before the browser read: <?php ...>, <![CDATA[...]]>.
  void bogus_comment() {
    const std::size_t begin = at_ + 2, end = std::min(html_.find('>', at_), html_.size());
    if (begin < end && find_no_case(html_.substr(begin, 7), "doctype", 0) != 0 && find_no_case(html_.substr(begin, 4), "xml ", 0) != 0) {
      comments_.text(html_, begin, end, true);
      comments_.line(end);
    }
    at_ = std::min(end + 1, html_.size());
  }
  void tag() {
    std::size_t at = at_ + 1;
    const bool closing = at < html_.size() && html_[at] == '/';
    at += closing;
    const std::size_t name_begin = at;
    while (at < html_.size() && !is_space(html_[at]) && html_[at] != '>' && html_[at] != '/') ++at;
    const std::string name = lowered(html_.substr(name_begin, std::min<std::size_t>(at - name_begin, 20)));
    if (std::find(inline_tags.begin(), inline_tags.end(), name) == inline_tags.end()) {
      name == "td" || name == "th" ? body_.blank(at_) : body_.line(at_);
    }
    meta_name_.clear();
    type_.clear();
    content_ = {};
    at_ = attributes(at);
    if (closing) return;
    if (name == "meta") meta();
    if (name == "script" || name == "style") program(name);
    if (name == "title") title();
  }
  void program(const std::string& name) {
    const std::size_t end = std::min(find_no_case(html_, "</" + name, at_), html_.size());
    if (name == "script") script(type_ == "application/ld+json" ? out_.json_ld : out_.scripts, at_, end);
    at_ = end;
  }
  void script(MappedText& to, std::size_t begin, std::size_t end) {
    append_script_text(html_, {begin, end}, to);
    Out(to).line(end);
  }
  void meta() {
    const auto* const known = std::find_if(std::begin(meta_names), std::end(meta_names), [&](const auto& entry) { return entry.first == meta_name_; });
    if (known == std::end(meta_names) || content_.size() == 0) return;
    const std::size_t before = out_.metadata.text.size() + meta_name_.size() + 2;
    metadata_.made(meta_name_ + ": ", content_.begin);
    metadata_.text(html_, content_.begin, content_.end, false);
    if (*known->second != '\0') out_.properties.emplace_back(known->second, out_.metadata.text.substr(before));
    metadata_.line(content_.end);
  }
  // The first one is the document's; later ones are text of pictures.
  void title() {
    if (std::exchange(has_title_, true)) return;
    const std::size_t end = std::min(find_no_case(html_, "</title", at_), html_.size());
    MappedText text;
    Out(text).text(html_, at_, std::min(end, at_ + longest_title), false);
    out_.title = printable(text.text);
  }
  // From behind the tag's name to behind its '>'.
  std::size_t attributes(std::size_t at) {
    while (at < html_.size() && html_[at] != '>') {
      if (is_space(html_[at]) || html_[at] == '/' || html_[at] == '=') {
        ++at;
        continue;
      }
      const std::size_t name_begin = at;
      while (at < html_.size() && !is_space(html_[at]) && html_[at] != '=' && html_[at] != '>' && html_[at] != '/') ++at;
      const std::string name = lowered(html_.substr(name_begin, std::min<std::size_t>(at - name_begin, 20)));
      while (at < html_.size() && is_space(html_[at])) ++at;
      if (at >= html_.size() || html_[at] != '=') continue;
      for (++at; at < html_.size() && is_space(html_[at]);) ++at;
      at = value(name, at);
    }
    return std::min(at + 1, html_.size());
  }
  std::size_t value(const std::string& name, std::size_t at) {
    if (at >= html_.size()) return at;
    const char quote = html_[at];
    const bool quoted = quote == '"' || quote == '\'';
    const std::size_t begin = at + quoted;
    std::size_t end = quoted ? html_.find(quote, begin) : html_.find_first_of(" \t\r\n\f>", begin);
    end = std::min(end, html_.size());
    if (name == "href" || name == "src" || name == "poster" || name == "data" || name == "srcset" || name == "action") {
      link(begin, end);
    } else if (name == "name" || name == "property" || name == "itemprop") {
      meta_name_ = lowered(html_.substr(begin, std::min<std::size_t>(end - begin, 40)));
    } else if (name == "content") {
      content_ = {begin, end};
    } else if (name == "type") {
      type_ = lowered(html_.substr(begin, std::min<std::size_t>(end - begin, 40)));
    } else if (name == "alt" || name == "title" || name == "placeholder" || name == "aria-label" || name == "label" ||
               name == "srcdoc" || (name == "value" && end - begin <= form_value_bytes)) {
      body_.line(begin);
      body_.text(html_, begin, end, false);
      body_.line(end);
    } else if (name.starts_with("data-") || name.starts_with("on")) {
      script(out_.scripts, begin, end);
    }
    return std::min(end + quoted, html_.size());
  }

  // A link is text; what a data: URI holds is none.
  void link(std::size_t begin, std::size_t end) {
    const std::string_view value = html_.substr(begin, end - begin);
    const std::size_t comma = value.substr(0, 256).find(',');
    if (find_no_case(value.substr(0, 5), "data:", 0) != 0 || comma == value.npos) {
      links_.text(html_, begin, end, true);
      return links_.line(end);
    }
    if (out_.data.size() == most_data_uris) return;
    const std::string head = lowered(value.substr(5, comma - 5));
    out_.data.push_back({head.substr(0, head.find(';')), head.ends_with(";base64"), begin + comma + 1, end});
  }

  std::string_view html_;
  HtmlText out_;
  Out body_, comments_, links_, metadata_;
  bool has_title_ = false;
  std::string meta_name_, type_;  // of the tag being read
  ByteRange content_;
  std::size_t at_ = 0;
};

std::string percent_decoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t high = text[i] == '%' && text.size() - i > 2 ? digits.find(lower(text[i + 1])) : digits.npos;
    const std::size_t low = high != digits.npos ? digits.find(lower(text[i + 2])) : digits.npos;
    out += low == digits.npos ? text[i] : static_cast<char>(high * 16 + low);
    if (low != digits.npos) i += 2;
  }
  return out;
}

void emit_data(std::string_view html, const std::vector<DataUri>& uris, const OffsetMap& back, Emit& emit, std::uint64_t* children) {
  if (uris.empty()) return;
  if (children == nullptr) {
    emit.issue({Code::unsupported, "html", std::to_string(uris.size()) + " files that lie in data: URIs were not taken out", back.to_source({uris[0].begin, uris[0].end}), true});
    return;
  }
  for (const DataUri& uri : uris) {
    if (emit.stop_requested()) return;
    const std::string_view encoded = html.substr(uri.begin, uri.end - uri.begin);
    Child child;
    child.step = {StepKind::member, ++*children, {}, ""};
    child.kind = ItemKind::embedded;
    child.media_type = printable(uri.media_type);
    const std::string plain = percent_decoded(encoded);
    emit_child_bytes(std::move(child), uri.base64 ? decode_transfer(plain, Transfer::base64, 0).bytes : plain, emit);
  }
  if (uris.size() == most_data_uris) {
    emit.issue({Code::limit, "html", "data_uris=" + std::to_string(most_data_uris) + ": the rest was not taken out", {}, true});
  }
}

void emit_part(MappedText part, const OffsetMap& back, const char* origin, bool is_message, Emit& emit) {
  if (part.text.empty()) return;
  TextSegment segment = TextSegment::of(Blob::own(std::move(part.text)), OffsetMap::compose(part.map, back), origin);
  segment.is_message = is_message;
  emit.text(std::move(segment));
}

class Html final : public Extractor {
 public:
  std::string_view name() const override { return "html"; }
  std::uint32_t version() const override { return 3; }
  bool accepts(const Identity& identity) const override {
    return identity.media_type == "text/html" || identity.media_type == "application/xhtml+xml" || identity.claimed_type.starts_with("text/html");
  }
  void extract(const Content& content, const Identity& identity, Emit& emit) const override {
    const Result<Blob> bytes = content.read({0, content.size()});
    if (!bytes) return emit.issue({bytes.error().code, "html", bytes.error().detail, {}, true});
    const std::string_view claimed = charset_of(identity.claimed_type);
    const std::string_view meta = meta_charset(bytes->chars());
    const EncodingHint hint{claimed.empty() ? meta : claimed, true, false};
    const std::string encoding = detect_encoding(bytes->chars(), hint).value_or("utf-8");
    const std::size_t mark = bom_length(bytes->chars(), encoding);
    const Decoded decoded = decode(bytes->chars().substr(mark), encoding, mark);
    std::uint64_t children = 0;
    emit_html(decoded.utf8, decoded.map, false, emit, &children);
  }
};

}  // namespace

HtmlText html_text(std::string_view html) { return Reader(html).run(); }

std::string_view meta_charset(std::string_view head) {
  head = head.substr(0, 1024);
  const std::size_t at = find_no_case(head, "charset=", 0);
  if (at == head.npos) return {};
  head.remove_prefix(at + 8);
  while (!head.empty() && (head[0] == '"' || head[0] == '\'' || is_space(head[0]))) head.remove_prefix(1);
  return head.substr(0, head.find_first_of("\"'; />\t\r\n"));
}

void emit_html(std::string_view html, const OffsetMap& back, bool is_message, Emit& emit, std::uint64_t* children) {
  HtmlText text = html_text(html);
  if (!text.title.empty()) emit.property("title", text.title);
  emit_part(std::move(text.body), back, "body", is_message, emit);
  emit_html_rest(std::move(text), html, back, emit, children);
}

void emit_html_rest(HtmlText text, std::string_view html, const OffsetMap& back, Emit& emit, std::uint64_t* children) {
  for (auto& [name, value] : text.properties) emit.property(std::move(name), std::move(value));
  emit_part(std::move(text.metadata), back, "metadata", false, emit);
  emit_part(std::move(text.json_ld), back, "metadata", false, emit);
  emit_part(std::move(text.comments), back, "comment", false, emit);
  emit_part(std::move(text.links), back, "links", false, emit);
  emit_part(std::move(text.scripts), back, "script", false, emit);
  emit_data(html, text.data, back, emit, children);
}

std::unique_ptr<const Extractor> make_html_extractor() { return std::make_unique<Html>(); }

}  // namespace evtriage
