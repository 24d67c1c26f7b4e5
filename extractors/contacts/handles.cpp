// Names on social networks and messengers, from links and from mentions that name the network.
//
// The value is "platform:name" in lower case where the platform does not tell cases apart; invitations keep theirs.
// "@name" alone names no network and is refused; "insta: name" counts if the name looks like one of an account.
// Tested by tests/extractors/contacts/handles_test.cpp.
#include <algorithm>

#include "extractors/contacts/characters.h"
#include "extractors/contacts/labels.h"
#include "extractors/contacts/search.h"

namespace evtriage::contacts {
namespace {

struct Place {
  std::string_view host, platform;
};
constexpr Place kHosts[] = {
    {"facebook.com", "facebook"}, {"fb.com", "facebook"}, {"m.me", "facebook"}, {"fb.me", "facebook"}, {"instagram.com", "instagram"}, {"instagr.am", "instagram"},
    {"tiktok.com", "tiktok"}, {"twitter.com", "x"}, {"x.com", "x"}, {"t.me", "telegram"}, {"telegram.me", "telegram"}, {"telegram.dog", "telegram"},
    {"snapchat.com", "snapchat"}, {"chat.whatsapp.com", "whatsapp"}, {"whatsapp.com", "whatsapp"}, {"signal.group", "signal"}, {"signal.me", "signal"},
    {"join.skype.com", "skype"}, {"invite.viber.com", "viber"}};

// First parts of paths that are pages of the platform, not people.
constexpr std::string_view kPages[] = {
    "about", "accounts", "ads", "addemoji", "addstickers", "bg", "business", "c", "channel", "confirmphone", "developers", "dialog", "direct", "discover",
    "events", "explore", "gaming", "hashtag", "help", "home", "home.php", "i", "intent", "invoice", "iv", "joinchat", "legal", "live", "login", "login.php",
    "maps", "marketplace", "media", "messages", "notifications", "p", "pages", "people", "permalink.php", "photo", "photo.php", "photos", "plugins", "policies",
    "privacy", "profile.php", "proxy", "public", "reel", "reels", "search", "send", "settings", "setlanguage", "share", "share.php", "sharer", "sharer.php",
    "socks", "stories", "story.php", "tag", "terms", "tos", "tr", "tv", "video", "videos", "watch"};

bool is_name_byte(char c) { return is_alnum(c) || c == '_' || c == '.' || c == '-'; }

std::string_view name_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (is_name_byte(byte_at(text, end)) && end - at < 64) ++end;
  while (end > at && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
  return text.substr(at, end - at);
}

std::string small(std::string_view name) {
  std::string out;
  for (const char c : name) out += lower(c);
  return out;
}

bool is_page(std::string_view part) { return std::ranges::find(kPages, small(part)) != std::end(kPages); }

std::string_view platform_of_host(std::string_view host) {
  for (const auto& place : kHosts) {
    if (host == place.host) return place.platform;
    const bool sub = host.size() > place.host.size() && host.ends_with(place.host) && host[host.size() - place.host.size() - 1] == '.';
    if (sub && (place.platform == "facebook" || host.starts_with("www.") || host.starts_with("m.") || host.starts_with("mobile."))) return place.platform;
  }
  return {};
}

void add(Search& search, ByteRange span, std::string_view platform, std::string name, Confidence confidence, std::string_view note) {
  if (name.empty()) return;
  search.add({"handle", span, std::string(platform) + ':' + name, {}, {}, confidence, {}, std::string(note)});
}

// The digits behind "id=".
std::string_view id_of(std::string_view path) {
  const auto at = path.find("id=");
  if (at == std::string_view::npos) return {};
  std::size_t end = at + 3;
  while (is_digit(byte_at(path, end))) ++end;
  return path.substr(at + 3, end - at - 3);
}

// The name that a path gives on a platform; empty if it is a page.
std::string name_of_path(std::string_view platform, std::string_view host, std::string_view path) {
  const auto after = [&](std::string_view head) { return starts_folded(path, 0, head) ? name_at(path, head.size()) : std::string_view(); };
  const auto first = name_at(path, 0);
  if (platform == "whatsapp") return std::string(host == "chat.whatsapp.com" ? (first == "invite" ? after("invite/") : first) : after("channel/"));
  if (platform == "snapchat") return small(path.starts_with("@") ? name_at(path, 1) : after("add/"));
  if (platform == "tiktok") return path.starts_with("@") ? small(name_at(path, 1)) : std::string();
  if (platform == "skype" || platform == "viber") return std::string(platform == "skype" ? after("invite/") : after("?g2="));
  if (platform == "signal") {
    const auto invitation = host == "signal.group" ? after("#") : after("#eu/");
    return std::string(invitation);
  }
  if (platform == "telegram") {
    const bool invited = starts_folded(path, 0, "joinchat/");
    if (invited || path.starts_with("+")) {
      const auto code = name_at(path, invited ? 9 : 1);
      const bool phone = std::ranges::all_of(code, is_digit);
      return code.size() < 10 || phone ? std::string() : "+" + std::string(code);
    }
    const auto name = starts_folded(path, 0, "s/") ? name_at(path, 2) : first;
    return name.size() < 4 || !is_letter(name[0]) || is_page(name) || name.find_first_of(".-") != std::string_view::npos ? std::string() : small(name);
  }
  if (platform == "facebook") {
    if (starts_folded(path, 0, "profile.php") || starts_folded(path, 0, "people/")) {
      const auto slash = path.rfind('/');
      return std::string(starts_folded(path, 0, "people/") && slash != std::string_view::npos ? name_at(path, slash + 1) : id_of(path));
    }
    if (const auto group = after("groups/"); !group.empty()) return "groups/" + small(group);
  }
  if (platform == "instagram" && starts_folded(path, 0, "stories/")) return small(after("stories/"));
  const std::size_t least = platform == "facebook" ? 5 : 1;
  return first.size() < least || is_page(first) ? std::string() : small(first);
}

struct Label2Platform {
  std::string_view label, platform;
};
constexpr Label2Platform kLabels[] = {
    {"facebook", "facebook"}, {"fb", "facebook"}, {"messenger", "facebook"}, {"instagram", "instagram"}, {"insta", "instagram"}, {"ig", "instagram"},
    {"tiktok", "tiktok"}, {"twitter", "x"}, {"telegram", "telegram"}, {"tg", "telegram"}, {"snapchat", "snapchat"}, {"snap", "snapchat"}, {"skype", "skype"},
    {"imo", "imo"}, {"viber", "viber"}, {"signal", "signal"}};

// The platform whose name ends at `end`.
std::string_view platform_before(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && end - begin < 12 && is_letter(text[begin - 1])) --begin;
  if (begin == end || is_alnum(byte_before(text, begin))) return {};
  const auto word = text.substr(begin, end - begin);
  const auto at = std::ranges::find_if(kLabels, [&](const auto& label) { return lower(word[0]) == label.label[0] && equals_folded(word, label.label); });
  return at == std::end(kLabels) ? std::string_view() : at->platform;
}

// Does a word look like the name of an account rather than like a word of the sentence?
bool is_account_like(std::string_view name) {
  return name.size() >= 3 && name.find_first_of("._0123456789") != std::string_view::npos && std::ranges::any_of(name, is_letter);
}

}  // namespace

