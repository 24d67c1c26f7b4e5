// RTF 1.9: one pass over bytes, groups on a stack of our own, text through the code page of its font.
//
// A group knows where its text goes (Into).  An unknown destination behind \* is skipped as the standard asks;
// unknown words without it are formatting.  Bytes above ASCII wait in `pending_` until their character is whole.
// Tested by tests/extractors/ole/rtf_test.cpp.
#include "extractors/ole/rtf_reader.h"

#include <algorithm>
#include <map>

#include "extractors/encoding.h"
#include "extractors/ole/rtf_object.h"
#include "extractors/ole/rtf_source.h"
#include "extractors/ole/rtf_text.h"

namespace evtriage::ole {
namespace {

constexpr std::size_t most_depth = 1 << 20, most_fonts = 65536, most_pending = 4096;

struct Group {
  RtfText::Style style;
  bool own = false;       // this group began its destination
  std::uint16_t skip = 1;  // \uc: characters to pass over behind a \u
  std::int32_t font = -1;
};

int hex_value(int c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}
bool is_letter(int c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(int c) { return c >= '0' && c <= '9'; }

class Reader {
 public:
  Reader(const Content& content, const RtfOptions& options, Emit& emit, Children& children)
      : options_(options), emit_(emit), children_(children), content_(content), in_(content, emit), text_(options, emit) {}

  std::string run() {
    stack_.emplace_back();
    for (std::uint64_t n = 0; in_.peek() != RtfSource::end; ++n) {
      if (n % 65536 == 0 && emit_.stop_requested()) break;
      const std::uint64_t at = in_.position();
      const int c = in_.get();
      if (c == '{') {
        open();
      } else if (c == '}') {
        if (!close(at)) break;
      } else if (c == '\\') {
        control(at);
      } else if (c != '\r' && c != '\n' && c != 0) {
        byte(static_cast<char>(c), {at, at + 1}, false);
      }
    }
    return finish();
  }

 private:
  Group& now() { return stack_.back(); }

  void open() {
    flush();
    skip_ = 0;
    star_ = false;
    if (stack_.size() >= most_depth) {
      ++beyond_;
      return;
    }
    Group next = now();
    next.own = false;
    stack_.push_back(next);
  }

  bool close(std::uint64_t at) {
    flush();
    skip_ = 0;
    star_ = false;
    if (beyond_ > 0) {
      --beyond_;
      told_depth_ = true;
      return true;
    }
    if (stack_.size() > 1) leave();
    if (stack_.size() > 1) return true;
    closed_ = true;  // the document ends with its first group; what stands behind it is told
    for (int c = in_.peek(); c != RtfSource::end; c = in_.peek()) {
      if (c > ' ') break;
      in_.get();
    }
    if (in_.left() > 0) after(at);
    return false;
  }
  void after(std::uint64_t at) {
    const ByteRange rest{at + 1, content_.size()};
    tell(Code::unsupported, "bytes stand behind the end of the document; they are a child", rest);
    NewChild child;
    child.name = "behind the end of the document";
    children_.add(std::move(child), std::make_shared<StreamContent>(content_, ByteRuns(rest)),
                  options_.source ? std::nullopt : std::optional<ByteRange>(rest));
  }
  void tell(Code code, std::string detail, ByteRange where) {
    emit_.issue({code, "rtf", std::move(detail), options_.source ? *options_.source : where, true});
  }
  void leave() {
    if (now().own) end_destination(now().style.into);
    stack_.pop_back();
  }
  void end_destination(Into into) {
    if ((into == Into::picture || into == Into::object_data) && bytes_.is_open()) {
      bytes_.end(emit_, children_, into == Into::object_data ? text_.object_class() : std::string());
      text_.forget_object_class();
    }
    text_.end(into);
  }

  void control(std::uint64_t at) {
    const int c = in_.peek();
    if (is_letter(c)) return word(at);
    if (c == RtfSource::end) return;
    in_.get();
    const ByteRange source{at, in_.position()};
    switch (c) {
      case '\'': return escaped(at);
      case '*': star_ = true; return;
      case '~': return character(0xa0, source);
      case '_': return character('-', source);
      case '-': case ':': case '|': return;  // an optional hyphen is not shown
      case '\r': case '\n': return character('\n', source);
      default: byte(static_cast<char>(c), source, true);  // \\ \{ \}
    }
  }
  void escaped(std::uint64_t at) {
    const int high = hex_value(in_.peek());
    if (high < 0) return;
    in_.get();
    const int low = hex_value(in_.peek());
    if (low < 0) return;
    in_.get();
    byte(static_cast<char>(high << 4 | low), {at, in_.position()}, true);
  }

  void word(std::uint64_t at) {
    std::string name;
    while (is_letter(in_.peek()) && name.size() < 32) name += static_cast<char>(in_.get());
    bool has = false, negative = false;
    std::int64_t number = 0;
    if (in_.peek() == '-') {
      negative = true;
      in_.get();
    }
    for (int digits = 0; is_digit(in_.peek()); ++digits) {
      has = true;
      const int d = in_.get() - '0';
      if (digits < 10) number = number * 10 + d;
    }
    if (negative) number = -number;
    if (in_.peek() == ' ') in_.get();
    const ControlWord& known = control_word(name);
    const bool star = star_;
    star_ = false;
    if (skip_ > 0 && known.kind != WordKind::unicode && known.kind != WordKind::destination) {
      --skip_;
      if (known.kind != WordKind::binary) return;
    }
    if (star && known.kind != WordKind::destination && known.kind != WordKind::transparent) {
      flush();
      return into(Into::skip, {at, in_.position()});
    }
    act(known, has ? std::optional<std::int64_t>(number) : std::nullopt, {at, in_.position()});
  }

  void act(const ControlWord& known, std::optional<std::int64_t> number, ByteRange source) {
    switch (known.kind) {
      case WordKind::none: flush(); return;
      case WordKind::transparent: return transparent();
      case WordKind::destination: return into(known.into, source);
      case WordKind::character: return character(known.value, source);
      case WordKind::paragraph: case WordKind::line: case WordKind::row: return mark(U'\n', source);
      case WordKind::cell: return mark(U'\t', source);
      case WordKind::unicode: return unicode(number.value_or(0), source);
      case WordKind::unicode_skip: now().skip = static_cast<std::uint16_t>(std::clamp<std::int64_t>(number.value_or(1), 0, 255)); return;
      case WordKind::binary: return binary(number.value_or(0), source.begin);
      case WordKind::plain: return plain();
      case WordKind::hidden: flush(); now().style.hidden = number.value_or(1) != 0; return;
      case WordKind::deleted: flush(); now().style.deleted = number.value_or(1) != 0; return;
      case WordKind::html_rtf: flush(); now().style.html_rtf = number.value_or(1) != 0; return;
      case WordKind::from_html: return text_.from_html();
      case WordKind::from_text: return;
      case WordKind::picture_type: return bytes_.picture_type(known.value);
      case WordKind::created: case WordKind::modified: case WordKind::printed: case WordKind::year: case WordKind::month: case WordKind::day:
      case WordKind::hour: case WordKind::minute: case WordKind::second: return text_.date(known.kind, number.value_or(0));
      default: return fonts(known.kind, number.value_or(0));
    }
  }

  void transparent() {
    flush();
    if (now().style.into == Into::skip && stack_.size() > 1) now().style.into = around();
  }
  // Where text went before the destination that skips began.
  Into around() const {
    for (std::size_t i = stack_.size(); i-- > 0;) {
      if (stack_[i].style.into != Into::skip) return stack_[i].style.into;
      if (stack_.size() - i > 8) break;
    }
    return Into::body;
  }
  void into(Into to, ByteRange source) {
    flush();
    if (now().own) end_destination(now().style.into);
    const bool inside_skip = now().style.into == Into::skip && to != Into::object_data && to != Into::picture && to != Into::link;
    now().style.into = inside_skip ? Into::skip : to;
    now().own = true;
    if (inside_skip) return;
    if (to == Into::picture || to == Into::object_data) {
      if (bytes_.is_open()) bytes_.end(emit_, children_, "");
      bytes_.begin(emit_, to == Into::object_data, source);
    }
    text_.begin(to, source);
  }

  void plain() {
    flush();
    now().style.hidden = now().style.deleted = false;
    now().font = default_font_;
  }

  void fonts(WordKind kind, std::int64_t number) {
    flush();
    switch (kind) {
      case WordKind::font: now().font = static_cast<std::int32_t>(std::clamp<std::int64_t>(number, -1, 1 << 30)); break;
      case WordKind::default_font: default_font_ = static_cast<std::int32_t>(std::clamp<std::int64_t>(number, -1, 1 << 30)); break;
      case WordKind::charset: font_page(code_page_of_charset(static_cast<unsigned>(number & 0xff))); break;
      case WordKind::code_page_of_font: font_page(static_cast<unsigned>(std::clamp<std::int64_t>(number, 0, 65535))); break;
      case WordKind::code_page: page_ = static_cast<unsigned>(std::clamp<std::int64_t>(number, 0, 65535)); break;
      case WordKind::mac: page_ = 10000; break;
      case WordKind::pc: page_ = 437; break;
      case WordKind::pca: page_ = 850; break;
      default: break;
    }
    choose();
  }
  void font_page(unsigned page) {
    if (now().style.into == Into::fonts && page != 0 && pages_.size() < most_fonts) pages_[now().font] = page;
  }
  // The encoding of the bytes that follow.
  void choose() {
    const auto page = pages_.find(now().font >= 0 ? now().font : default_font_);
    chosen_for_ = now().font;
    encoding_ = code_page_name(page == pages_.end() ? page_ : page->second);
    upper_ = upper_half(encoding_);
  }

  void character(char32_t code, ByteRange source) {
    flush();
    if (skip_ > 0) {
      --skip_;
      return;
    }
    text_.put(code, source, now().style);
  }
  void mark(char32_t code, ByteRange source) {
    flush();
    text_.paragraph(source, now().style, code);
  }

  void unicode(std::int64_t number, ByteRange source) {
    flush();
    skip_ = now().skip;
    const auto unit = static_cast<char32_t>(number & 0xffff);
    if (number > 0xffff && number <= 0x10ffff) return text_.put(static_cast<char32_t>(number), source, now().style);
    if (unit >= 0xd800 && unit < 0xdc00) {
      high_ = unit;
      high_at_ = source;
      return;
    }
    if (unit >= 0xdc00 && unit < 0xe000 && high_ != 0) {
      const char32_t code = 0x10000 + ((high_ - 0xd800) << 10) + (unit - 0xdc00);
      high_ = 0;
      return text_.put(code, {high_at_.begin, source.end}, now().style);
    }
    high_ = 0;
    // Symbol fonts hide their characters at F000: the low byte is what was typed.
    text_.put(unit >= 0xf020 && unit < 0xf100 ? unit - 0xf000 : unit, source, now().style);
  }

  void binary(std::int64_t number, std::uint64_t at) {
    flush();
    std::uint64_t length = number > 0 ? static_cast<std::uint64_t>(number) : 0;
    if (length > in_.left()) {
      tell(Code::truncated, "\\bin declares " + std::to_string(length) + " bytes, " + std::to_string(in_.left()) + " are left", {at, content_.size()});
      if (!takes_bytes()) return;  // a length that lies hides no text: what follows is read as RTF
      length = in_.left();
    }
    if (takes_bytes()) {
      for (std::uint64_t done = 0; done < length;) {
        const ByteRange range{in_.position() + done, in_.position() + std::min(length, done + (1 << 20))};
        const auto bytes = content_.read(range);
        if (bytes) bytes_.raw(bytes->view());
        done += range.size();
      }
    }
    in_.skip(length);
  }
  bool takes_bytes() { return bytes_.is_open() && (now().style.into == Into::picture || now().style.into == Into::object_data); }

  // One byte of text: `escaped` if it was written as \'hh or behind a backslash.
  void byte(char c, ByteRange source, bool escaped) {
    if (takes_bytes()) {
      if (!escaped) bytes_.hex(c);
      return;
    }
    if (skip_ > 0) {
      --skip_;
      return;
    }
    if (now().font != chosen_for_) choose();
    const auto value = static_cast<unsigned char>(c);
    if (value < 0x80 && pending_.empty()) return text_.put(value, source, now().style);
    if (upper_ != nullptr && pending_.empty()) {
      const char16_t unit = upper_[value - 0x80];
      return text_.put(unit != 0 ? static_cast<char32_t>(unit) : U'\ufffd', source, now().style);
    }
    pending_ += c;
    places_.push_back(source);
    if (pending_.size() >= most_pending) flush();
  }

  // Decodes what waits; each character gets the places of its bytes.
  void flush() {
    if (pending_.empty()) return;
    const std::string bytes = std::exchange(pending_, {});
    const std::vector<ByteRange> places = std::exchange(places_, {});
    const Decoded decoded = decode(bytes, encoding_, 0);
    for (std::size_t at = 0; at < decoded.utf8.size();) {
      const Character c = decode_utf8(decoded.utf8, at);
      const ByteRange used = decoded.map.to_source({at, at + c.length});
      const std::size_t first = std::min<std::size_t>(static_cast<std::size_t>(used.begin), places.size() - 1);
      const std::size_t last = std::clamp<std::size_t>(static_cast<std::size_t>(used.end), first + 1, places.size()) - 1;
      text_.put(c.code, {places[first].begin, places[last].end}, now().style);
      at += c.length;
    }
  }

  std::string finish() {
    flush();
    if (!closed_) tell(Code::truncated, "the file ends inside a group", {content_.size(), content_.size()});
    if (told_depth_ || beyond_ > 0) emit_.issue({Code::limit, "rtf", "groups=1048576 inside each other: deeper ones were read without their formatting", {}, true});
    while (stack_.size() > 1) leave();
    return text_.finish();
  }

  const RtfOptions& options_;
  Emit& emit_;
  Children& children_;
  const Content& content_;
  RtfSource in_;
  RtfText text_;
  RtfBytes bytes_;
  std::vector<Group> stack_;
  std::uint64_t beyond_ = 0;
  bool told_depth_ = false, closed_ = false, star_ = false;
  unsigned skip_ = 0;  // characters that stand for a \u and are passed over
  char32_t high_ = 0;
  ByteRange high_at_;
  std::string pending_;
  std::vector<ByteRange> places_;
  unsigned page_ = 1252;
  std::int32_t default_font_ = -1, chosen_for_ = -2;
  std::map<std::int32_t, unsigned> pages_;
  std::string_view encoding_ = "windows-1252";
  const char16_t* upper_ = nullptr;
};

}  // namespace

std::string read_rtf(const Content& content, const RtfOptions& options, Emit& emit, Children& children) {
  return Reader(content, options, emit, children).run();
}

}  // namespace evtriage::ole
