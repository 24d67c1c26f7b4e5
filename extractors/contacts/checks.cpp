// Weighted sums, each a few lines: written out one by one, because what they share is less than what they do not.
// Tested by tests/extractors/contacts/checks_test.cpp.
#include "extractors/contacts/checks.h"

#include <algorithm>

#include "extractors/contacts/characters.h"

namespace evtriage::contacts {
namespace {

unsigned value(char digit) { return static_cast<unsigned>(digit - '0'); }
bool all_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

template <std::size_t Size>
unsigned weighted(std::string_view digits, const unsigned (&weights)[Size]) {
  unsigned sum = 0;
  for (std::size_t i = 0; i < Size; ++i) sum += value(digits[i]) * weights[i];
  return sum;
}

}  // namespace

bool luhn(std::string_view digits) {
  unsigned sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const char c = digits[digits.size() - 1 - i];
    if (!is_digit(c)) return false;
    const unsigned twice = value(c) * (i % 2 == 1 ? 2 : 1);
    sum += twice > 9 ? twice - 9 : twice;
  }
  return digits.size() > 1 && sum % 10 == 0;
}

bool iban_check(std::string_view iban) {
  if (iban.size() < 15 || iban.size() > 34) return false;
  unsigned rest = 0;
  for (std::size_t i = 0; i < iban.size(); ++i) {
    const char c = iban[(i + 4) % iban.size()];
    if (is_digit(c)) {
      rest = (rest * 10 + value(c)) % 97;
    } else if (c >= 'A' && c <= 'Z') {
      rest = (rest * 100 + static_cast<unsigned>(c - 'A') + 10) % 97;
    } else {
      return false;
    }
  }
  return rest == 1;
}

bool container_check(std::string_view code) {
  if (code.size() != 11 || !all_digits(code.substr(4))) return false;
  if (code[3] != 'U' && code[3] != 'J' && code[3] != 'Z') return false;
  unsigned sum = 0;
  for (unsigned i = 0; i < 10; ++i) {
    unsigned worth = 0;
    if (i < 4) {
      if (code[i] < 'A' || code[i] > 'Z') return false;
      worth = static_cast<unsigned>(code[i] - 'A') + 10;
      worth += (worth - 1) / 10;  // multiples of eleven are left out: A 10, B 12 ... K 21, L 23 ... U 32, V 34
    } else {
      worth = value(code[i]);
    }
    sum += worth << i;
  }
  return sum % 11 % 10 == value(code[10]);
}

bool imo_check(std::string_view digits) {
  if (digits.size() != 7 || !all_digits(digits)) return false;
  return weighted(digits, {7, 6, 5, 4, 3, 2}) % 10 == value(digits[6]);
}

bool spanish_letter(std::string_view id) {
  if (id.size() != 9) return false;
  unsigned number = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    const bool foreign = i == 0 && id[0] >= 'X' && id[0] <= 'Z';
    if (!foreign && !is_digit(id[i])) return false;
    number = number * 10 + (foreign ? static_cast<unsigned>(id[0] - 'X') : value(id[i]));
  }
  return id[8] == "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23];
}

int mrz_digit(std::string_view field) {
  constexpr unsigned kWeights[] = {7, 3, 1};
  unsigned sum = 0;
  for (std::size_t i = 0; i < field.size(); ++i) {
    const char c = field[i];
    if (!is_digit(c) && c != '<' && !(c >= 'A' && c <= 'Z')) return -1;
    const unsigned worth = is_digit(c) ? value(c) : c == '<' ? 0 : static_cast<unsigned>(c - 'A') + 10;
    sum += worth * kWeights[i % 3];
  }
  return static_cast<int>(sum % 10);
}

bool nuban_check(std::string_view bank, std::string_view number) {
  if (bank.size() != 3 || number.size() != 10 || !all_digits(bank) || !all_digits(number)) return false;
  const unsigned sum = weighted(bank, {3, 7, 3}) + weighted(number, {3, 7, 3, 3, 7, 3, 3, 7, 3});
  return (10 - sum % 10) % 10 == value(number[9]);
}

bool ghana_tin_check(std::string_view tin) {
  if (tin.size() != 11 || std::string_view("PCGQV").find(tin[0]) == std::string_view::npos || !all_digits(tin.substr(1, 9))) return false;
  unsigned sum = 0;
  for (unsigned i = 0; i < 9; ++i) sum += (i + 1) * value(tin[i + 1]);
  const unsigned check = sum % 11;
  return check == 10 ? tin[10] == 'X' : tin[10] == static_cast<char>('0' + check);
}

bool kuwait_check(std::string_view digits) {
  if (digits.size() != 12 || !all_digits(digits)) return false;
  return 11 - weighted(digits, {2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}) % 11 == value(digits[11]);
}

}  // namespace evtriage::contacts
