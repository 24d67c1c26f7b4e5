// International bank account numbers, and BIC, NUBAN beside their label.
//
// Source: ISO 13616 and the lengths of SWIFT's registry; the countries of West, Central and North Africa that print
// numbers of the same build without being in the registry come from what circulates there, and are `likely` only.
// A number counts only if mod 97 holds; "GB29 NWBK 6016 1331 9268 19" and the compact form are one.
// Tested by tests/extractors/contacts/money_test.cpp.
#include <algorithm>

#include "extractors/contacts/characters.h"
#include "extractors/contacts/checks.h"
#include "extractors/contacts/labels.h"
#include "extractors/contacts/search.h"

namespace evtriage::contacts {
namespace {

constexpr std::string_view kRegistry =
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 "
    "GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 "
    "MK19 MR27 MT31 MU30 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 "
    "TR26 UA29 VA22 VG24 XK20 ";
constexpr std::string_view kPrinted =
    "BF27 BF28 BJ28 CF27 CG27 CI28 CM27 CV25 DZ24 DZ26 GA27 GQ27 GW25 MA28 ML28 NE28 SN28 TD27 TG28 AO25 BI16 IR26 KM27 MG27 MZ25 ";

bool lists(std::string_view table, std::string_view country, std::size_t size) {
  char key[5] = {country[0], country[1], static_cast<char>('0' + size / 10), static_cast<char>('0' + size % 10), ' '};
  return table.find(std::string_view(key, 5)) != std::string_view::npos;
}

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_iban_byte(char c) { return is_digit(c) || is_capital(c); }

bool has_iban_head(std::string_view text, std::size_t at) {
  return at + 5 <= text.size() && is_capital(text[at]) && is_capital(text[at + 1]) && is_digit(text[at + 2]) && is_digit(text[at + 3]) &&
         !is_alnum(byte_before(text, at));
}

// One blank or hyphen between groups; its length.
std::size_t gap_length(std::string_view text, std::size_t at) { return byte_at(text, at) == '-' ? 1 : blank_length(text, at); }

struct Written {
  std::string value;
  std::size_t ends[34] = {};  // behind each character
};

// Groups of four behind one kind of gap, or no gap at all.
Written read_iban(std::string_view text, std::size_t at) {
  Written written;
  while (written.value.size() < 34) {
    if (is_iban_byte(byte_at(text, at))) {
      written.value += text[at++];
      written.ends[written.value.size() - 1] = at;
      continue;
    }
    const std::size_t gap = gap_length(text, at);
    if (gap == 0 || written.value.size() % 4 != 0 || !is_iban_byte(byte_at(text, at + gap))) break;
    at += gap;
  }
  return written;
}

// The first group of a number written in fours, of which a later group begins at `at`.
std::size_t first_group(std::string_view text, std::size_t at) {
  for (unsigned groups = 0; groups < 8; ++groups) {
    if (has_iban_head(text, at)) return at;
    std::size_t end = at;
    if (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '-')) {
      end = at - 1;
    } else if (at >= 2 && text.substr(at - 2, 2) == "\xC2\xA0") {
      end = at - 2;
    } else if (at >= 3 && text.substr(at - 3, 3) == "\xE2\x80\xAF") {
      end = at - 3;
    }
    if (end == at || end < 4 || !std::ranges::all_of(text.substr(end - 4, 4), is_iban_byte)) break;
    at = end - 4;
  }
  return std::string_view::npos;
}

}  // namespace

bool take_iban(Search& search, std::size_t begin) {
  const auto text = search.text;
  if (!has_iban_head(text, begin)) begin = first_group(text, begin);
  if (begin == std::string_view::npos || begin < search.masked_until) return false;
  const auto country = text.substr(begin, 2);
  const Written written = read_iban(text, begin);
  std::size_t refused_end = 0;
  for (std::size_t size = written.value.size(); size >= 15; --size) {
    const bool registered = lists(kRegistry, country, size);
    if (!registered && !lists(kPrinted, country, size)) continue;
    const std::size_t end = written.ends[size - 1];
    if (is_alnum(byte_at(text, end)) || digit_at(text, end)) continue;
    const auto value = std::string_view(written.value).substr(0, size);
    if (!iban_check(value)) {
      refused_end = end;
      continue;
    }
    search.add({"iban", {begin, end}, std::string(value), std::string(country), {}, registered ? Confidence::certain : Confidence::likely, {},
                registered ? "length of the registry, mod 97 holds" : "mod 97 holds; the country is not in the registry, the length is what circulates"});
    return true;
  }
  if (refused_end != 0) search.refuse("iban", begin, refused_end, "the length is right, mod 97 does not hold");
  return refused_end != 0;
}

}  // namespace evtriage::contacts
