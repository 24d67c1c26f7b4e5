// Telephone numbers in links: a table of what stands before the digits.
// Tested by tests/extractors/contacts/parts_test.cpp.
#include "extractors/contacts/url_phone.h"

#include "extractors/contacts/characters.h"

namespace evtriage::contacts {
namespace {

struct Link {
  std::string_view place;   // host, or host and path, or scheme and action
  std::string_view marker;  // the digits follow this, somewhere behind the place; empty: directly
  bool needs_plus;          // without a plus it is a name or an invitation
};
constexpr Link kLinks[] = {
    {"wa.me/", "", false},
    {"api.whatsapp.com/send", "phone=", false},
    {"web.whatsapp.com/send", "phone=", false},
    {"whatsapp://send", "phone=", false},
    {"t.me/", "", true},
    {"telegram.me/", "", true},
    {"tg://resolve", "phone=", false},
    {"signal.me/", "#p/", true},
    {"viber://", "number=", false},
};

std::string digits_at(std::string_view text, bool needs_plus) {
  bool plus = false;
  if (text.starts_with("+")) {
    text.remove_prefix(1);
    plus = true;
  } else if (starts_folded(text, 0, "%2b")) {
    text.remove_prefix(3);
    plus = true;
  }
  if (needs_plus && !plus) return {};
  std::size_t end = 0;
  while (end < text.size() && is_digit(text[end])) ++end;
  const char after = byte_at(text, end);
  if (end < 7 || end > 15 || is_alnum(after) || after == '_' || after == '-') return {};
  return std::string(text.substr(0, end));
}

}  // namespace

std::string phone_digits_of_url(std::string_view url) {
  const auto scheme = url.find("://");
  const bool web = scheme != std::string_view::npos && (starts_folded(url, 0, "http"));
  auto rest = web ? url.substr(scheme + 3) : url;
  if (starts_folded(rest, 0, "www.")) rest.remove_prefix(4);
  for (const auto& link : kLinks) {
    if (!starts_folded(rest, 0, link.place)) continue;
    auto tail = rest.substr(link.place.size());
    if (!link.marker.empty()) {
      const auto marker = tail.find(link.marker);
      if (marker == std::string_view::npos) return {};
      tail.remove_prefix(marker + link.marker.size());
    }
    return digits_at(tail, link.needs_plus);
  }
  return {};
}

}  // namespace evtriage::contacts
