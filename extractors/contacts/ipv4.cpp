// IPv4 addresses in dotted form (RFC 6943 3.1.1, the strict one).  Version numbers look the same, so a
// neighbouring word or dot that hints at one refuses the address: in doubt nothing is said.
// Tested by tests/extractors/contacts/ipv4_test.cpp.
#include "extractors/contacts/characters.h"
#include "extractors/contacts/host.h"
#include "extractors/contacts/search.h"

namespace evtriage::contacts {
namespace {

// The word before, over blanks and signs: "version 1.2.3.4", "v. 1.2.3.4", "release=1.2.3.4".
bool follows_version_word(std::string_view text, std::size_t begin) {
  std::size_t at = begin;
  while (at > 0 && begin - at < 4 && !is_alnum(text[at - 1]) && !is_high(text[at - 1]) && text[at - 1] != '\n') --at;
  for (const auto word : {"version", "versions", "vers", "ver", "release", "rev", "revision", "build", "section", "sections", "sec",
                          "chapter", "clause", "oid", "update", "upgrade", "upstream", "since", "patch"}) {
    const auto size = std::string_view(word).size();
    if (ends_folded(text, at, word) && !(at > size && is_letter(text[at - size - 1]))) return true;
  }
  return lower(byte_before(text, begin)) == 'v' || byte_before(text, begin) == ',';
}

// Something says that it is a place on a network: a URL, a port, a prefix length, a word.
bool has_network_sign(std::string_view text, std::size_t begin, std::size_t end) {
  const char before = byte_before(text, begin), after = byte_at(text, end);
  if (before == '/' || before == '@' || ((after == ':' || after == '/') && is_digit(byte_at(text, end + 1)))) return true;
  std::size_t at = begin;
  while (at > 0 && begin - at < 4 && !is_alnum(text[at - 1]) && !is_high(text[at - 1]) && text[at - 1] != '\n') --at;
  for (const auto word : {"ip", "ipv4", "host", "address", "adresse", "server", "serveur", "dns", "ping", "gateway", "nameserver"}) {
    if (ends_folded(text, at, word)) return true;
  }
  return false;
}

}  // namespace

void expand_ipv4(Search& search, std::size_t dot) {
  const auto text = search.text;
  std::size_t begin = dot, end = dot;
  while (begin > 0 && dot - begin < 4 && is_digit(text[begin - 1])) --begin;
  const char before = byte_before(text, begin);
  if (before == '.' || before == '-' || before == '_' || before == '+' || before == '~' || is_alnum(before) || is_high(before)) return;
  while (end < text.size() && end - begin < 20 && (is_digit(text[end]) || (text[end] == '.' && is_digit(byte_at(text, end + 1))))) ++end;
  const auto quad = text.substr(begin, end - begin);
  if (!is_ipv4(quad)) return;
  const char after = byte_at(text, end);
  if (is_alnum(after) || is_high(after) || after == '-' || after == '_' || after == '+' || after == '~' || (after == '.' && is_alnum(byte_at(text, end + 1)))) {
    return search.refuse("ipv4", begin, end, "part of something longer");
  }
  if (follows_version_word(text, begin)) return search.refuse("ipv4", begin, end, "the word before says that it is a version or a section");
  if (quad.starts_with("0.")) return search.refuse("ipv4", begin, end, "no address begins with 0");
  if (quad[1] == '.' && !has_network_sign(text, begin, end)) {
    return search.refuse("ipv4", begin, end, "begins like a version, and nothing around says network");
  }
  search.add({"ipv4", {begin, end}, std::string(quad), {}, {}, Confidence::likely});
}

}  // namespace evtriage::contacts
