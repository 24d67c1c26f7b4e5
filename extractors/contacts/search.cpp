// The walk: anchors in order, one expander each, nothing twice.
// Tested by tests/extractors/contacts/scanner_test.cpp.
#include "extractors/contacts/search.h"

#include <algorithm>
#include <tuple>

#include "extractors/contacts/anchors.h"
#include "extractors/contacts/characters.h"

namespace evtriage::contacts {
namespace {

void expand_dot(Search& search, std::size_t dot) {
  if (dot < search.dots_until) return;
  if (!is_digit(byte_at(search.text, dot + 1)) || !is_digit(byte_before(search.text, dot))) return expand_domain(search, dot);
  expand_decimal_place(search, dot);
  if (dot >= search.masked_until) expand_ipv4(search, dot);
}

void expand_colon(Search& search, std::size_t colon) {
  const char after = byte_at(search.text, colon + 1), before = byte_before(search.text, colon);
  if ((after == '/' || after == '\\') && before != ':') return expand_url(search, colon);
  const bool joins_hex = before == ':' || (is_hex(before) && (is_hex(after) || after == ':'));
  if (joins_hex && colon >= search.colons_until) expand_colons(search, colon);
  if (!is_letter(before) || colon < search.masked_until) return;
  expand_label(search, colon);
  expand_tel(search, colon);
}

void expand(Search& search, const Anchor& anchor) {
  const std::size_t at = anchor.at;
  switch (anchor.kind) {
    case AnchorKind::at: return expand_email(search, at);
    case AnchorKind::colon: return expand_colon(search, at);
    case AnchorKind::dot: return expand_dot(search, at);
    case AnchorKind::plus:
      expand_plus_code(search, at);
      if (at >= search.masked_until) expand_plus(search, at);
      return;
    case AnchorKind::zeros: {
      const auto count = search.found.size();
      expand_zeros(search, at);
      if (search.found.size() != count || search.regions->empty()) return;
      return expand_national(search, at);
    }
    case AnchorKind::digit: return expand_national(search, at);
    case AnchorKind::caps: return expand_caps(search, at - 4);
    case AnchorKind::fours: return expand_fours(search, at);
    case AnchorKind::long_run: return expand_long_run(search, at - 25);
    case AnchorKind::before: {
      std::size_t last = at;
      while (is_digit(byte_at(search.text, last + 1)) && last - at < 24) ++last;
      return expand_amount(search, at, last);
    }
    case AnchorKind::after: {
      std::size_t first = at;
      while (is_digit(byte_before(search.text, first)) && at - first < 24) --first;
      return expand_amount(search, first, at);
    }
    case AnchorKind::angle: return expand_mrz(search, at);
    case AnchorKind::degree: return expand_degrees(search, at);
  }
}

// In the order of the text; of two equal sightings in one place one stays.
void tidy(std::vector<Found>& found) {
  const auto key = [](const Found& f) { return std::tuple(f.span.begin, f.span.end, f.type, std::string_view(f.value)); };
  std::ranges::sort(found, [&](const Found& a, const Found& b) { return key(a) < key(b); });
  found.erase(std::unique(found.begin(), found.end(), [&](const Found& a, const Found& b) { return key(a) == key(b); }), found.end());
}

}  // namespace

std::vector<std::string> normal_regions(const std::vector<std::string>& regions) {
  std::vector<std::string> normal;
  for (const auto& region : regions) {
    if (region.size() != 2 || !is_letter(region[0]) || !is_letter(region[1])) continue;
    normal.push_back({static_cast<char>(region[0] & ~0x20), static_cast<char>(region[1] & ~0x20)});
  }
  std::ranges::sort(normal);
  normal.erase(std::unique(normal.begin(), normal.end()), normal.end());
  return normal;
}

void find_contacts(Search& search) {
  AnchorPass pass(search.text, !search.regions->empty());
  std::vector<Anchor> anchors;
  while (pass.next(anchors)) {
    for (const auto& anchor : anchors) {
      if (anchor.at >= search.masked_until) expand(search, anchor);
    }
  }
  tidy(search.found);
}

}  // namespace evtriage::contacts
