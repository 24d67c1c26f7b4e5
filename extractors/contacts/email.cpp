// E-mail addresses (RFC 5321 dot-atom, RFC 6531 UTF-8, RFC 5890 hosts), found from the '@' outwards.
//
// What stands glued to an address in real files is taken off: leftovers of quoted-printable (=3Dann@...),
// of percent encoding (%3Cann@...), of JSON (\nann@..., \u003cann@...), words of another script.  Written
// forms without '@' ("ann [at] example.org", "ann%40example.org") come in through their host.
// Tested by tests/extractors/contacts/email_test.cpp.
#include <optional>

#include "extractors/contacts/characters.h"
#include "extractors/contacts/host.h"
#include "extractors/contacts/search.h"
#include "pipeline/core/text.h"

namespace evtriage::contacts {
namespace {

constexpr std::size_t kMaxLocal = 64 + 2 * 16;  // RFC 5321, with room for encoded dots
constexpr std::string_view kInside = "._-+&~!#$'";

bool is_local_byte(char c) { return is_alnum(c) || kInside.find(c) != std::string_view::npos; }

// Begin of the local part that ends at `end`; encoded dots (=2E) belong to it.
std::size_t local_begin(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  bool other = false;
  while (begin > 0 && end - begin <= kMaxLocal) {
    const char c = text[begin - 1];
    if (is_local_byte(c)) {
      if (is_letter(c) && other) break;  // "عنوانann@": another script is glued on
      --begin;
      continue;
    }
    if (c == '=' && starts_folded(text, begin, "2e") && begin + 2 < end) {
      --begin;
      continue;
    }
    if (!is_high(c)) break;
    const std::size_t first = previous_character(text, begin);
    const char32_t code = decode_utf8(text, first).code;
    if (!is_word_character(code)) break;
    if (!is_latin_character(code)) {
      bool ascii_letters = false;
      for (std::size_t i = begin; i < end; ++i) ascii_letters = ascii_letters || is_alnum(text[i]);
      if (ascii_letters && !other) break;
      other = true;
    }
    begin = first;
  }
  return begin;
}

// Takes off what an encoder left at the front.
std::size_t skip_leftovers(std::string_view text, std::size_t begin, std::size_t end) {
  const char before = byte_before(text, begin);
  const auto left = end - begin;
  if ((before == '=' || before == '%') && left > 2 && is_hex(text[begin]) && is_hex(text[begin + 1])) {
    constexpr std::string_view kEncoded[] = {"3d", "20", "3c", "3e", "22", "27", "28", "2c", "3a", "3b", "0a", "0d", "09", "5b"};
    for (const auto code : kEncoded) {
      if (starts_folded(text, begin, code)) return begin + 2;
    }
  }
  if (before == '\\' && left > 5 && starts_folded(text, begin, "u00") && is_hex(text[begin + 3]) && is_hex(text[begin + 4])) return begin + 5;
  if (before == '\\' && left > 1 && (text[begin] == 'n' || text[begin] == 'r' || text[begin] == 't')) return begin + 1;
  return begin;
}

std::size_t trim_front(std::string_view text, std::size_t begin, std::size_t end, char after_host) {
  while (begin < end && std::string_view(".-+&~!#$'").find(text[begin]) != std::string_view::npos) ++begin;
  if (begin < end && text[begin] == '_' && after_host == '_') ++begin;  // _emphasis_
  return begin;
}

std::string decode_local(std::string_view local) {
  std::string out;
  for (std::size_t at = 0; at < local.size(); ++at) {
    if (local[at] == '=' && starts_folded(local, at + 1, "2e")) {
      out += '.';
      at += 2;
    } else {
      out += local[at];
    }
  }
  return out;
}

std::string_view fault_of_local(std::string_view local) {
  if (local.empty()) return "nothing before the @";
  if (local.size() > 64) return "more than 64 bytes before the @";
  if (local.back() == '.' || local.find("..") != std::string_view::npos) return "a dot in a place where none may stand";
  if (local.find_first_not_of("._-+&~!#$'") == std::string_view::npos) return "no letter or digit before the @";
  return {};
}

// "<20200101.1234@host>" in a mail header is the name of a message, not of a person.
bool is_message_id(std::string_view text, std::size_t begin) {
  if (begin >= 4 && ends_folded(text, begin, "cid:")) return true;
  if (byte_before(text, begin) != '<') return false;
  std::size_t line = begin;
  while (line > 0 && begin - line < 200 && text[line - 1] != '\n') --line;
  for (const auto name : {"message-id:", "in-reply-to:", "references:", "content-id:"}) {
    if (starts_folded(text, line, name)) return true;
  }
  return false;
}

// image@2x.png and its kin: a factor of scale stands where the host should.
bool is_scale_suffix(std::string_view host) {
  return host.size() > 2 && is_digit(host[0]) && host[1] == 'x' && host[2] == '.';
}

// The digits of a messenger's identifier: "22670123456@s.whatsapp.net".
bool is_messenger_host(std::string_view host) { return host == "s.whatsapp.net" || host == "c.us"; }

bool all_digits(std::string_view local) {
  return !local.empty() && local.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_messenger_group(std::string_view host) { return host == "g.us" || host == "lid" || host == "broadcast"; }

// A host whose dots may be written =2E; `end` becomes the end of what it took.
std::optional<std::string> host_after(std::string_view text, std::size_t begin, std::size_t& end) {
  end = host_end(text, begin);
  std::string decoded(text.substr(begin, end - begin));
  while (starts_folded(text, end, "=2e") && end - begin <= kMaxHost) {
    const std::size_t next = host_end(text, end + 3);
    decoded += '.';
    decoded += text.substr(end + 3, next - end - 3);
    end = next;
  }
  if (decoded.size() != end - begin) return known_host(decoded);
  std::size_t length = 0;
  auto host = known_host_before_sentence(decoded, length);
  end = begin + length;
  return host;
}

}  // namespace

void expand_email(Search& search, std::size_t at) {
  const auto text = search.text;
  std::size_t end = 0;
  const auto host = host_after(text, at + 1, end);
  std::size_t begin = local_begin(text, at);
  if (begin == at) {
    expand_mention(search, at);
    return search.refuse("email", begin, end, "nothing before the @");
  }
  begin = trim_front(text, skip_leftovers(text, begin, at), at, byte_at(text, end));
  if (!host) return search.refuse("email", begin, end, "what follows the @ ends in no known top-level domain");
  const std::string local = decode_local(text.substr(begin, at - begin));
  if (const auto fault = fault_of_local(local); !fault.empty()) return search.refuse("email", begin, end, fault);
  if (is_messenger_host(*host) && all_digits(local)) {
    add_linked_phone(search, {begin, end}, local);
    if (end > search.masked_until) search.masked_until = end;
    return;
  }
  if (is_messenger_group(*host) && local.find_first_not_of("0123456789-") == std::string::npos) {
    return search.refuse("email", begin, end, "the identifier of a messenger's group");
  }
  if (is_scale_suffix(*host)) return search.refuse("email", begin, end, "a file name with a factor of scale");
  if (byte_at(text, end) == '@') return search.refuse("email", begin, end, "two @ in one word");
  if (byte_at(text, end) == '(' || byte_before(text, begin) == '@') return search.refuse("email", begin, end, "part of something longer");
  if ((local == "git" || local == "hg" || local == "svn") && byte_at(text, end) == ':') {
    return search.refuse("email", begin, end, "the address of a source repository");
  }
  if (is_message_id(text, begin)) return search.refuse("email", begin, end, "the identifier of a message");
  search.add({"email", {begin, end}, local + '@' + *host, {}, {}, Confidence::certain});
}

bool expand_written_email(Search& search, std::size_t begin, std::size_t end) {
  const auto text = search.text;
  std::size_t local_end = begin, host_at = begin;
  if ((byte_before(text, begin) == '%' || byte_before(text, begin) == '=') && text.substr(begin, 2) == "40") {
    local_end = begin - 1;
    host_at = begin + 2;
  } else {
    std::size_t at = begin;
    while (at > 0 && begin - at < 3 && text[at - 1] == ' ') --at;
    const bool may_be_mark = std::string_view("])};").find(byte_before(text, at)) != std::string_view::npos;
    if (may_be_mark) for (const auto mark : {"[at]", "(at)", "{at}", "(arroba)", "[arroba]", "(arobase)", "&#64;", "&commat;"}) {
      if (!ends_folded(text, at, mark)) continue;
      local_end = at - std::string_view(mark).size();
      for (int blanks = 0; blanks < 2 && byte_before(text, local_end) == ' '; ++blanks) --local_end;
    }
  }
  if (local_end == begin && ends_folded(text, begin, " at ") && byte_at(text, end) == '>') {  // <ann at example.org>
    if (byte_before(text, local_begin(text, begin - 4)) == '<') local_end = begin - 4;
  }
  if (local_end == begin) return false;
  std::size_t length = 0;
  const auto host = known_host_before_sentence(text.substr(host_at, end - host_at), length);
  std::size_t first = local_begin(text, local_end);
  first = trim_front(text, skip_leftovers(text, first, local_end), local_end, '\0');
  const std::string local = decode_local(text.substr(first, local_end - first));
  if (!host || !fault_of_local(local).empty()) return false;
  search.add({"email", {first, host_at + length}, local + '@' + *host, {}, {}, Confidence::likely});
  return true;
}

}  // namespace evtriage::contacts
