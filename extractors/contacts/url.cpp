// URLs (RFC 3986, with the freedom of the living web): with a scheme, with "www.", and links of messengers
// that people write bare.  The value is what was written without the punctuation of the sentence around it;
// the host in lower case; the query whole, because an invitation's code is evidence.
// Tested by tests/extractors/contacts/url_test.cpp.
#include "extractors/contacts/url_phone.h"

#include <algorithm>
#include <optional>

#include "extractors/contacts/characters.h"
#include "extractors/contacts/host.h"
#include "extractors/contacts/search.h"
#include "pipeline/core/text.h"

namespace evtriage::contacts {
namespace {

constexpr std::size_t kMaxUrl = 8192;
constexpr std::string_view kStops = "\"<>`^{}|\\";
constexpr std::string_view kTrailing = ".,;:!?'\"*&";

struct Scheme {
  std::string_view name;
  bool has_host;       // what follows // is a host
  bool after_letters;  // may be glued to a word before it: "seehttps://"
};
constexpr Scheme kSchemes[] = {{"https", true, true},  {"http", true, true},      {"ftps", true, false},   {"ftp", true, false},
                               {"tg", false, false},   {"whatsapp", false, false}, {"viber", false, false}, {"sgnl", false, false}};

// Hosts that are written without a scheme; a path must follow.
constexpr std::string_view kBareHosts[] = {
    "wa.me", "t.me", "m.me", "fb.me", "youtu.be", "bit.ly", "chat.whatsapp.com", "api.whatsapp.com", "web.whatsapp.com",
    "telegram.me", "telegram.dog", "signal.me", "facebook.com", "m.facebook.com", "web.facebook.com", "fb.com", "instagram.com",
    "tiktok.com", "vm.tiktok.com", "snapchat.com", "maps.app.goo.gl", "goo.gl", "tinyurl.com", "discord.gg", "vk.com", "x.com", "twitter.com"};

bool is_entity_end(std::string_view text, std::size_t at) {
  for (const auto entity : {"&quot;", "&gt;", "&lt;", "&#39;", "&#34;", "&apos;", "&nbsp;"}) {
    if (starts_folded(text, at, entity)) return true;
  }
  return false;
}

// "...,http://b": a list of URLs without blanks.
bool is_next_url(std::string_view text, std::size_t at) {
  return (text[at] == ',' || text[at] == ';') && (starts_folded(text, at + 1, "http://") || starts_folded(text, at + 1, "https://"));
}

// End of the path, query and fragment that begin at `at`.
std::size_t rest_end(std::string_view text, std::size_t begin, std::size_t at) {
  const char quote = byte_before(text, begin) == '\'' ? '\'' : '\0';
  int round = 0, square = 0;
  std::size_t end = at;
  while (end < text.size() && end - begin < kMaxUrl) {
    const char c = text[end];
    if (is_high(c)) {
      const auto [code, length] = decode_utf8(text, end);
      if (!is_word_character(code)) break;
      end += length;
      continue;
    }
    if (c == '\\' && byte_at(text, end + 1) == '/') {  // JSON escapes its slashes
      ++end;
      continue;
    }
    if (c <= ' ' || c == '\x7f' || kStops.find(c) != std::string_view::npos || (quote != '\0' && c == quote)) break;
    if ((c == '&' && is_entity_end(text, end)) || is_next_url(text, end)) break;
    round += c == '(' ? 1 : c == ')' ? -1 : 0;
    square += c == '[' ? 1 : c == ']' ? -1 : 0;
    if (round < 0 || square < 0) break;
    ++end;
  }
  return end;
}

// Punctuation of the sentence, and brackets that were opened but not closed, are no part of the URL.
std::size_t trim_end(std::string_view text, std::size_t begin, std::size_t floor, std::size_t end) {
  const char before = byte_before(text, begin);
  while (end > floor) {
    const char c = text[end - 1];
    const bool emphasis = (c == '_' || c == '~') && before == c;
    const bool open = c == '(' || c == '[';
    if (kTrailing.find(c) == std::string_view::npos && !emphasis && !open) break;
    --end;
  }
  return end;
}

std::string without_escapes(std::string_view raw) {
  std::string out;
  for (std::size_t at = 0; at < raw.size(); ++at) {
    if (raw[at] == '\\' && byte_at(raw, at + 1) == '/') continue;
    out += raw[at];
  }
  return out;
}

struct Host {
  std::string value;
  std::size_t begin = 0, end = 0;  // of the host in the text
  std::size_t after = 0;           // behind the port
  Confidence confidence = Confidence::certain;
  bool is_name = true;             // else an IP address
};

std::size_t after_port(std::string_view text, std::size_t at) {
  if (byte_at(text, at) != ':' || !is_digit(byte_at(text, at + 1))) return at;
  std::size_t end = at + 1;
  while (is_digit(byte_at(text, end)) && end - at < 6) ++end;
  return end;
}

// Behind "user:password@" if there is one before the first slash.
std::size_t after_user(std::string_view text, std::size_t at) {
  for (std::size_t end = at; end < text.size() && end - at < 128; ++end) {
    const char c = text[end];
    if (c == '@') return end + 1;
    if (c <= ' ' || c == '/' || c == '?' || c == '#' || is_high(c) || kStops.find(c) != std::string_view::npos) break;
  }
  return at;
}

std::optional<Host> read_host(std::string_view text, std::size_t at) {
  Host host;
  host.begin = after_user(text, at);
  if (byte_at(text, host.begin) == '[') {
    host.end = text.substr(host.begin, 48).find(']');
    if (host.end == std::string_view::npos || host.end < 4) return std::nullopt;
    host.end += host.begin + 1;
    for (const char c : text.substr(host.begin + 1, host.end - host.begin - 2)) {
      if (!is_hex(c) && c != ':' && c != '.' && c != '%') return std::nullopt;
    }
    host.is_name = false;
  } else {
    host.end = host_end(text, host.begin);
  }
  const auto raw = text.substr(host.begin, host.end - host.begin);
  std::size_t length = raw.size();
  if (host.is_name && is_ipv4(raw)) host.is_name = false;
  host.value = lower_host(raw);
  if (host.is_name) {
    const bool ends_here = byte_at(text, host.end) != '/';
    auto known = ends_here ? known_host_before_sentence(raw, length) : known_host(raw);
    host.end = host.begin + length;
    if (known) {
      host.value = std::move(*known);
    } else {
      if (!is_well_formed_host(raw) || raw == "www") return std::nullopt;
      host.confidence = Confidence::likely;
    }
  }
  host.after = after_port(text, host.end);
  return host;
}

// What a link names beside itself: a telephone number, an account, a place.
void add_carried(Search& search, ByteRange span, const std::string& value) {
  const std::string digits = phone_digits_of_url(value);
  if (!digits.empty()) add_linked_phone(search, span, digits);
  add_linked_handle(search, span, value);
  add_linked_place(search, span, value);
}

// Adds the URL from `begin`, and what it carries: its host, a telephone number.
void add_url(Search& search, std::size_t begin, const Host& host) {
  const auto text = search.text;
  std::size_t end = host.after;
  const char next = byte_at(text, end);
  const bool escaped = next == '\\' && byte_at(text, end + 1) == '/';
  if (next == '/' || next == '?' || next == '#' || escaped) end = trim_end(text, begin, end, rest_end(text, begin, end));
  Found url{"url", {begin, end}, {}, {}, {}, host.confidence};
  std::string head = without_escapes(text.substr(begin, host.begin - begin));
  const auto slashes = head.find("//");
  for (std::size_t i = 0; slashes != std::string::npos && i < slashes; ++i) head[i] = lower(head[i]);
  url.value = head + host.value + without_escapes(text.substr(host.end, end - host.end));
  const std::string value = url.value;
  search.add(std::move(url));
  if (host.is_name && host.confidence == Confidence::certain) {
    search.add({"domain", {host.begin, host.end}, host.value, {}, {}, Confidence::certain});
  } else if (!host.is_name && is_ipv4(host.value)) {
    search.add({"ipv4", {host.begin, host.end}, host.value, {}, {}, Confidence::certain});
  }
  add_carried(search, {begin, end}, value);
}

void add_application_link(Search& search, std::size_t begin, std::size_t at) {
  const auto text = search.text;
  const std::size_t end = trim_end(text, begin, at, rest_end(text, begin, at));
  if (end == at) return search.refuse("url", begin, end, "nothing after the //");
  const std::string value = without_escapes(text.substr(begin, end - begin));
  search.add({"url", {begin, end}, value, {}, {}, Confidence::certain});
  add_carried(search, {begin, end}, value);
}

}  // namespace

void expand_url(Search& search, std::size_t colon) {
  const auto text = search.text;
  std::size_t at = colon + 1;
  for (int slashes = 0; slashes < 2; ++slashes) {
    if (byte_at(text, at) == '\\') ++at;
    if (byte_at(text, at) != '/') return;
    ++at;
  }
  for (const auto& scheme : kSchemes) {
    if (!ends_folded(text, colon, scheme.name)) continue;
    const std::size_t begin = colon - scheme.name.size();
    const char before = byte_before(text, begin);
    if (!scheme.after_letters && (is_alnum(before) || before == '_' || before == '-' || before == '+')) continue;
    if (!scheme.has_host) return add_application_link(search, begin, at);
    const auto host = read_host(text, at);
    if (!host) return search.refuse("url", begin, at, "no host after the //");
    return add_url(search, begin, *host);
  }
  search.refuse("url", colon, at, "not a scheme that names a place on the network");
}

void expand_bare_link(Search& search, std::size_t dot) {
  const auto text = search.text;
  const std::size_t begin = host_begin(text, dot);
  const auto raw = text.substr(begin, host_end(text, begin) - begin);
  const auto is_raw = [&](std::string_view name) { return equals_folded(raw, name); };
  if (!starts_folded(raw, 0, "www.") && std::ranges::none_of(kBareHosts, is_raw)) return;
  const auto host = read_host(text, begin);
  const char before = byte_before(text, begin);
  if (!host || !host->is_name || host->begin != begin || host->confidence != Confidence::certain) return;
  if (before == '@' || before == '/' || before == '\\' || before == '_' || before == '=' || before == '%') return;
  if (byte_at(text, host->after) == '@') return;
  const bool www = host->value.starts_with("www.") && host->value.find('.', 4) != std::string::npos;
  const bool path = byte_at(text, host->after) == '/' && byte_at(text, host->after + 1) > ' ';
  const bool known = path && std::ranges::find(kBareHosts, host->value) != std::end(kBareHosts);
  if (www || known) add_url(search, begin, *host);
}

}  // namespace evtriage::contacts
