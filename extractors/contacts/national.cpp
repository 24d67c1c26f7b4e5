// Numbers written nationally ("70 12 34 56"): only with regions, because such a number fits the plans of
// several countries, and never where the words or the shape around say money, date or serial number.
// Tested by tests/extractors/contacts/national_test.cpp.
#include <algorithm>

#include "extractors/contacts/characters.h"
#include "extractors/contacts/labels.h"
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
  if (groups == 2 && number.groups[1].separator == '.') return false;  // a decimal point
  for (unsigned i = 2; i < groups; ++i) {
    if (number.groups[i].separator != number.groups[1].separator) return false;
  }
  for (unsigned i = 1; i < groups; ++i) {
    if (number.groups[i].digits < 2) return false;
  }
  return true;
}

struct Fitting {
  std::vector<std::string> countries;  // sorted
  std::string value;                   // E.164 of the first
  bool former = false;                 // only a former plan has it
};

// What one region says of the digits; `e164` becomes the present form.
Fit fit_of(Search& search, const std::string& region, std::string_view digits, bool ask_library, std::string& e164) {
  const bool trunk = has_trunk_zero(region);
  const bool bare = region == "LB" && digits.size() == 8 && !digits.starts_with('0');  // 70 123 456 is dialled without 0
  if (trunk && !bare && !digits.starts_with('0')) return Fit::none;
  const auto national = trunk && !bare ? digits.substr(1) : digits;
  const std::string code(calling_code(region));
  if (code.empty()) return Fit::none;
  Fit fit = fits_plan(region, national);
  e164 = '+' + code + (fit == Fit::former ? present_form(region, national) : std::string(national));
  if (fit == Fit::none && ask_library && has_length(region, national.size())) {  // a range that the table leaves to the library
    const auto& verdict = search.memo->check(code + std::string(national));
    if (verdict.status == PhoneVerdict::Status::current && verdict.country == region) fit = Fit::current;
  }
  return fit;
}

// The regions whose present plan the digits fit; those of a former plan where no present one does.
Fitting fitting(Search& search, std::string_view digits, bool ask_library) {
  Fitting best;
  best.former = true;
  for (const auto& region : *search.regions) {
    std::string e164;
    const Fit fit = fit_of(search, region, digits, ask_library, e164);
    if (fit == Fit::none || (fit == Fit::former && !best.former)) continue;
    if (fit == Fit::current && best.former) best = {};
    best.countries.push_back(region);
    if (best.value.empty()) best.value = std::move(e164);
  }
  return best;
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

// The word before says that it counts or names a thing.
bool follows_thing(std::string_view text, std::size_t begin) {
  constexpr std::string_view kThings[] = {"order", "orders", "ref", "reference", "lot", "ean", "facture", "invoice", "commande", "code", "id", "ticket", "account", "compte", "serial",
                                          "pid", "bytes", "isbn", "issn", "sku", "art", "article", "item", "page", "dossier", "colis", "parcel", "tracking", "kernel", "line", "row", "key"};
  std::size_t end = begin;
  while (end > 0 && begin - end < 4 && std::string_view(" :#=[./").find(text[end - 1]) != std::string_view::npos) --end;
  std::size_t first = end;
  while (first > 0 && end - first < 12 && is_letter(text[first - 1])) --first;
  const auto word = text.substr(first, end - first);
  return first != end && std::ranges::any_of(kThings, [&](std::string_view thing) { return equals_folded(word, thing); });
}

// A cell of a table of numbers, or "No 70123456": perhaps.
bool is_doubtful(std::string_view text, std::size_t begin, std::size_t end) {
  const auto is_cut = [](char c) { return c == '\t' || c == ';' || c == ',' || c == '|'; };
  const bool cell = (is_cut(byte_before(text, begin)) && begin >= 2 && is_digit(text[begin - 2])) || (is_cut(byte_at(text, end)) && is_digit(byte_at(text, end + 1)));
  std::size_t word = begin;
  while (word > 0 && begin - word < 3 && (text[word - 1] == ' ' || text[word - 1] == '.' || text[word - 1] == ':')) --word;
  const bool number_word = ends_folded(text, word, "no") && !(word >= 3 && is_alnum(text[word - 3]));
  const bool column = byte_at(text, end) == ' ' && byte_at(text, end + 1) == ' ';
  return cell || number_word || column;
}

// Adds the number that the first `groups` groups are, or says why not.
void judge(Search& search, const WrittenNumber& number, unsigned groups, Fitting fit) {
  const std::size_t begin = number.groups[0].begin, end = number.groups[groups - 1].end;
  if (const auto fault = fault_around(search.text, begin, end); !fault.empty()) return search.refuse("phone", begin, end, fault);
  if (looks_like_date(number, groups)) return search.refuse("phone", begin, end, "a date");
  if (goes_on(number, groups)) return search.refuse("phone", begin, end, "the number goes on");
  if (follows_thing(search.text, begin)) return search.refuse("phone", begin, end, "the word before names a thing, not a telephone");
  Found found{"phone", {begin, end}, std::move(fit.value), {}, {}, fit.former ? Confidence::candidate : Confidence::likely};
  if (groups == 1 && is_doubtful(search.text, begin, end)) found.confidence = Confidence::candidate;
  if (fit.countries.size() == 1) {
    found.country = fit.countries.front();
  } else {
    found.confidence = Confidence::candidate;
    found.countries = std::move(fit.countries);
  }
  search.add(std::move(found));
}

}  // namespace

void expand_national(Search& search, std::size_t digit) {
  const WrittenNumber number = read_number(search.text, digit);
  if (number.digits.size() < 7) return;
  Fitting former;  // of the fewest groups, in case that no present plan has any
  unsigned former_groups = 0;
  for (unsigned groups = 1; groups <= number.count; ++groups) {
    const auto& last = number.groups[groups - 1];
    const unsigned digits = last.digits_before + last.digits;
    if (digits < 7 || (number.too_long && groups == number.count)) continue;
    if (digits > 11) break;
    if (!has_even_separators(number, groups)) continue;
    // The library costs a hundred times more than the tables: only for what is written like a telephone number.
    const bool written = groups >= 3 || label_before(search.text, digit) == Label::phone;
    Fitting fit = fitting(search, std::string_view(number.digits).substr(0, digits), written);
    if (fit.countries.empty()) continue;
    if (!fit.former) return judge(search, number, groups, std::move(fit));
    if (former_groups == 0) {
      former_groups = groups;
      former = std::move(fit);
    }
  }
  if (former_groups != 0) judge(search, number, former_groups, std::move(former));
}

}  // namespace evtriage::contacts
