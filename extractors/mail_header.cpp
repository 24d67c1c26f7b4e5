// Encoded words of one charset that follow each other are joined before they are decoded, because programs cut
// characters between them.
// Tested by tests/extractors/mail_header_test.cpp.
#include "extractors/mail_header.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "extractors/encoding.h"
#include "extractors/mail_text.h"
#include "extractors/mime.h"
#include "extractors/transfer.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr std::size_t most_word_bytes = 4096;  // RFC 2047 allows 75
constexpr std::size_t most_parameters = 1000;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string encoding_of(std::string_view bytes, std::string_view charset) {
  if (charset.empty() && is_valid_utf8(bytes)) return "utf-8";
  return detect_encoding(bytes, {charset, true, false}).value_or("windows-1252");
}

struct EncodedWord {
  std::string_view charset, data;
  bool base64 = false;
  std::size_t length = 0;  // with its marks
};

// "=?" charset [ "*" language ] "?" ( "B" / "Q" ) "?" data "?="; `text` begins with "=?".
std::optional<EncodedWord> word_at(std::string_view text) {
  text = text.substr(0, most_word_bytes);
  EncodedWord word;
  const std::size_t first = text.substr(0, 80).find('?', 2);
  if (first == text.npos || first == 2 || first + 2 >= text.size() || text[first + 2] != '?') return std::nullopt;
  word.charset = text.substr(2, first - 2);
  if (std::any_of(word.charset.begin(), word.charset.end(), is_blank)) return std::nullopt;
  word.charset = word.charset.substr(0, word.charset.find('*'));
  const char kind = lower(text[first + 1]);
  if (kind != 'b' && kind != 'q') return std::nullopt;
  word.base64 = kind == 'b';
  const std::size_t end = text.find("?=", first + 3);
  if (end == text.npos) return std::nullopt;
  word.data = text.substr(first + 3, end - first - 3);
  word.length = end + 2;
  return word;
}

std::string undo(const EncodedWord& word) {
  if (word.base64) return decode_transfer(word.data, Transfer::base64, 0).bytes;
  std::string data(word.data);
  std::replace(data.begin(), data.end(), '_', ' ');
  return decode_transfer(data, Transfer::quoted_printable, 0).bytes;
}

class HeaderDecoder {
 public:
  HeaderDecoder(std::string_view raw, std::uint64_t begin, std::string_view charset) : raw_(raw), begin_(begin) {
    plain_encoding_ = is_valid_utf8(raw) ? "utf-8" : encoding_of(raw, charset);
  }
  HeaderText run() {
    std::size_t plain = 0;
    for (std::size_t at = raw_.find("=?"); at != raw_.npos;) {
      const std::optional<EncodedWord> word = word_at(raw_.substr(at));
      if (!word) {
        at = raw_.find("=?", at + 2);
        continue;
      }
      const std::string_view between = raw_.substr(plain, at - plain);
      const bool joined = !bytes_.empty() && std::all_of(between.begin(), between.end(), is_blank);
      if (!joined) flush();
      if (!joined) add_plain(plain, at);
      if (joined && !equals_ignoring_case(word->charset, charset_)) flush();
      if (bytes_.empty()) words_begin_ = at;
      charset_ = word->charset;
      bytes_ += undo(*word);
      plain = words_end_ = at + word->length;
      at = raw_.find("=?", plain);
    }
    flush();
    add_plain(plain, raw_.size());
    return std::move(out_);
  }

 private:
  void flush() {
    if (bytes_.empty()) return;
    const std::string text = decode(bytes_, encoding_of(bytes_, charset_), 0).utf8;
    out_.text += text;
    out_.map.append(text.size(), {begin_ + words_begin_, begin_ + words_end_}, 0, 0);
    bytes_.clear();
  }
  void add_plain(std::size_t from, std::size_t to) {  // line ends inside are folds: they go
    while (from < to) {
      const std::size_t line = std::min(raw_.substr(0, to).find_first_of("\r\n", from), to);
      if (line > from) {
        const Decoded part = decode(raw_.substr(from, line - from), plain_encoding_, begin_ + from);
        out_.text += part.utf8;
        append_map(out_.map, part.map);
      }
      from = line + 1;
    }
  }

  std::string_view raw_;
  std::uint64_t begin_;
  std::string plain_encoding_;
  std::string charset_, bytes_;  // encoded words that were undone but not yet decoded
  std::size_t words_begin_ = 0, words_end_ = 0;
  HeaderText out_;
};

struct Parameter {
  std::string name;      // lower case, without "*" and section
  std::string value;     // without quotes
  unsigned section = 0;
  bool sectioned = false, extended = false;
};

