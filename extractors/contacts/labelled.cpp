// A run of digits beside a capital, a currency or a letter: an amount, a vehicle's plate, a control number.
//
// Sources: plates of the countries of the region (digits and one to three letters in groups); nothing is taken without
// the word "plate" before it, because every order number looks the same.
// Tested by tests/extractors/contacts/amounts_test.cpp and travel_test.cpp.
#include "extractors/contacts/amounts.h"
#include "extractors/contacts/characters.h"
#include "extractors/contacts/labels.h"
#include "extractors/contacts/search.h"

namespace evtriage::contacts {
namespace {

bool is_cap(char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); }
bool is_joint(char c) { return c == ' ' || c == '-'; }

// The group of at most `most` capitals or digits that ends at `end`; its first byte, `end` if there is none.
std::size_t group_begin(std::string_view text, std::size_t end, std::size_t most) {
  std::size_t begin = end;
  while (begin > 0 && end - begin <= most && is_cap(text[begin - 1])) --begin;
  return end - begin > most || is_alnum(byte_before(text, begin)) || is_high(byte_before(text, begin)) ? end : begin;
}

bool take_plate(Search& search, std::size_t digit) {
  const auto text = search.text;
  std::size_t begin = digit;
  while (begin > 0 && digit - begin < 4 && is_cap(text[begin - 1])) --begin;
  for (int groups = 0; groups < 2 && begin >= 2 && is_joint(text[begin - 1]); ++groups) {
    const std::size_t before = group_begin(text, begin - 1, 5);
    if (before == begin - 1 || label_of(text.substr(before, begin - 1 - before)) != Label::none) break;
    begin = before;
  }
  if (begin < search.masked_until || is_alnum(byte_before(text, begin)) || label_before(text, begin) != Label::plate) return false;
  std::string value;
  std::size_t end = begin;
  unsigned digits = 0;
  bool hyphens = false;  // behind a hyphen a blank ends the plate: "AA-123-BB 35 km"
  for (unsigned groups = 0; groups < 4; ++groups) {
    if (hyphens && byte_at(text, end) == ' ') break;
    hyphens = hyphens || (groups > 0 && byte_at(text, end) == '-');
    const std::size_t first = end + (groups > 0 && is_joint(byte_at(text, end)) ? 1 : 0);
    std::size_t last = first;
    while (is_cap(byte_at(text, last)) && last - first < 8) ++last;
    if (last == first || is_alnum(byte_at(text, last)) || is_high(byte_at(text, last)) || value.size() + last - first > 10) break;
    for (std::size_t at = first; at < last; ++at) digits += is_digit(text[at]) ? 1 : 0;
    value += text.substr(first, last - first);
    end = last;
  }
  if (value.size() < 4 || digits < 2 || digits == value.size()) return false;
  search.add({"plate", {begin, end}, std::move(value), {}, {}, Confidence::likely, {}, "behind a label for plates"});
  return true;
}

}  // namespace

void expand_amount(Search& search, std::size_t first, std::size_t last) {
  if (last < search.masked_until) return;
  const auto text = search.text;
  if (auto amount = amount_at(text, first, last)) {
    if (amount->span.begin < search.masked_until) return;
    search.add({"money", amount->span, std::move(amount->value), {}, {}, amount->confidence, {}, std::string(amount->note)});
    return;
  }
  if (!is_alnum(byte_before(text, first)) && label_before(text, first) == Label::transfer) {
    take_transfer(search, first, last + 1);
    return;
  }
  take_plate(search, first);
}

}  // namespace evtriage::contacts
