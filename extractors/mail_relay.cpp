// See mail_relay.h; words between blanks and brackets, each judged by the system's own reader of addresses.
// Tested by tests/extractors/mail_relay_test.cpp.
#include "extractors/mail_relay.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <string>

namespace evtriage {
namespace {

constexpr std::size_t most_addresses = 8, most_clause_bytes = 2048, longest_address = 45;
constexpr std::string_view edges = " \t\r\n()[]<>,;=";

bool is_public_v4(const std::array<unsigned char, 4>& a) {
  const bool is_private = a[0] == 10 || (a[0] == 172 && (a[1] & 0xf0) == 16) || (a[0] == 192 && a[1] == 168);
  const bool is_local = a[0] == 0 || a[0] == 127 || (a[0] == 169 && a[1] == 254) || (a[0] == 100 && (a[1] & 0xc0) == 64);
  return !is_private && !is_local && a[0] < 224;
}

bool is_public(std::string_view word) {
  if (word.size() < 7 || word.size() > longest_address) return false;
  const std::string text(word);
  std::array<unsigned char, 4> four{};
  if (inet_pton(AF_INET, text.c_str(), four.data()) == 1) return is_public_v4(four);
  std::array<unsigned char, 16> six{};
  return inet_pton(AF_INET6, text.c_str(), six.data()) == 1 && (six[0] & 0xe0) == 0x20;
}

std::string_view without_mark(std::string_view word) {
  for (const std::string_view mark : {"IPv6:", "ipv6:", "::ffff:", "::FFFF:"}) {
    if (word.starts_with(mark)) word.remove_prefix(mark.size());
  }
  return word;
}

bool is_by(std::string_view word) { return word.size() == 2 && (word[0] | 0x20) == 'b' && (word[1] | 0x20) == 'y'; }

}  // namespace

std::vector<std::string_view> client_addresses(std::string_view received) {
  std::vector<std::string_view> out;
  received = received.substr(0, most_clause_bytes);
  bool after_from = false;
  for (std::size_t at = 0; at < received.size() && out.size() < most_addresses;) {
    const std::size_t begin = received.find_first_not_of(edges, at);
    if (begin == received.npos) break;
    const std::size_t end = std::min(received.find_first_of(edges, begin), received.size());
    const std::string_view word = without_mark(received.substr(begin, end - begin));
    if (is_by(word)) break;
    // In brackets, or the first word: another one in a comment may be a version.
    const bool in_place = after_from || (begin > 0 && (received[begin - 1] == '[' || received[begin - 1] == '('));
    after_from = begin == 0 && word == "from";
    if (in_place && is_public(word) && std::find(out.begin(), out.end(), word) == out.end()) out.push_back(word);
    at = end;
  }
  return out;
}

}  // namespace evtriage
