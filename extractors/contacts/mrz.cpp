// Machine-readable zones of travel documents in text, with each check digit told.
//
// Source: ICAO Doc 9303 parts 3 to 7: TD3 passports 2 x 44, TD1 cards 3 x 30, TD2 cards 2 x 36, visas MRV-A 2 x 44
// and MRV-B 2 x 36 (no composite digit).  All digits right: certain; only the composite wrong: likely; anything else is
// refused and says which digit fails.  Letters that readers take for digits in dates are mended first (O I S B).
// Tested by tests/extractors/contacts/mrz_test.cpp with the specimens of ICAO.
#include <algorithm>
#include <vector>

#include "extractors/contacts/characters.h"
#include "extractors/contacts/checks.h"
#include "extractors/contacts/search.h"

namespace evtriage::contacts {
namespace {

bool is_zone_byte(char c) { return is_digit(c) || c == '<' || (c >= 'A' && c <= 'Z'); }

struct Line {
  std::size_t begin = 0, end = 0;
  std::size_t size() const { return end - begin; }
};

Line line_at(std::string_view text, std::size_t at) {
  Line line{at, at};
  while (line.begin > 0 && at - line.begin < 50 && is_zone_byte(text[line.begin - 1])) --line.begin;
  while (line.end < text.size() && line.end - at < 50 && is_zone_byte(text[line.end])) ++line.end;
  return line;
}

bool is_gap(char c) { return c == ' ' || c == '\r' || c == '\n' || c == '\t' || c == '/' || c == '|'; }

Line line_after(std::string_view text, const Line& line) {
  std::size_t at = line.end;
  while (is_gap(byte_at(text, at)) && at - line.end < 8) ++at;
  return at == line.end || !is_zone_byte(byte_at(text, at)) ? Line{} : line_at(text, at);
}

Line line_before(std::string_view text, const Line& line) {
  std::size_t at = line.begin;
  while (at > 0 && line.begin - at < 8 && is_gap(text[at - 1])) --at;
  return at == line.begin || at == 0 || !is_zone_byte(text[at - 1]) ? Line{} : line_at(text, at - 1);
}

struct Verdict {
  bool all = true, all_but_composite = true;
  std::string told;

