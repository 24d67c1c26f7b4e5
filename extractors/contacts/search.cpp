// The walk: anchors in order, one expander each, nothing twice.
// Tested by tests/extractors/contacts/scanner_test.cpp.
#include "extractors/contacts/search.h"

#include <algorithm>
#include <tuple>

#include "extractors/contacts/anchors.h"
#include "extractors/contacts/characters.h"

namespace evtriage::contacts {
namespace {

void expand(Search& search, const Anchor& anchor) {
  switch (anchor.kind) {
    case AnchorKind::at: return expand_email(search, anchor.at);
    case AnchorKind::colon: {
      const char after = byte_at(search.text, anchor.at + 1);
      if (after == '/' || after == '\\') expand_url(search, anchor.at);
      return expand_tel(search, anchor.at);
    }
    case AnchorKind::dot:
      if (anchor.at < search.dots_until) return;
      if (is_digit(byte_at(search.text, anchor.at + 1)) && is_digit(byte_before(search.text, anchor.at))) {
        return expand_ipv4(search, anchor.at);
      }
      return expand_domain(search, anchor.at);
    case AnchorKind::plus: return expand_plus(search, anchor.at);
    case AnchorKind::zeros: {
      const auto count = search.found.size();
      expand_zeros(search, anchor.at);
      if (search.found.size() != count || search.regions->empty()) return;
      return expand_national(search, anchor.at);
    }
    case AnchorKind::digit: return expand_national(search, anchor.at);
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
