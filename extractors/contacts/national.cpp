// Numbers written nationally ("70 12 34 56"): only with regions, because such a number fits the plans of
// several countries, and never where the words or the shape around say money, date or serial number.
// Tested by tests/extractors/contacts/national_test.cpp.
#include <algorithm>

#include "extractors/contacts/characters.h"
#include "extractors/contacts/phone_text.h"
#include "extractors/contacts/plan.h"
#include "extractors/contacts/search.h"

namespace evtriage::contacts {
namespace {

constexpr std::string_view kMoney[] = {"fcfa", "cfa", "xof", "xaf", "f", "frs", "francs", "franc", "ghs", "gh", "ngn", "naira", "usd", "eur",
                                       "euro", "euros", "dollars", "gnf", "mru", "dzd", "mad", "lrd", "sle", "gmd", "cve", "montant", "solde"};
constexpr std::string_view kSigns[] = {"$", "€", "£", "₦", "₵", "%"};

bool is_word_of_money(std::string_view word) {
  return std::ranges::any_of(kMoney, [&](std::string_view money) { return equals_folded(word, money); });
}

bool has_money_before(std::string_view text, std::size_t begin) {
  std::size_t at = begin;
  while (at > 0 && begin - at < 3 && (text[at - 1] == ' ' || text[at - 1] == ':')) --at;
  for (const auto sign : kSigns) {
    if (text.substr(0, at).ends_with(sign)) return true;
  }
  std::size_t first = at;
  while (first > 0 && at - first < 10 && is_letter(text[first - 1])) --first;
  return is_word_of_money(text.substr(first, at - first));
}

bool has_money_after(std::string_view text, std::size_t end) {
  std::size_t at = end;
  while (at - end < 4 && blank_length(text, at) != 0) at += blank_length(text, at);
  for (const auto sign : kSigns) {
    if (text.substr(at).starts_with(sign)) return true;
  }
  std::size_t last = at;
  while (last < text.size() && last - at < 10 && is_letter(text[last])) ++last;
  return is_word_of_money(text.substr(at, last - at));
}

unsigned number_of(std::string_view digits) {
  unsigned value = 0;
  for (const char c : digits) value = value * 10 + static_cast<unsigned>(c - '0');
  return value;
}

bool is_date(unsigned year, unsigned month, unsigned day) {
  return year >= 1900 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

bool looks_like_date(const WrittenNumber& number, unsigned groups) {
  const std::string_view d(number.digits);
  const auto& g = number.groups;
  if (groups == 1 && d.size() >= 8) return is_date(number_of(d.substr(0, 4)), number_of(d.substr(4, 2)), number_of(d.substr(6, 2)));
  if (groups < 3) return false;
  if (g[0].digits == 4 && g[1].digits == 2 && g[2].digits == 2) return is_date(number_of(d.substr(0, 4)), number_of(d.substr(4, 2)), number_of(d.substr(6, 2)));
  if (g[0].digits == 2 && g[1].digits == 2 && g[2].digits == 4) return is_date(number_of(d.substr(4, 4)), number_of(d.substr(2, 2)), number_of(d.substr(0, 2)));
  return false;
}

// "70 12 34 56 78": the next group goes on in the same step, so the number is longer than it seems.
bool goes_on(const WrittenNumber& number, unsigned groups) {
  if (groups >= number.count || groups < 2) return false;
  const auto& last = number.groups[groups - 1];
  const auto& next = number.groups[groups];
  return next.separator == last.separator && next.digits == last.digits;
}

bool has_even_separators(const WrittenNumber& number, unsigned groups) {
  for (unsigned i = 2; i < groups; ++i) {
    if (number.groups[i].separator != number.groups[1].separator) return false;
  }
  for (unsigned i = 1; i < groups; ++i) {
    if (number.groups[i].digits < 2) return false;
  }
  return true;
}

// The regions whose present plan the digits fit, sorted; `national` becomes the digits without trunk 0.
std::vector<std::string> fitting(const Search& search, std::string_view digits) {
  std::vector<std::string> countries;
  for (const auto& region : *search.regions) {
    const bool trunk = has_trunk_zero(region);
    if (trunk && !digits.starts_with('0')) continue;
    if (fits_plan(region, trunk ? digits.substr(1) : digits)) countries.push_back(region);
  }
  return countries;
}

std::string_view fault_around(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::string_view kBefore = "+-./,:#=%@_*&$(\\", kAfter = "-/@_=%*\\+";
  const char before = byte_before(text, begin), after = byte_at(text, end);
  if (is_alnum(before) || (before != '\0' && before != '(' && before != ':' && kBefore.find(before) != std::string_view::npos)) return "glued to a word or a number";
  if (is_alnum(after) || (after != '\0' && kAfter.find(after) != std::string_view::npos)) return "glued to a word or a number";
  if ((after == '.' || after == ',' || after == ':') && is_digit(byte_at(text, end + 1))) return "a number with a fraction, or a time";
  if (before == ' ' && begin >= 2 && is_digit(text[begin - 2])) return "the rest of a longer number";
  if (has_money_before(text, begin) || has_money_after(text, end)) return "an amount of money";
  return {};
}

}  // namespace

void expand_national(Search& search, std::size_t digit) {
  const auto text = search.text;
  const WrittenNumber number = read_number(text, digit);
  if (number.digits.size() < 7) return;
  for (unsigned groups = 1; groups <= number.count; ++groups) {
    const auto& last = number.groups[groups - 1];
    const unsigned digits = last.digits_before + last.digits;
    if (digits < 7 || (number.too_long && groups == number.count)) continue;
    if (digits > 11) return;
    const auto countries = fitting(search, std::string_view(number.digits).substr(0, digits));
    if (countries.empty() || !has_even_separators(number, groups)) continue;
    if (const auto fault = fault_around(text, digit, last.end); !fault.empty()) return search.refuse("phone", digit, last.end, fault);
    if (looks_like_date(number, groups)) return search.refuse("phone", digit, last.end, "a date");
    if (goes_on(number, groups)) return search.refuse("phone", digit, last.end, "the number goes on");
    const auto& country = countries.front();
    const std::size_t trunk = has_trunk_zero(country) ? 1 : 0;
    Found found{"phone", {digit, last.end}, {}, {}, {}, Confidence::likely};
    found.value = '+';
    found.value.append(calling_code(country)).append(number.digits, trunk, digits - trunk);
    if (countries.size() == 1) {
      found.country = country;
    } else {
      found.confidence = Confidence::candidate;
      found.countries = countries;
    }
    return search.add(std::move(found));
  }
}

}  // namespace evtriage::contacts