void add_linked_handle(Search& search, ByteRange span, std::string_view url) {
  const auto scheme = url.find("://");
  const auto rest = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
  if (starts_folded(url, 0, "tg://resolve?domain=")) {
    return add(search, span, "telegram", small(name_at(url, 20)), Confidence::certain, "from a link");
  }
  const auto slash = rest.find('/');
  if (slash == std::string_view::npos) {
    if (rest.ends_with(".t.me")) add(search, span, "telegram", small(rest.substr(0, rest.size() - 5)), Confidence::certain, "from a link");
    return;
  }
  const std::string host = small(rest.substr(0, slash));
  const auto platform = platform_of_host(host);
  if (platform.empty()) return;
  add(search, span, platform, name_of_path(platform, host, rest.substr(slash + 1)), Confidence::certain, "from a link");
}

void expand_mention(Search& search, std::size_t at) {
  const auto text = search.text;
  const auto name = name_at(text, at + 1);
  const std::size_t end = at + 1 + name.size();
  if (name.size() < 2 || is_alnum(byte_at(text, end)) || is_high(byte_at(text, end))) return;
  std::size_t label = at;
  while (label > 0 && at - label < 4 && (text[label - 1] == ' ' || text[label - 1] == ':' || text[label - 1] == '(' || text[label - 1] == '-' || text[label - 1] == '=')) --label;
  const auto platform = platform_before(text, label);
  if (platform.empty()) return search.refuse("handle", at, end, "a mention, but no network is named beside it");
  add(search, {at, end}, platform, small(name), Confidence::likely, "behind the name of the network");
}

void expand_label(Search& search, std::size_t colon) {
  const auto text = search.text;
  std::size_t begin = colon;
  while (begin > 0 && colon - begin < 12 && is_letter(text[begin - 1])) --begin;
  const auto word = text.substr(begin, colon - begin);
  if (word.size() < 2 || word.size() > 10) return;
  if (equals_folded(word, "geo")) return expand_geo(search, colon);
  std::size_t at = colon + 1;
  while (byte_at(text, at) == ' ' && at - colon < 4) ++at;
  if (is_digit(byte_at(text, at)) && label_of(word) == Label::transfer) {
    take_transfer(search, at, at + 1);
    return;
  }
  const auto platform = platform_before(text, colon);
  if (platform.empty() || byte_at(text, at) == '@') return;  // "@" has an anchor of its own
  const bool live = platform == "skype" && starts_folded(text, at, "live:");
  const auto name = name_at(text, live ? at + 5 : at);
  const std::size_t end = (live ? at + 5 : at) + name.size();
  if (byte_at(text, end) == '@' || byte_at(text, end) == '/' || byte_at(text, end) == ':' || is_high(byte_at(text, end))) return;
  if (!live && !is_account_like(name)) return search.refuse("handle", at, end, "behind the name of a network, but a word like any other");
  add(search, {at, end}, platform, (live ? "live:" : "") + small(name), Confidence::likely, "behind the name of the network");
}

}  // namespace evtriage::contacts
