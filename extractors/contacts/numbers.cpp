// Runs of digits and capitals: which family may claim them.
//
// The anchor is a run of five or more, or two groups of four; what stands before and behind joins it where the
// shape of a known number goes on ("35-693803-564380-9", "3782 822463 10005").  Families are asked from the one
// with the strongest check to the one that trusts a label alone.
// Tested by tests/extractors/contacts/money_test.cpp and devices_test.cpp.
#include <algorithm>

#include "extractors/contacts/characters.h"
#include "extractors/contacts/phone_text.h"
#include "extractors/contacts/search.h"

namespace evtriage::contacts {
namespace {

constexpr std::size_t kLongestRun = 48;

bool is_cap(char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); }

bool goes_on(std::string_view text, std::size_t end) {
  const char after = byte_at(text, end);
  return is_alnum(after) || after == '_' || digit_at(text, end).length != 0 || ((after == '.' || after == ',') && is_digit(byte_at(text, end + 1)));
}

bool is_glued(std::string_view text, std::size_t begin) {
  const char before = byte_before(text, begin);
  return is_alnum(before) || before == '_' || before == '.' || before == '%' || before == '&' || before == '\\' || (before == ',' && begin >= 2 && is_digit(text[begin - 2]));
}

// Digits with single blanks or hyphens between groups, from `begin`: a number in the groups `sizes`.
std::size_t grouped_end(std::string_view text, std::size_t begin, std::string_view sizes, std::string& digits) {
  std::size_t at = begin;
  char gap = '\0';
  digits.clear();
  for (std::size_t group = 0; group < sizes.size(); ++group) {
    if (group > 0) {
      const std::size_t length = byte_at(text, at) == '-' ? 1 : blank_length(text, at);
      if (length == 0 || (gap != '\0' && gap != text[at])) return 0;
      gap = text[at];
      at += length;
    }
    for (char left = sizes[group]; left > '0'; --left, ++at) {
      if (!is_digit(byte_at(text, at))) return 0;
      digits += text[at];
    }
  }
  if (goes_on(text, at)) return 0;
  const std::size_t next = byte_at(text, at) == '-' ? 1 : blank_length(text, at);
  if (next != 0 && is_digit(byte_at(text, at + next)) && gap == text[at]) return 0;  // the row goes on
  return at;
}

bool is_row(std::string_view text, std::size_t begin) {  // "... 1234 4539 ...": a group of the same row stands before
  return begin >= 2 && (text[begin - 1] == ' ' || text[begin - 1] == '-') && is_digit(text[begin - 2]);
}

// Numbers that people write in groups, at the place where a known group would begin.
bool take_grouped(Search& search, std::size_t begin) {
  const auto text = search.text;
  std::size_t first = 0;  // digits in the first group: every known form begins with two or four
  while (first < 5 && is_digit(byte_at(text, begin + first))) ++first;
  const char gap = byte_at(text, begin + first);
  if ((first != 2 && first != 4) || (gap != ' ' && gap != '-' && !is_high(gap))) return false;
  if (begin < search.masked_until || is_glued(text, begin) || is_row(text, begin)) return false;
  std::string digits;
  for (const std::string_view sizes : {"4444", "44443", "465", "464", "444434", "44444", "26661", "2661"}) {
    const std::size_t end = grouped_end(text, begin, sizes, digits);
    if (end == 0) continue;
    const bool device = sizes[0] == '2' || (sizes[0] == '4' && digits.size() > 17);  // IMEI, ICCID; else a card
    if ((device && take_device(search, begin, end, digits)) || take_card(search, begin, end, digits)) return true;
  }
  return false;
}

bool take_digits(Search& search, std::size_t begin, std::size_t end) {
  const auto digits = search.text.substr(begin, end - begin);
  if (digits.size() >= 10 && take_bare_phone(search, begin, end, digits)) return true;
  return digits.size() >= 13 && (take_device(search, begin, end, digits) || take_card(search, begin, end, digits));
}

// A group of two to four digits before the run, with one gap between: its first byte, else `begin`.
std::size_t group_before(std::string_view text, std::size_t begin) {
  if (begin < 3 || (text[begin - 1] != ' ' && text[begin - 1] != '-')) return begin;
  std::size_t at = begin - 1;
  while (at > 0 && begin - at < 6 && is_digit(text[at - 1])) --at;
  return at == begin - 1 ? begin : at;
}

}  // namespace

void expand_caps(Search& search, std::size_t begin) {
  const auto text = search.text;
  if (begin < search.masked_until || is_alnum(byte_before(text, begin))) return;
  std::size_t end = begin + 5;
  while (end - begin < kLongestRun && is_cap(byte_at(text, end))) ++end;
  if (lower(byte_at(text, end)) != byte_at(text, end) || is_letter(byte_at(text, end)) || digit_at(text, end)) return;
  const auto run = text.substr(begin, end - begin);
  const bool digits = std::ranges::all_of(run, is_digit);
  if (end - begin >= 8 && end - begin <= 12 && take_receipt(search, begin, end)) return;
  if (!is_glued(text, begin) && !goes_on(text, end)) {
    if (digits ? take_digits(search, begin, end) : take_iban(search, begin)) return;
  }
  if (digits && take_grouped(search, group_before(text, begin))) return;
  if (take_travel(search, begin, end) || take_transfer(search, begin, end)) return;
  take_document(search, begin, end);
}

void expand_fours(Search& search, std::size_t last) {
  const auto text = search.text;
  const std::size_t begin = last - 8;
  if (begin < search.masked_until || take_grouped(search, begin)) return;
  const char gap = text[begin + 4];
  if (gap == ' ' || gap == '-') take_iban(search, begin);
}

void expand_long_run(Search& search, std::size_t begin) {
  const auto text = search.text;
  if (begin < search.masked_until) return;
  constexpr std::string_view kHeads = "013468BLMTbl";
  if (kHeads.find(text[begin]) == std::string_view::npos) return;
  std::size_t end = begin + 26;
  while (end - begin <= 110 && is_alnum(byte_at(text, end))) ++end;
  if (byte_at(text, end) == '_' || byte_before(text, begin) == '_' || end - begin > 110) return;
  take_crypto(search, begin, end);
}

}  // namespace evtriage::contacts
