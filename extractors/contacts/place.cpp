// Coordinates: decimal pairs, degrees with minutes and seconds, geo: URIs, links of maps, plus codes.
//
// Sources: RFC 5870 (geo:), ISO 6709 (signs, order), the Open Location Code specification.  A bare pair of decimals is
// also what tables of numbers hold: it needs four decimals, a comma and a blank, no number beside it, and stays a candidate;
// a hemisphere, a label or a link makes it more.  "O" is west: ouest, oeste.
// Tested by tests/extractors/contacts/place_test.cpp.
#include <algorithm>
#include <cmath>
#include <optional>

#include "extractors/contacts/characters.h"
#include "extractors/contacts/labels.h"
#include "extractors/contacts/search.h"

namespace evtriage::contacts {
namespace {

constexpr double kMillion = 1e6;

struct Angle {
  double degrees = 0;
  char hemisphere = '\0';  // N S E W
  std::size_t end = 0;
  unsigned decimals = 0;
};

// A number with at most three digits before the point; a comma may be the point in minutes and seconds only.
std::optional<Angle> read_number_at(std::string_view text, std::size_t at, bool signs) {
  Angle angle;
  bool minus = false;
  if (signs && (byte_at(text, at) == '-' || byte_at(text, at) == '+')) minus = text[at++] == '-';
  const std::size_t first = at;
  while (is_digit(byte_at(text, at)) && at - first < 4) angle.degrees = angle.degrees * 10 + (text[at++] - '0');
  if (at == first || at - first > 3) return std::nullopt;
  if (byte_at(text, at) == '.' && is_digit(byte_at(text, at + 1))) {
    double scale = 1;
    for (++at; is_digit(byte_at(text, at)) && angle.decimals < 16; ++at, ++angle.decimals) angle.degrees += (text[at] - '0') * (scale /= 10);
  }
  if (minus) angle.degrees = -angle.degrees;
  angle.end = at;
  return angle;
}

std::string degrees_text(double degrees) {
  const auto micro = static_cast<long long>(std::llround(std::abs(degrees) * kMillion));
  std::string out = degrees < 0 && micro != 0 ? "-" : "";
  std::string rest = std::to_string(micro % 1'000'000);
  rest.insert(0, 6 - rest.size(), '0');
  while (rest.size() > 1 && rest.back() == '0') rest.pop_back();
  return out + std::to_string(micro / 1'000'000) + '.' + rest;
}

bool add_place(Search& search, ByteRange span, double lat, double lon, Confidence confidence, std::string_view note) {
  if (std::abs(lat) > 90 || std::abs(lon) > 180) {
    search.refuse("gps", span.begin, span.end, "no such latitude or longitude");
    return false;
  }
  search.add({"gps", span, degrees_text(lat) + ',' + degrees_text(lon), {}, {}, confidence, {}, std::string(note)});
  return true;
}

// One character out of several writings; its length, 0 if it is none of them.
std::size_t length_of(std::string_view text, std::size_t at, std::initializer_list<std::string_view> signs) {
  for (const auto sign : signs) {
    if (at < text.size() && text.substr(at).starts_with(sign)) return sign.size();
  }
  return 0;
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  for (int count = 0; count < 2; ++count) at += blank_length(text, at);
  return at;
}

// N, S, E, W, O, or the word that begins so.
char read_hemisphere(std::string_view text, std::size_t at, std::size_t& end) {
  constexpr std::string_view kWords[] = {"nord", "north", "norte", "sud", "south", "sul", "sur", "est", "east", "este", "leste", "ouest", "west", "oeste"};
  std::size_t last = at;
  while (is_letter(byte_at(text, last)) && last - at < 7) ++last;
  if (last == at) return '\0';
  const auto word = text.substr(at, last - at);
  const bool known = word.size() == 1 || std::ranges::any_of(kWords, [&](std::string_view name) { return equals_folded(word, name); });
  if (!known) return '\0';
  end = last;
  switch (lower(text[at])) {
    case 'n': return 'N';
    case 's': return 'S';
    case 'e': case 'l': return 'E';
    case 'w': case 'o': return 'W';
    default: return '\0';
  }
}

// 35°30'09"N, N 35° 30.15', 20.93° S; the degree sign must be there.
std::optional<Angle> read_angle(std::string_view text, std::size_t at) {
  std::size_t hemisphere_end = at;
  const char before = is_letter(byte_at(text, at)) ? read_hemisphere(text, at, hemisphere_end) : '\0';
  if (before != '\0') at = skip_blanks(text, hemisphere_end);
  auto angle = read_number_at(text, at, true);
  if (!angle) return std::nullopt;
  const std::size_t sign = length_of(text, angle->end, {"\xC2\xB0", "\xC2\xBA"});
  if (sign == 0) return std::nullopt;
  at = angle->end + sign;
  double fraction = 0;
  const auto minutes = read_number_at(text, skip_blanks(text, at), false);
  const std::size_t minute_sign = minutes ? length_of(text, minutes->end, {"'", "\xE2\x80\x99", "\xE2\x80\xB2", "\xC2\xB4"}) : 0;
  if (minute_sign != 0 && minutes->degrees < 60) {
    fraction = minutes->degrees / 60;
    at = minutes->end + minute_sign;
    const auto seconds = read_number_at(text, skip_blanks(text, at), false);
    const std::size_t second_sign = seconds ? length_of(text, seconds->end, {"\"", "''", "\xE2\x80\x9D", "\xE2\x80\xB3"}) : 0;
    if (second_sign != 0 && seconds->degrees < 60) {
      fraction += seconds->degrees / 3600;
      at = seconds->end + second_sign;
    }
  }
  angle->degrees += std::signbit(angle->degrees) ? -fraction : fraction;
  angle->end = at;
  angle->hemisphere = before;
  if (before == '\0') angle->hemisphere = read_hemisphere(text, skip_blanks(text, at), angle->end);
  if (angle->hemisphere == 'S' || angle->hemisphere == 'W') angle->degrees = -std::abs(angle->degrees);
  return angle;
}

// Over what stands between latitude and longitude: signs, and the word for longitude.
std::size_t between(std::string_view text, std::size_t at) {
  const std::size_t first = at;
  while (at - first < 24) {
    const char c = byte_at(text, at);
    if (c == ' ' || c == ',' || c == ';' || c == '/' || c == ':' || c == '=' || c == '"' || c == '\'' || c == '\n' || c == '|') {
      ++at;
    } else if (const auto blank = blank_length(text, at)) {
      at += blank;
    } else if (lower(c) == 'l' && starts_folded(text, at, "lon")) {
      while (is_letter(byte_at(text, at))) ++at;
    } else if (starts_folded(text, at, "lng")) {
      at += 3;
    } else {
      break;
    }
  }
  return at;
}

// A digit within eight bytes on the same line, on either side.
bool is_number_near(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t kNear = 8;
  for (std::size_t at = begin; at > 0 && begin - at < kNear && text[at - 1] != '\n'; --at) {
    if (is_digit(text[at - 1])) return true;
  }
  for (std::size_t at = end; at < text.size() && at - end < kNear && text[at] != '\n'; ++at) {
    if (is_digit(text[at])) return true;
  }
  return false;
}

}  // namespace

void expand_decimal_place(Search& search, std::size_t dot) {
  const auto text = search.text;
  for (unsigned i = 1; i <= 4; ++i) {  // four decimals at least: most numbers end here
    if (!is_digit(byte_at(text, dot + i))) return;
  }
  std::size_t begin = dot;
  while (begin > 0 && dot - begin < 4 && is_digit(text[begin - 1])) --begin;
  if (begin > 0 && (text[begin - 1] == '-' || text[begin - 1] == '+')) --begin;
  if (is_alnum(byte_before(text, begin)) || byte_before(text, begin) == '.' || byte_before(text, begin) == '_' || begin < search.masked_until) return;
  auto lat = read_number_at(text, begin, true);
  if (!lat || lat->decimals > 15) return;
  std::size_t at = lat->end + length_of(text, lat->end, {"\xC2\xB0", "\xC2\xBA"});
  char north = read_hemisphere(text, skip_blanks(text, at), at);
  const std::size_t next = between(text, at);
  const auto lon = read_number_at(text, next, true);
  if (next == at || !lon || lon->decimals < 4 || lon->decimals > 15) return;
  std::size_t end = lon->end + length_of(text, lon->end, {"\xC2\xB0", "\xC2\xBA"});
  const char east = read_hemisphere(text, skip_blanks(text, end), end);
  if (is_alnum(byte_at(text, end)) || (byte_at(text, end) == '.' && is_digit(byte_at(text, end + 1)))) return;
  const bool hemispheres = (north == 'N' || north == 'S') && (east == 'E' || east == 'W');
  const double lat_degrees = north == 'S' ? -std::abs(lat->degrees) : lat->degrees;
  const double lon_degrees = east == 'W' ? -std::abs(lon->degrees) : lon->degrees;
  if (hemispheres) {
    add_place(search, {begin, end}, lat_degrees, lon_degrees, Confidence::certain, "decimal degrees with hemispheres");
    return;
  }
  if (label_before(text, begin) == Label::place) {
    add_place(search, {begin, end}, lat_degrees, lon_degrees, Confidence::certain, "decimal degrees behind a label");
    return;
  }
  const bool written = byte_at(text, at) == ',' && byte_at(text, at + 1) == ' ' && next == at + 2;
  if (!written || is_number_near(text, begin, lon->end)) return search.refuse("gps", begin, end, "two numbers, and nothing says that they are a place");
  add_place(search, {begin, end}, lat_degrees, lon_degrees, Confidence::candidate, "decimal degrees, by their form alone");
}

void expand_degrees(Search& search, std::size_t sign) {
  const auto text = search.text;
  std::size_t begin = sign - 1;
  while (begin > 0 && sign - begin < 12 && (is_digit(text[begin - 1]) || text[begin - 1] == '.')) --begin;
  if (byte_before(text, begin) == '-' || byte_before(text, begin) == '+') --begin;
  if (begin < search.masked_until) return;
  std::size_t letter = begin;
  if (byte_before(text, letter) == ' ') --letter;
  if (letter > 0 && std::string_view("NSns").find(text[letter - 1]) != std::string_view::npos && !is_alnum(byte_before(text, letter - 1))) begin = letter - 1;
  const auto lat = read_angle(text, begin);
  if (!lat || (lat->hemisphere != 'N' && lat->hemisphere != 'S')) return;
  const auto lon = read_angle(text, between(text, lat->end));
  if (!lon || (lon->hemisphere != 'E' && lon->hemisphere != 'W')) return search.refuse("gps", begin, lat->end, "a latitude without a longitude");
  add_place(search, {begin, lon->end}, lat->degrees, lon->degrees, Confidence::certain, "degrees with hemispheres");
}

// A full plus code: eight digits, '+', two or three; the middle of its field.  Short codes need a town and are refused.
void expand_plus_code(Search& search, std::size_t plus) {
  const auto text = search.text;
  constexpr std::string_view kDigits = "23456789CFGHJMPQRVWX";
  const auto value = [&](std::size_t at) { return kDigits.find(byte_at(text, at)); };
  std::size_t begin = plus, end = plus + 1;
  while (begin > 0 && plus - begin < 9 && value(begin - 1) != std::string_view::npos) --begin;
  while (end - plus < 5 && value(end) != std::string_view::npos) ++end;
  const std::size_t before = plus - begin, after = end - plus - 1;
  if (before < 4 || before > 8 || after < 2 || after > 3 || begin < search.masked_until) return;
  if (is_alnum(byte_before(text, begin)) || is_alnum(byte_at(text, end)) || byte_before(text, begin) == '/' || byte_at(text, end) == '/' || byte_at(text, end) == '+') return;
  if (before != 8) return search.refuse("gps", begin, end, "a short plus code: without its town it names many places");
  if (value(begin) > 8 || value(begin + 1) > 17) return;
  double lat = 0, lon = 0, step = 20;
  for (std::size_t pair = 0; pair < 5; ++pair) {
    const std::size_t at = begin + 2 * pair + (pair == 4 ? 1 : 0);
    lat += static_cast<double>(value(at)) * step;
    lon += static_cast<double>(value(at + 1)) * step;
    step /= 20;
  }
  const double middle = step * 10;  // half of the last step
  add_place(search, {begin, end}, lat - 90 + middle, lon - 180 + middle, Confidence::likely, "a plus code");
}

namespace {

// geo:16.97,7.99 and what follows "@", "q=", "ll=" ... in a link: two numbers with a comma between.
bool add_pair(Search& search, ByteRange span, std::string_view text, std::size_t at, unsigned decimals, std::string_view note) {
  const auto lat = read_number_at(text, at, true);
  if (!lat || lat->decimals < decimals) return false;
  std::size_t next = lat->end;
  next += length_of(text, next, {",", "%2C", "%2c", "/"});
  if (next == lat->end) return false;
  if (byte_at(text, next) == '+' || starts_folded(text, next, "%20")) next += text[next] == '+' ? 1 : 3;
  const auto lon = read_number_at(text, next, true);
  if (!lon || lon->decimals < decimals || is_alnum(byte_at(text, lon->end))) {
    if (!lon || lon->decimals < decimals || lower(byte_at(text, lon->end)) != 'z') return false;
  }
  if (span.end == 0) span.end = lon->end;
  return add_place(search, span, lat->degrees, lon->degrees, Confidence::certain, note);
}

}  // namespace

void add_linked_place(Search& search, ByteRange span, std::string_view url) {
  const auto host_end = url.find('/', url.find("//") == std::string_view::npos ? 0 : url.find("//") + 2);
  if (host_end == std::string_view::npos) return;
  const auto host = url.substr(0, host_end);
  const auto rest = url.substr(host_end);
  const bool google = host.find("google.") != std::string_view::npos && (host.find("maps.") != std::string_view::npos || rest.starts_with("/maps"));
  if (!google && !host.ends_with("maps.apple.com") && !host.ends_with("openstreetmap.org") && !host.ends_with("waze.com")) return;
  for (const auto mark : {"@", "q=", "ll=", "query=", "destination=", "daddr=", "saddr=", "origin=", "center=", "loc:", "/place/", "/search/", "/dir/"}) {
    for (std::size_t at = rest.find(mark); at != std::string_view::npos; at = rest.find(mark, at + 1)) {
      if (add_pair(search, span, rest, at + std::string_view(mark).size(), 2, "a link to a map")) return;
    }
  }
  const auto map = rest.find("#map=");
  const auto slash = map == std::string_view::npos ? map : rest.find('/', map);
  if (slash != std::string_view::npos && add_pair(search, span, rest, slash + 1, 2, "a link to a map")) return;
  const auto lat = rest.find("mlat="), lon = rest.find("mlon=");
  if (lat == std::string_view::npos || lon == std::string_view::npos) return;
  const auto north = read_number_at(rest, lat + 5, true), east = read_number_at(rest, lon + 5, true);
  if (north && east) add_place(search, span, north->degrees, east->degrees, Confidence::certain, "a link to a map");
}

void expand_geo(Search& search, std::size_t colon) {
  const std::size_t begin = colon - 3;
  if (is_alnum(byte_before(search.text, begin))) return;
  add_pair(search, {begin, 0}, search.text, colon + 1, 0, "a geo: URI");
}

}  // namespace evtriage::contacts
