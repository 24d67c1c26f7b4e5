// IPv6 and MAC addresses.
//
// Sources: RFC 4291 2.2 (text forms) and RFC 5952 (the canonical one), IEEE 802 (six bytes).  "::" is also how C++ joins
// names, so an IPv6 address must begin as those that are given out do: 2000::/3, fc00::/7, fe80::/10, 64:ff9b::, ff00::/8, or
// hold an IPv4 address.  Longer rows of bytes are fingerprints; times have two colons.
// Tested by tests/extractors/contacts/network_test.cpp.
#include <algorithm>
#include <array>
#include <optional>

#include "extractors/contacts/characters.h"
#include "extractors/contacts/host.h"
#include "extractors/contacts/search.h"

namespace evtriage::contacts {
namespace {

using Groups = std::array<unsigned, 8>;

unsigned hex_value(char c) { return is_digit(c) ? static_cast<unsigned>(c - '0') : static_cast<unsigned>(lower(c) - 'a') + 10; }

// Groups up to the end of `part`; false if one is no group.
bool read_groups(std::string_view part, Groups& groups, std::size_t& count) {
  while (!part.empty()) {
    const auto colon = part.find(':');
    const auto group = part.substr(0, colon);
    if (group.find('.') != std::string_view::npos) {  // the last one may be an IPv4 address
      if (!is_ipv4(group) || colon != std::string_view::npos || count > 6) return false;
      unsigned bytes[4] = {}, index = 0;
      for (const char c : group) c == '.' ? ++index : bytes[index] = bytes[index] * 10 + hex_value(c);
      groups[count++] = bytes[0] << 8 | bytes[1];
      groups[count++] = bytes[2] << 8 | bytes[3];
      return true;
    }
    if (group.empty() || group.size() > 4 || count == 8) return false;
    unsigned value = 0;
    for (const char c : group) value = value << 4 | hex_value(c);
    groups[count++] = value;
    if (colon == std::string_view::npos) return true;
    part.remove_prefix(colon + 1);
    if (part.empty()) return false;
  }
  return true;
}

std::optional<Groups> read_ipv6(std::string_view text) {
  Groups groups{}, tail{};
  std::size_t count = 0, tail_count = 0;
  const auto gap = text.find("::");
  if (gap == std::string_view::npos) return read_groups(text, groups, count) && count == 8 ? std::optional(groups) : std::nullopt;
  const auto rest = text.substr(gap + 2);
  if (rest.find("::") != std::string_view::npos || rest.starts_with(':')) return std::nullopt;
  if (!read_groups(text.substr(0, gap), groups, count) || !read_groups(rest, tail, tail_count) || count + tail_count > 7) return std::nullopt;
  for (std::size_t i = 0; i < tail_count; ++i) groups[8 - tail_count + i] = tail[i];
  return groups;
}

bool is_given_out(const Groups& groups) {
  const unsigned first = groups[0];
  const bool mapped = std::all_of(groups.begin(), groups.begin() + 5, [](unsigned group) { return group == 0; }) && groups[5] == 0xffff;
  return (first >= 0x2000 && first < 0x4000) || (first & 0xfe00) == 0xfc00 || (first & 0xffc0) == 0xfe80 || (first & 0xff00) == 0xff00 ||
         (first == 0x64 && groups[1] == 0xff9b) || mapped;
}

// RFC 5952: small letters, no leading zeros, the longest row of zeros (two at least, the first of equals) as "::".
std::string canonical(const Groups& groups) {
  std::size_t best = 8, best_size = 1;
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t size = 0;
    while (i + size < 8 && groups[i + size] == 0) ++size;
    if (size > best_size) {
      best = i;
      best_size = size;
    }
  }
  std::string out;
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == best) {
      out += "::";
      i += best_size - 1;
      continue;
    }
    if (!out.empty() && out.back() != ':') out += ':';
    bool seen = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
      const unsigned digit = groups[i] >> shift & 15;
      seen = seen || digit != 0 || shift == 0;
      if (seen) out += "0123456789abcdef"[digit];
    }
  }
  return out;
}

bool is_mac(std::string_view run) {
  if (run.size() != 17) return false;
  for (std::size_t i = 0; i < run.size(); ++i) {
    if (i % 3 == 2 ? run[i] != ':' : !is_hex(run[i])) return false;
  }
  return true;
}

void add_mac(Search& search, std::size_t begin, std::size_t end) {
  std::string value;
  for (const char c : search.text.substr(begin, end - begin)) value += lower(c);
  if (value.find_first_not_of("0:") == std::string::npos || value.find_first_not_of("f:") == std::string::npos) {
    return search.refuse("mac", begin, end, "the address of nobody or of all");
  }
  search.add({"mac", {begin, end}, std::move(value), {}, {}, Confidence::certain, {}, "six bytes"});
}

}  // namespace

void expand_colons(Search& search, std::size_t colon) {
  const auto text = search.text;
  constexpr std::size_t kLongest = 48;
  std::size_t begin = colon, end = colon;
  while (begin > 0 && colon - begin < kLongest && (is_hex(text[begin - 1]) || text[begin - 1] == ':')) --begin;
  while (end < text.size() && end - colon < kLongest && (is_hex(text[end]) || text[end] == ':' || (text[end] == '.' && is_digit(byte_at(text, end + 1))))) ++end;
  search.colons_until = end;
  const char before = byte_before(text, begin), after = byte_at(text, end);
  if (end - begin < 6 || is_alnum(before) || is_alnum(after) || before == '_' || after == '_' || before == '.' || is_high(before)) return;
  while (end > begin + 2 && text[end - 1] == ':' && text[end - 2] != ':') --end;
  if (text[begin] == ':' && byte_at(text, begin + 1) != ':') ++begin;  // ": fe80::1" without a blank
  const auto run = text.substr(begin, end - begin);
  if (is_mac(run)) return add_mac(search, begin, end);
  const auto groups = run.size() <= 45 ? read_ipv6(run) : std::nullopt;
  if (!groups) return;
  if (!is_given_out(*groups)) return search.refuse("ipv6", begin, end, "no address of this beginning is given out");
  search.add({"ipv6", {begin, end}, canonical(*groups), {}, {}, Confidence::certain, {}, "RFC 4291 form"});
}

}  // namespace evtriage::contacts