std::size_t skip_blanks_and_comments(std::string_view text, std::size_t at) {
  unsigned depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '(') ++depth;
    else if (text[at] == ')' && depth > 0) --depth;
    else if (depth == 0 && !is_blank(text[at])) break;
  }
  return at;
}

std::string value_at(std::string_view text, std::size_t& at) {
  std::string value;
  if (at < text.size() && text[at] == '"') {
    for (++at; at < text.size() && text[at] != '"'; ++at) {
      if (text[at] == '\\' && at + 1 < text.size() && (text[at + 1] == '"' || text[at + 1] == '\\')) ++at;
      if (text[at] != '\r' && text[at] != '\n') value += text[at];
    }
    at = std::min(text.find(';', at), text.size());
    return value;
  }
  const std::size_t end = std::min(text.find(';', at), text.size());  // blanks inside are taken: programs forget the quotes
  value = text.substr(at, end - at);
  at = end;
  std::erase_if(value, [](char c) { return c == '\r' || c == '\n'; });
  while (!value.empty() && is_blank(value.back())) value.pop_back();
  return value;
}

// "title*2*" -> title, section 2, extended.
void read_name(std::string_view raw, Parameter& out) {
  while (!raw.empty() && is_blank(raw.back())) raw.remove_suffix(1);
  if (raw.ends_with('*')) {
    out.extended = true;
    raw.remove_suffix(1);
  }
  const std::size_t star = raw.find('*');
  if (star != raw.npos && raw.size() - star <= 5) {
    out.sectioned = true;
    for (const char c : raw.substr(star + 1)) out.section = out.section * 10 + (c >= '0' && c <= '9' ? static_cast<unsigned>(c - '0') : 0);
  }
  for (const char c : raw.substr(0, star)) out.name += lower(c);
}

std::vector<Parameter> parameters_of(std::string_view value) {
  std::vector<Parameter> out;
  for (std::size_t at = value.find(';'); at < value.size() && out.size() < most_parameters;) {
    at = skip_blanks_and_comments(value, at + 1);
    const std::size_t stop = std::min(value.find_first_of("=;", at), value.size());
    Parameter parameter;
    read_name(value.substr(std::min(at, stop), stop - std::min(at, stop)), parameter);
    at = stop;
    if (at < value.size() && value[at] == '=') {
      at = skip_blanks_and_comments(value, at + 1);
      parameter.value = value_at(value, at);
      out.push_back(std::move(parameter));
    }
  }
  return out;
}

std::string percent_decoded(std::string_view text) {
  std::string quoted;
  for (const char c : text) {
    if (c == '=') quoted += "=3D";
    else quoted += c == '%' ? '=' : c;
  }
  return decode_transfer(quoted, Transfer::quoted_printable, 0).bytes;
}

// RFC 2231: charset'language'text in the first section, percent codes in the extended ones.
std::string joined(std::vector<Parameter>& sections) {
  std::stable_sort(sections.begin(), sections.end(), [](const Parameter& a, const Parameter& b) { return a.section < b.section; });
  std::string bytes, charset;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    std::string_view text = sections[i].value;
    if (i == 0 && sections[i].extended) {
      const std::size_t first = text.find('\''), second = first == text.npos ? first : text.find('\'', first + 1);
      if (second != text.npos) {
        charset = text.substr(0, first);
        text.remove_prefix(second + 1);
      }
    }
    bytes += sections[i].extended ? percent_decoded(text) : std::string(text);
  }
  return decode(bytes, encoding_of(bytes, charset), 0).utf8;
}

}  // namespace

HeaderText header_text(std::string_view raw, std::uint64_t begin, std::string_view charset) {
  return HeaderDecoder(raw, begin, charset).run();
}

std::string media_type_of(std::string_view value, std::string_view fallback) {
  std::string type;
  for (const char c : value.substr(0, value.find_first_of(";,("))) {
    if (!is_blank(c)) type += lower(c);
  }
  const std::size_t slash = type.find('/');
  const bool printable_ascii = std::all_of(type.begin(), type.end(), [](char c) { return c > 0x20 && c < 0x7f; });
  if (slash == type.npos || slash == 0 || slash + 1 == type.size() || !printable_ascii || type.size() > 200) return std::string(fallback);
  return type;
}

std::string mime_parameter(std::string_view value, std::string_view name) {
  std::vector<Parameter> sections;
  std::optional<std::string> plain;
  for (Parameter& parameter : parameters_of(value)) {
    if (parameter.name != name) continue;
    if (parameter.sectioned || parameter.extended) sections.push_back(std::move(parameter));
    else if (!plain) plain = std::move(parameter.value);
  }
  if (!sections.empty()) return joined(sections);
  return plain ? header_text(*plain, 0, "").text : "";
}

}  // namespace evtriage