  void check(std::string_view name, std::string_view field, char digit, bool may_be_empty = false) {
    const int due = mrz_digit(field);
    bool holds = due >= 0 && digit == static_cast<char>('0' + due);
    if (may_be_empty && digit == '<' && field.find_first_not_of('<') == std::string_view::npos) holds = true;
    all = all && holds;
    if (name != "composite") all_but_composite = all_but_composite && holds;
    told += (told.empty() ? "" : ", ") + std::string(name) + (holds ? " digit holds" : " digit WRONG");
  }
};

struct Zone {
  std::string_view form;
  std::string one, two, three;
  std::string number, issuer, name;
};

std::string without_fill(std::string_view field) {
  std::string out(field.substr(0, field.find_last_not_of('<') + 1));
  std::ranges::replace(out, '<', ' ');
  return out;
}

std::string name_of(std::string_view field) {  // SURNAME<<GIVEN<NAMES
  std::string name = without_fill(field);
  const auto gap = name.find("  ");
  if (gap != std::string::npos) name.erase(gap, 1);
  return name;
}

// What a reader of pictures writes for a digit.
void mend(std::string& line, std::size_t begin, std::size_t count) {
  for (std::size_t i = begin; i < begin + count; ++i) {
    switch (line[i]) {
      case 'O': case 'Q': line[i] = '0'; break;
      case 'I': line[i] = '1'; break;
      case 'S': line[i] = '5'; break;
      case 'B': line[i] = '8'; break;
      default: break;
    }
  }
}

// TD3, TD2, MRV-A, MRV-B: the second line begins alike.
Verdict judge_two_lines(Zone& zone) {
  const bool wide = zone.one.size() == 44, visa = zone.one[0] == 'V';
  zone.form = visa ? (wide ? "MRV-A" : "MRV-B") : wide ? "TD3" : "TD2";
  auto& two = zone.two;
  mend(two, 9, 1);
  mend(two, 13, 7);
  mend(two, 21, 7);
  const std::string_view v(two);
  Verdict verdict;
  verdict.check("number", v.substr(0, 9), v[9]);
  verdict.check("birth", v.substr(13, 6), v[19]);
  verdict.check("expiry", v.substr(21, 6), v[27]);
  if (!visa) {
    if (wide) verdict.check("optional", v.substr(28, 14), v[42], true);
    const std::size_t last = two.size() - 1;
    verdict.check("composite", std::string(v.substr(0, 10)) + std::string(v.substr(13, 7)) + std::string(v.substr(21, last - 21)), v[last]);
  }
  zone.number = without_fill(v.substr(0, 9));
  zone.issuer = zone.one.substr(2, 3);
  zone.name = name_of(std::string_view(zone.one).substr(5));
  return verdict;
}

Verdict judge_three_lines(Zone& zone) {
  zone.form = "TD1";
  mend(zone.two, 0, 7);
  mend(zone.two, 8, 7);
  const std::string_view one(zone.one), two(zone.two);
  Verdict verdict;
  zone.number = without_fill(one.substr(5, 9));
  if (one[14] == '<') {  // a longer number goes on in the optional data; its digit stands behind it
    const auto rest = one.substr(15, one.substr(15).find('<'));
    if (rest.size() > 1) {
      zone.number += rest.substr(0, rest.size() - 1);
      verdict.check("number", zone.number, rest.back());
    } else {
      verdict.check("number", one.substr(5, 9), one[14]);
    }
  } else {
    verdict.check("number", one.substr(5, 9), one[14]);
  }
  verdict.check("birth", two.substr(0, 6), two[6]);
  verdict.check("expiry", two.substr(8, 6), two[14]);
  verdict.check("composite", std::string(one.substr(5)) + std::string(two.substr(0, 7)) + std::string(two.substr(8, 7)) + std::string(two.substr(18, 11)), two[29]);
  zone.issuer = zone.one.substr(2, 3);
  zone.name = name_of(zone.three);
  return verdict;
}

// Two letters for the three of the countries that this tool is for; others keep none.
std::string country_of(std::string_view issuer) {
  constexpr std::string_view kCountries =
      "BFABF BENBJ CPVCV TCDTD GHAGH GNBGW GINGN LBRLR MLIML MRTMR NERNE NGANG SENSN SLESL GMBGM TGOTG LBYLY DZADZ MARMA TUNTN ESPES ITAIT "
      "FRAFR PRTPT LBNLB AREAE OMNOM KWTKW SAUSA CMRCM CIVCI GABGA GNQGQ D<<DE GBRGB USAUS BELBE NLDNL ";
  const auto at = kCountries.find(issuer);
  return at == std::string_view::npos || at % 6 != 0 ? std::string() : std::string(kCountries.substr(at + 3, 2));
}

void report(Search& search, std::size_t begin, std::size_t end, const Zone& zone, const Verdict& verdict) {
  if (!verdict.all_but_composite) {
    if (search.explain) search.refuse("mrz", begin, end, "check digits of the machine-readable zone do not hold");
    return;
  }
  const Confidence confidence = verdict.all ? Confidence::certain : Confidence::likely;
  const std::string country = country_of(zone.issuer);
  std::string value = zone.one + ' ' + zone.two;
  if (!zone.three.empty()) value += ' ' + zone.three;
  search.add({"mrz", {begin, end}, std::move(value), country, {}, confidence, zone.name, std::string(zone.form) + ": " + verdict.told});
  if (!zone.number.empty()) {
    search.add({"document-number", {begin, end}, zone.number, country, {}, confidence, zone.name, "from the machine-readable zone"});
  }
}

std::string copy(std::string_view text, const Line& line) { return std::string(text.substr(line.begin, line.size())); }

}  // namespace

void expand_mrz(Search& search, std::size_t angle) {
  const auto text = search.text;
  Line first = line_at(text, angle);
  if (first.size() != 30 && first.size() != 36 && first.size() != 44) return;
  Zone zone;
  if (first.size() != 30) {
    const Line second = line_after(text, first);
    if (second.size() != first.size() || std::string_view("PVACI").find(text[first.begin]) == std::string_view::npos) return;
    zone.one = copy(text, first);
    zone.two = copy(text, second);
    const Verdict verdict = judge_two_lines(zone);
    return report(search, first.begin, second.end, zone, verdict);
  }
  for (unsigned back = 0; back < 3 && first.size() == 30; ++back) {
    const Line second = line_after(text, first);
    const Line third = second.size() == 30 ? line_after(text, second) : Line{};
    if (third.size() == 30 && std::string_view("ACI").find(text[first.begin]) != std::string_view::npos && is_digit(text[second.begin])) {
      if (first.begin < search.masked_until) return;
      zone.one = copy(text, first);
      zone.two = copy(text, second);
      zone.three = copy(text, third);
      const Verdict verdict = judge_three_lines(zone);
      return report(search, first.begin, third.end, zone, verdict);
    }
    first = line_before(text, first);
  }
}

}  // namespace evtriage::contacts
