// Telephone numbers written internationally: +CC, 00CC, tel:, and those that links carry.
//
// The groups are read first, then the longest run of whole groups that is a number that exists is taken: so
// "+226 70123456 70123457" in a table gives its first number, and a number is never cut inside a group.
// Tested by tests/extractors/contacts/phone_test.cpp.
#include <algorithm>

#include "extractors/contacts/characters.h"
#include "extractors/contacts/labels.h"
#include "extractors/contacts/phone_text.h"
#include "extractors/contacts/plan.h"
#include "extractors/contacts/search.h"

namespace evtriage::contacts {
namespace {

constexpr unsigned kFewest = 8, kMost = 16;

Confidence confidence_of(const PhoneVerdict& verdict) {
  return verdict.status == PhoneVerdict::Status::current ? Confidence::certain : Confidence::likely;
}

// A letter, a percent sign or more digits behind the number: part of something else.
bool runs_on(std::string_view text, std::size_t end) {
  const char after = byte_at(text, end);
  if (lower(after) == 'x' && is_digit(byte_at(text, end + 1))) return false;  // an extension
  return is_alnum(after) || after == '_' || after == '@' || after == '=' || digit_at(text, end).length != 0 ||
         (after == ':' && is_digit(byte_at(text, end + 1)));
}

// "+16.97, -7.99" and "+40.2036-075.0041" (ISO 6709) are places.
bool is_coordinate(std::string_view text, const WrittenNumber& number) {
  if (number.count < 2 || number.groups[0].digits > 3 || number.groups[1].separator != '.' || number.groups[1].digits < 2) return false;
  std::size_t at = number.groups[1].end;
  while (byte_at(text, at) == ' ' || byte_at(text, at) == ',' || byte_at(text, at) == ';') ++at;
  if (byte_at(text, at) == '+' || byte_at(text, at) == '-') ++at;
  while (is_digit(byte_at(text, at))) ++at;
  return byte_at(text, at) == '.' && is_digit(byte_at(text, at + 1)) && number.groups[1].digits >= 4;
}

struct Taken {
  const PhoneVerdict* verdict = nullptr;
  std::size_t end = 0;
};

// The longest run of whole groups, behind `skip` digits of an international prefix, that exists.
Taken longest_number(Search& search, const WrittenNumber& number, unsigned skip) {
  for (unsigned groups = number.count; groups > 0; --groups) {
    const auto& last = number.groups[groups - 1];
    const unsigned digits = last.digits_before + last.digits;
    const bool cut = number.too_long && groups == number.count;
    if (cut || digits < skip + kFewest || digits > skip + kMost || runs_on(search.text, last.end)) continue;
    const auto& verdict = search.memo->check(std::string_view(number.digits).substr(skip, digits - skip));
    if (verdict.status != PhoneVerdict::Status::refused) return {&verdict, last.end};
  }
  return {};
}

std::size_t end_of(const WrittenNumber& number, std::size_t at) {
  return number.count == 0 ? at : number.groups[number.count - 1].end;
}

void add_phone(Search& search, std::size_t begin, std::size_t end, const PhoneVerdict& verdict, Confidence confidence) {
  search.add({"phone", {begin, end}, verdict.e164, verdict.country, {}, confidence});
}

// What stands before an international number: nothing that could make it part of a word or a sum.
bool is_glued_before(std::string_view text, std::size_t begin) {
  const char before = byte_before(text, begin);
  return is_alnum(before) || before == '_' || before == '+' || before == '%' || before == '.' || (before == '-' && begin >= 2 && is_alnum(text[begin - 2]));
}

// 011 is dialled from North America: only for the countries of the plans, because "011" begins many other numbers.
void expand_american_prefix(Search& search, std::size_t zero, const WrittenNumber& number) {
  if (number.digits.size() < kFewest + 3 || is_alnum(byte_before(search.text, zero)) || is_glued_before(search.text, zero)) return;
  const Taken taken = longest_number(search, number, 3);
  if (taken.verdict == nullptr || calling_code(taken.verdict->country).empty()) return;
  add_phone(search, zero, taken.end, *taken.verdict, Confidence::likely);
}

}  // namespace

void add_linked_phone(Search& search, ByteRange span, std::string_view digits) {
  const auto& verdict = search.memo->check(digits);
  if (verdict.status == PhoneVerdict::Status::refused) {
    return search.refuse("phone", span.begin, span.end, "no numbering plan has this number");
  }
  add_phone(search, span.begin, span.end, verdict, confidence_of(verdict));
}

void expand_plus(Search& search, std::size_t plus) {
  const auto text = search.text;
  const WrittenNumber number = read_number(text, plus + 1);
  if (number.digits.size() < kFewest && read_number(text, plus + 1, true).digits.size() < kFewest) return;
  if (is_glued_before(text, plus)) return search.refuse("phone", plus, end_of(number, plus), "glued to a word, a number or a sum");
  if (is_coordinate(text, number)) return search.refuse("phone", plus, end_of(number, plus), "a coordinate");
  if (number.digits.starts_with("00")) {  // "+00226 ..." is written in haste
    const Taken doubled = longest_number(search, number, 2);
    if (doubled.verdict != nullptr) return add_phone(search, plus, doubled.end, *doubled.verdict, Confidence::likely);
  }
  Taken taken = longest_number(search, number, 0);
  if (taken.verdict == nullptr) taken = longest_number(search, read_number(text, plus + 1, true), 0);
  if (taken.verdict == nullptr) {
    const PhoneVerdict& whole = search.memo->check(number.digits);
    const bool possible = whole.possible && !number.too_long && !runs_on(text, end_of(number, plus));
    if (possible) return add_phone(search, plus, end_of(number, plus), whole, Confidence::candidate);
    return search.refuse("phone", plus, end_of(number, plus), "no numbering plan has this number");
  }
  std::size_t begin = plus;
  if (byte_before(text, plus) == '(' && text.substr(plus, taken.end - plus).find(')') != std::string_view::npos) begin = plus - 1;
  add_phone(search, begin, taken.end, *taken.verdict, confidence_of(*taken.verdict));
}

void expand_zeros(Search& search, std::size_t zero) {
  const auto text = search.text;
  const WrittenNumber number = read_number(text, zero);
  if (number.digits.size() < kFewest + 2 || number.digits[2] == '0') return;
  if (number.digits[1] == '1') return expand_american_prefix(search, zero, number);
  const std::size_t end = end_of(number, zero);
  const char before = byte_before(text, zero), before_that = zero >= 2 ? text[zero - 2] : '\0';
  const bool in_number = (before == '.' || before == ',' || before == ':' || before == '-' || before == '/' || before == ' ') && is_digit(before_that);
  const bool compact = number.groups[0].digits >= kFewest + 2;
  if (is_alnum(before) || before == '_' || before == '+' || before == '#' || before == '%' || before == '=' || (zero >= 2 && digit_at(text, zero - 2).length == 2)) {
    return search.refuse("phone", zero, end, "glued to a word or a number");
  }
  if (in_number && !(before == ' ' && compact) && !(before == '/' && compact)) return search.refuse("phone", zero, end, "the rest of a longer number");
  const Taken taken = longest_number(search, number, 2);
  if (taken.verdict == nullptr) return search.refuse("phone", zero, end, "no numbering plan has this number");
  // Padded serial numbers look like 001..., so a compact one is not certain.
  const bool padded = compact && number.digits[2] == '1';
  add_phone(search, zero, taken.end, *taken.verdict, padded ? Confidence::candidate : confidence_of(*taken.verdict));
}

bool take_bare_phone(Search& search, std::size_t begin, std::size_t end, std::string_view digits) {
  const auto text = search.text;
  const auto answer = ask_plans(digits);
  if (answer.kind != PlanAnswer::Kind::current && answer.kind != PlanAnswer::Kind::silent) return false;
  if (answer.country.empty()) return false;
  const bool bracket = byte_before(text, begin) == '(' && byte_at(text, end) == ')';
  const bool region = std::ranges::find(*search.regions, answer.country) != search.regions->end();
  if (!bracket && !region && label_before(text, begin) != Label::phone) {
    search.refuse("phone", begin, end, "a country code without +: nothing says that it is a telephone number");
    return false;
  }
  const auto& verdict = search.memo->check(digits);
  if (verdict.status != PhoneVerdict::Status::current) return false;
  search.add({"phone", {begin, end}, verdict.e164, verdict.country, {}, Confidence::likely});
  return true;
}

void expand_tel(Search& search, std::size_t colon) {
  const auto text = search.text;
  if (!ends_folded(text, colon, "tel") || (colon >= 4 && is_alnum(text[colon - 4]))) return;
  std::size_t at = colon + 1;
  while (byte_at(text, at) == '/') ++at;  // tel://
  const bool encoded_plus = starts_folded(text, at, "%2b");
  if (encoded_plus) {
    at += 3;
  } else if (!is_digit(byte_at(text, at)) || byte_at(text, at) == '0') {
    return;  // a plus or 00 has its own anchor; a leading 0 is national
  }
  const WrittenNumber number = read_number(text, at);
  const Taken taken = longest_number(search, number, 0);
  if (taken.verdict == nullptr) return search.refuse("phone", at, end_of(number, at), "no numbering plan has this number");
  add_phone(search, encoded_plus ? at - 3 : at, taken.end, *taken.verdict, encoded_plus ? confidence_of(*taken.verdict) : Confidence::likely);
}

}  // namespace evtriage::contacts
