// What XmlReader does with characters: references, UTF-16, the encoding of the first bytes.  See xml_reader.h.
// Tested by tests/extractors/office/xml_reader_test.cpp.
#include <charconv>
#include <cstring>

#include "extractors/office/xml_reader.h"
#include "pipeline/core/byte_reader.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr std::size_t longest_reference = 12;
constexpr std::size_t most_joined_text = 1u << 20;

// The character that "amp" or "#x41" names; 0 if none.
char32_t referenced(std::string_view name) {
  if (name == "amp") return '&';
  if (name == "lt") return '<';
  if (name == "gt") return '>';
  if (name == "quot") return '"';
  if (name == "apos") return '\'';
  if (name.size() < 2 || name[0] != '#') return 0;
  const bool is_hex = name[1] == 'x';
  name.remove_prefix(is_hex ? 2 : 1);
  std::uint32_t code = 0;
  const auto parsed = std::from_chars(name.data(), name.data() + name.size(), code, is_hex ? 16 : 10);
  if (parsed.ec != std::errc() || parsed.ptr != name.data() + name.size()) return 0;
  if (code == 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return 0xfffd;
  return code;
}

}  // namespace

// What is no reference that XML itself knows stays as it was written.
void XmlReader::decode(std::string_view raw, std::string& out) const {
  for (;;) {
    const std::size_t plain = raw.find('&');
    out += raw.substr(0, plain);
    if (plain == raw.npos) return;
    raw.remove_prefix(plain);
    const std::size_t end = raw.substr(0, longest_reference).find(';');
    const char32_t code = end == raw.npos ? 0 : referenced(raw.substr(1, end - 1));
    if (code == 0) {
      out += '&';
      raw.remove_prefix(1);
    } else {
      append_utf8(out, code);
      raw.remove_prefix(end + 1);
    }
  }
}

std::string_view XmlReader::decoded(std::string_view raw) {
  if (raw.find('&') == raw.npos) return raw;
  std::string& text = decoded_.emplace_back();
  decode(raw, text);
  return text;
}

// After the first bytes came: a byte order mark, or the first '<' in UTF-16.
void XmlReader::sniff_encoding() {
  while (end_ < 4) {
    const std::size_t got = stream_.read(buffer_.get() + end_, 4 - end_);
    if (got == 0) break;
    end_ += got;
  }
  sniffed_ = true;
  const std::string_view head = rest();
  if (head.starts_with("\xef\xbb\xbf")) at_ += 3;
  if (head.starts_with("\xff\xfe") || head.starts_with(std::string_view("<\0", 2))) wide_ = Wide::little;
  if (head.starts_with("\xfe\xff") || head.starts_with(std::string_view("\0<", 2))) wide_ = Wide::big;
  if (wide_ == Wide::no) return;
  std::string raw(head), out;
  if (raw.size() % 2 != 0) {
    odd_ = raw.back();
    raw.pop_back();
  }
  narrow(raw, out);
  if (out.size() > capacity_) {  // two bytes of UTF-16 can be three of UTF-8
    buffer_ = std::make_unique_for_overwrite<char[]>(out.size());
    capacity_ = out.size();
  }
  std::memcpy(buffer_.get(), out.data(), out.size());
  end_ = out.size();
  at_ = out.starts_with("\xef\xbb\xbf") ? 3 : 0;
}

// UTF-16 to UTF-8: at most three bytes for two.  Half a unit waits in odd_, half a pair in high_.
std::size_t XmlReader::fill_wide(char* to, std::size_t size) {
  std::string raw, out;
  do {
    raw.resize(size / 2 - odd_.size());
    raw.resize(stream_.read(raw.data(), raw.size()));
    if (raw.empty()) break;
    raw.insert(0, odd_);
    odd_.clear();
    if (raw.size() % 2 != 0) {
      odd_ = raw.back();
      raw.pop_back();
    }
    narrow(raw, out);
  } while (out.empty());
  std::memcpy(to, out.data(), out.size());
  return out.size();
}

void XmlReader::narrow(std::string_view raw, std::string& out) {
  ByteReader in(raw);
  while (in.left() > 0) {
    const char16_t unit = wide_ == Wide::little ? in.u16le() : in.u16be();
    if (high_ != 0 && unit >= 0xdc00 && unit < 0xe000) {
      append_utf8(out, 0x10000 + ((static_cast<char32_t>(high_) - 0xd800) << 10) + (unit - 0xdc00u));
      high_ = 0;
      continue;
    }
    if (high_ != 0) append_utf8(out, 0xfffd);
    high_ = unit >= 0xd800 && unit < 0xdc00 ? unit : char16_t{0};
    if (high_ == 0) append_utf8(out, unit >= 0xdc00 && unit < 0xe000 ? char32_t{0xfffd} : char32_t{unit});
  }
}

void XmlReader::skip() {
  const std::size_t outside = open_.size() - 1;
  for (Event event = next(); event != Event::finish; event = next()) {
    if (event == Event::end && open_.size() == outside) return;
  }
}

std::string XmlReader::all_text() {
  std::string out;
  const std::size_t outside = open_.size() - 1;
  is_joining_ = true;
  for (Event event = next(); event != Event::finish; event = next()) {
    if (event == Event::end && open_.size() == outside) break;
    if (event == Event::text) out += text_.substr(0, most_joined_text - out.size());
  }
  is_joining_ = false;
  return out;
}

}  // namespace evtriage
