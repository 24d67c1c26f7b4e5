// Numbers of passports, identity cards, tax files, and bank accounts beside their label.
//
// Sources: the formats as published rules give them (issue in extractors/contacts/README.md); where a format is not
// confirmed the label alone speaks, and the number is `likely`.  The Ghana Card has a shape of its own.
// Tested by tests/extractors/contacts/documents_test.cpp.
#include <algorithm>

#include "extractors/contacts/characters.h"
#include "extractors/contacts/checks.h"
#include "extractors/contacts/labels.h"
#include "extractors/contacts/search.h"

namespace evtriage::contacts {
namespace {

constexpr std::size_t kLongest = 28;

bool is_cap(char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); }
bool joins(std::string_view text, std::size_t at) {
  return (byte_at(text, at) == '-' || byte_at(text, at) == '/') && is_cap(byte_before(text, at)) && is_cap(byte_at(text, at + 1));
}

struct Token {
  std::size_t begin, end;
  std::string value;  // without hyphens and slashes
  unsigned digits = 0, letters = 0;
};

std::size_t token_begin(std::string_view text, std::size_t begin, std::size_t end) {
  while (begin > 0 && end - begin < kLongest && (is_cap(text[begin - 1]) || joins(text, begin - 1))) --begin;
  return begin;
}

// The run with what hyphens and slashes join to it.
Token token_around(std::string_view text, std::size_t begin, std::size_t end) {
  Token token{token_begin(text, begin, end), end, {}, 0, 0};
  while (token.end - token.begin < kLongest && (is_cap(byte_at(text, token.end)) || joins(text, token.end))) ++token.end;
  for (const char c : text.substr(token.begin, token.end - token.begin)) {
    if (!is_cap(c)) continue;
    token.value += c;
    (is_digit(c) ? token.digits : token.letters) += 1;
  }
  return token;
}

bool is_ghana_card(std::string_view value) {
  return value.size() == 13 && value.starts_with("GHA") && std::ranges::all_of(value.substr(3), is_digit);
}

void add_document(Search& search, const Token& token, std::string country, std::string note, Confidence confidence = Confidence::likely) {
  search.add({"document-number", {token.begin, token.end}, token.value, std::move(country), {}, confidence, {}, std::move(note)});
}

// Identity numbers with a check of their own: what it says, "" where the shape has none.
std::string_view check_of_identity(std::string_view value) {
  const bool spanish = value.size() == 9 && value[8] >= 'A' && (is_digit(value[0]) || (value[0] >= 'X' && value[0] <= 'Z'));
  if (spanish) return spanish_letter(value) ? "the check letter of a Spanish identity number holds" : "";
  if (value.size() == 12 && kuwait_check(value)) return "the check digit of a Kuwaiti civil number holds";
  if (value.size() == 10 && (value[0] == '1' || value[0] == '2') && luhn(value)) return "the check digit of a Saudi identity number holds";
  return "";
}

bool take_account(Search& search, const Token& token) {
  constexpr std::string_view kBanks[] = {"011", "023", "030", "032", "033", "035", "044", "050", "057", "058", "068",
                                         "070", "076", "082", "101", "214", "215", "221", "232", "301"};
  if (token.letters != 0 || (token.digits != 10 && (token.digits < 20 || token.digits > 24))) return false;
  std::string banks;
  for (const auto bank : kBanks) {
    if (token.digits == 10 && nuban_check(bank, token.value)) banks += (banks.empty() ? "" : " ") + std::string(bank);
  }
  const bool nigerian = !banks.empty();
  search.add({"bank-account", {token.begin, token.end}, token.value, nigerian ? "NG" : "", {}, nigerian ? Confidence::likely : Confidence::candidate, {},
              nigerian ? "behind a label; its check digit fits the Nigerian banks " + banks : "behind a label"});
  return true;
}

bool take_bic(Search& search, const Token& token) {
  const auto letters = [&](std::size_t from, std::size_t count) {
    return std::ranges::all_of(std::string_view(token.value).substr(from, count), [](char c) { return !is_digit(c); });
  };
  if ((token.value.size() != 8 && token.value.size() != 11) || token.end - token.begin != token.value.size() || !letters(0, 6)) return false;
  search.add({"bic", {token.begin, token.end}, token.value, token.value.substr(4, 2), {}, Confidence::certain, {}, "ISO 9362 form behind a label"});
  return true;
}

}  // namespace

bool take_document(Search& search, std::size_t begin, std::size_t end) {
  const std::size_t first = token_begin(search.text, begin, end);
  const bool may_be_ghanaian = search.text.substr(first, 3) == "GHA";
  const Label label = label_before(search.text, first);
  if (label == Label::none && !may_be_ghanaian) return false;
  const Token token = token_around(search.text, begin, end);
  if (token.begin < search.masked_until || is_alnum(byte_before(search.text, token.begin)) || is_alnum(byte_at(search.text, token.end))) return false;
  if (is_ghana_card(token.value)) {
    add_document(search, token, "GH", "the form of a Ghana Card");
    return true;
  }
  const std::size_t size = token.value.size();
  switch (label) {
    case Label::passport:
      if (size < 6 || size > 12 || token.digits < 5 || token.letters > 4) break;
      add_document(search, token, {}, "behind a label for passports");
      return true;
    case Label::identity:
    case Label::tax: {
      if (size < 6 || size > 20 || token.digits < 5 || token.letters > 5) break;
      const auto check = check_of_identity(token.value);
      add_document(search, token, {}, check.empty() ? "behind a label for identity numbers" : std::string(check), check.empty() ? Confidence::likely : Confidence::certain);
      return true;
    }
    case Label::bank_account: return take_account(search, token);
    case Label::bic: return take_bic(search, token);
    case Label::none: return false;
    default: return false;
  }
  search.refuse("document-number", token.begin, token.end, "behind a label, but not the shape of such a number");
  return false;
}

}  // namespace evtriage::contacts
