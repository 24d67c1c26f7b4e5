// Amounts: the digits, then the currency behind or before them.
// Tested by tests/extractors/contacts/amounts_test.cpp.
#include "extractors/contacts/amounts.h"

#include <algorithm>
#include <array>

#include "extractors/contacts/characters.h"

namespace evtriage::contacts {
namespace {

struct Currency {
  std::string_view word;  // small letters
  std::string_view code;
  bool exact;             // names one currency
  bool doubtful;          // a letter or two: only with an amount that looks like money
};
constexpr Currency kWords[] = {
    {"fcfa", "XOF", false, false}, {"f cfa", "XOF", false, false}, {"f.cfa", "XOF", false, false}, {"cfa", "XOF", false, false}, {"xof", "XOF", true, false},
    {"xaf", "XAF", true, false}, {"francs cfa", "XOF", false, false}, {"francs", "franc", false, false}, {"franc", "franc", false, true}, {"frs", "franc", false, false},
    {"f", "franc", false, true}, {"ghs", "GHS", true, false}, {"gh\xC2\xA2", "GHS", true, false}, {"gh\xE2\x82\xB5", "GHS", true, false},
    {"\xE2\x82\xB5", "GHS", true, false}, {"cedis", "GHS", true, false}, {"cedi", "GHS", true, false}, {"ngn", "NGN", true, false}, {"\xE2\x82\xA6", "NGN", true, false},
    {"naira", "NGN", true, false}, {"nairas", "NGN", true, false}, {"euros", "EUR", true, false}, {"euro", "EUR", true, false}, {"eur", "EUR", true, false},
    {"\xE2\x82\xAC", "EUR", true, false}, {"\xC2\xA3", "GBP", true, false}, {"gbp", "GBP", true, false}, {"usd", "USD", true, false}, {"us$", "USD", true, false},
    {"dollars", "dollar", false, false}, {"$", "dollar", false, false}, {"gmd", "GMD", true, false}, {"dalasi", "GMD", true, false}, {"dalasis", "GMD", true, false},
    {"gnf", "GNF", true, false}, {"lrd", "LRD", true, false}, {"l$", "LRD", true, false}, {"sle", "SLE", true, false}, {"sll", "SLL", true, false},
    {"leones", "leone", false, false}, {"mru", "MRU", true, false}, {"mro", "MRO", true, false}, {"ouguiya", "ouguiya", false, false},
    {"ouguiyas", "ouguiya", false, false}, {"cve", "CVE", true, false}, {"escudos", "CVE", false, false}, {"lyd", "LYD", true, false}, {"dzd", "DZD", true, false},
    {"mad", "MAD", true, true}, {"dhs", "dirham", false, true}, {"dh", "dirham", false, true}, {"dirhams", "dirham", false, false}, {"tnd", "TND", true, false},
    {"da", "DZD", false, true}, {"dt", "TND", false, true}, {"aed", "AED", true, false}, {"omr", "OMR", true, false}, {"kwd", "KWD", true, false}, {"sar", "SAR", true, true},
    {"lbp", "LBP", true, false}, {"dinars", "dinar", false, false}, {"dinar", "dinar", false, false}, {"n", "NGN", false, true}, {"d", "GMD", false, true},
    {"\xD8\xAF\xD9\x8A\xD9\x86\xD8\xA7\xD8\xB1", "dinar", false, false}, {"\xD8\xAF\xD8\xB1\xD9\x87\xD9\x85", "dirham", false, false},
    {"\xD8\xA3\xD9\x88\xD9\x82\xD9\x8A\xD8\xA9", "ouguiya", false, false}};

// First bytes of the words, small: most of what stands beside a number is dismissed by one look.
constexpr auto kFirst = [] {
  std::array<bool, 256> table{};
  for (const auto& currency : kWords) table[static_cast<unsigned char>(currency.word[0])] = true;
  return table;
}();

struct Multiple {
  std::string_view word;
  unsigned zeros;
};
constexpr Multiple kMultiples[] = {{"k", 3}, {"mil", 3}, {"mille", 3}, {"thousand", 3}, {"million", 6}, {"millions", 6}, {"milhao", 6},
                                   {"milh\xC3\xA3o", 6}, {"milh\xC3\xB5" "es", 6}, {"m", 6}, {"milliard", 9}, {"milliards", 9}, {"billion", 9}};

struct Number {
  std::size_t begin = 0, end = 0;
  std::string whole, cents;
  bool separated = false;
};

// What may stand between the thousands: its length.
std::size_t thousand_mark(std::string_view text, std::size_t at) {
  const char c = byte_at(text, at);
  return c == '.' || c == ',' || c == '\'' ? 1 : blank_length(text, at);
}

// The same, ending at `at`.
std::size_t thousand_mark_before(std::string_view text, std::size_t at) {
  for (const std::size_t size : {1u, 2u, 3u}) {
    if (at >= size && thousand_mark(text, at - size) == size) return size;
  }
  return 0;
}

std::size_t digits_before(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (count < at && count < 16 && is_digit(text[at - 1 - count])) ++count;
  return count;
}

std::size_t digits_from(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (count < 16 && is_digit(byte_at(text, at + count))) ++count;
  return count;
}

// Reads forward from the first digit: thousands of three digits behind one kind of mark, then cents.
std::optional<Number> read_amount(std::string_view text, std::size_t begin) {
  Number number{begin, begin, {}, {}, false};
  std::size_t size = digits_from(text, begin);
  if (size == 0 || size > 12) return std::nullopt;
  number.whole = text.substr(begin, size);
  number.end = begin + size;
  std::string_view mark;
  while (number.whole.size() <= 12) {
    const std::size_t length = thousand_mark(text, number.end);
    if (length == 0) break;
    const auto here = text.substr(number.end, length);
    const std::size_t next = digits_from(text, number.end + length);
    const bool first = mark.empty();
    if (next == 3 && (first ? size <= 3 : here == mark)) {
      mark = here;
      number.whole += text.substr(number.end + length, 3);
      number.separated = true;
    } else if ((here == "." || here == ",") && (next == 1 || next == 2) && here != mark) {
      number.cents = text.substr(number.end + length, next);
      number.end += length + next;
      break;
    } else {
      break;
    }
    number.end += length + 3;
  }
  const char after = byte_at(text, number.end);
  if (is_digit(after) || ((after == '.' || after == ',') && is_digit(byte_at(text, number.end + 1)))) return std::nullopt;
  return number;
}

// The same number from one of its last digits: the longest beginning that reads through to `end`.
std::optional<Number> number_ending_at(std::string_view text, std::size_t end) {
  std::array<std::size_t, 6> begins{};
  std::size_t count = 0;
  std::size_t at = end;
  while (count < begins.size()) {
    const std::size_t digits = digits_before(text, at);
    if (digits == 0) break;
    begins[count++] = at - digits;
    const std::size_t mark = thousand_mark_before(text, at - digits);
    if (mark == 0 || digits > 3) break;
    at = at - digits - mark;
  }
  for (; count > 0; --count) {
    const std::size_t begin = begins[count - 1];
    const char before = byte_before(text, begin);
    if (is_alnum(before) || before == '.' || before == ',' || before == '#' || before == '_' || before == '/' || before == ':') continue;
    auto number = read_amount(text, begin);
    if (number && number->end == end) return number;
  }
  return std::nullopt;
}

bool ends_word(std::string_view text, std::size_t at, std::string_view word) {
  const bool letters = is_letter(word.back());
  return !letters || (!is_alnum(byte_at(text, at)) && byte_at(text, at) != '_' && !is_high(byte_at(text, at))) || text.substr(at, 2) == "\xC2\xA0";
}

// The currency at `at`, the longest of several.
const Currency* currency_at(std::string_view text, std::size_t at) {
  if (!kFirst[static_cast<unsigned char>(lower(byte_at(text, at)))]) return nullptr;
  const Currency* best = nullptr;
  for (const auto& currency : kWords) {
    if (best != nullptr && best->word.size() >= currency.word.size()) continue;
    if (lower(byte_at(text, at)) == currency.word[0] && starts_folded(text, at, currency.word) && ends_word(text, at + currency.word.size(), currency.word)) best = &currency;
  }
  return best;
}

const Currency* currency_before(std::string_view text, std::size_t end, std::size_t& begin) {
  const Currency* best = nullptr;
  for (const auto& currency : kWords) {
    if (best != nullptr && best->word.size() >= currency.word.size()) continue;
    if (lower(byte_before(text, end)) != currency.word.back() || !ends_folded(text, end, currency.word)) continue;
    const std::size_t first = end - currency.word.size();
    const char before = byte_before(text, first);
    if (is_alnum(before) || before == '_' || before == '$' || before == '{' || before == '\\' || before == '"' || before == '\'' || before == '`') continue;
    if (is_letter(currency.word[0]) && !(text[first] >= 'A' && text[first] <= 'Z')) continue;  // "le", "d": words of a sentence
    best = &currency;
    begin = first;
  }
  return best;
}

unsigned multiple_at(std::string_view text, std::size_t at, std::size_t& end) {
  std::size_t first = at;
  first += blank_length(text, at);
  for (const auto& multiple : kMultiples) {
    if (lower(byte_at(text, first)) != multiple.word[0] || !starts_folded(text, first, multiple.word)) continue;
    const std::size_t last = first + multiple.word.size();
    if (is_letter(byte_at(text, last)) || is_high(byte_at(text, last))) continue;
    end = last;
    return multiple.zeros;
  }
  return 0;
}

// "de", "d'" stand between: "15 millions de francs".
std::size_t skip_of(std::string_view text, std::size_t at) {
  at += blank_length(text, at);
  if (starts_folded(text, at, "de ")) at += 3;
  if (starts_folded(text, at, "d'")) at += 2;
  return at;
}

std::string value_of(const Number& number, unsigned zeros, std::string_view code) {
  std::string whole = number.whole, cents = number.cents;
  for (; zeros > 0; --zeros) {
    whole += cents.empty() ? '0' : cents[0];
    if (!cents.empty()) cents.erase(0, 1);
  }
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
  if (cents.find_first_not_of('0') == std::string::npos) cents.clear();
  if (cents.size() == 1) cents += '0';
  return whole + (cents.empty() ? "" : "." + cents) + ' ' + std::string(code);
}

// A single letter is a currency only beside what looks like money.
bool is_money_like(const Number& number, unsigned zeros) { return number.separated || zeros != 0 || number.whole.size() >= 3; }

Amount amount_of(const Number& number, unsigned zeros, const Currency& currency, ByteRange span) {
  const Confidence confidence = currency.exact ? Confidence::certain : currency.doubtful ? Confidence::candidate : Confidence::likely;
  return {span, value_of(number, zeros, currency.code), confidence, currency.exact ? "names one currency" : "the currency is a hypothesis"};
}

}  // namespace

std::optional<Amount> amount_at(std::string_view text, std::size_t first, std::size_t last) {
  if (auto number = number_ending_at(text, last + 1)) {
    std::size_t end = number->end;
    const unsigned zeros = multiple_at(text, end, end);
    const std::size_t at = zeros != 0 ? skip_of(text, end) : end + blank_length(text, end);
    const Currency* currency = currency_at(text, at);
    const bool letter = currency != nullptr && currency->word.size() == 1 && is_letter(currency->word[0]);
    // "3958da" is hexadecimal, "CVE-2012-1" names a weakness: no currencies.
    const bool glued_word = currency != nullptr && currency->doubtful && at == number->end && text[at] >= 'a';
    const bool weakness = currency != nullptr && currency->code == "CVE" && byte_at(text, at + currency->word.size()) == '-';
    if (glued_word || weakness) return std::nullopt;
    const bool hexadecimal = letter && at == number->end && !number->separated && (text[at] == 'f' || byte_at(text, at + 1) == '-' || byte_before(text, number->begin) == '-');
    const bool trusted = !hexadecimal && currency != nullptr && (!currency->doubtful || is_money_like(*number, zeros)) && !(letter && currency->word != "f");
    if (trusted) return amount_of(*number, zeros, *currency, {number->begin, at + currency->word.size()});
  }
  std::size_t word_end = first;
  if (byte_before(text, word_end) == ' ') --word_end;
  if (text.substr(0, word_end).ends_with("\xC2\xA0")) word_end -= 2;
  const char beside = byte_before(text, word_end);
  std::size_t word_begin = word_end;  // a word of capitals of five letters or inside another word is no currency
  while (word_begin > 0 && word_end - word_begin < 5 && text[word_begin - 1] >= 'A' && text[word_begin - 1] <= 'Z') --word_begin;
  if (word_begin != word_end && (word_end - word_begin == 5 || is_alnum(byte_before(text, word_begin)))) return std::nullopt;
  if (!(beside >= 'A' && beside <= 'Z') && beside != '$' && !is_high(beside)) return std::nullopt;
  std::size_t begin = 0;
  const Currency* currency = currency_before(text, word_end, begin);
  if (currency == nullptr) return std::nullopt;
  const auto number = read_amount(text, first);
  if (!number || number->end > first + 32) return std::nullopt;
  std::size_t end = number->end;
  const unsigned zeros = multiple_at(text, end, end);
  if (is_alnum(byte_at(text, end)) || byte_at(text, end) == '_' || byte_at(text, end) == '-') return std::nullopt;
  const bool glued = word_end == first;
  if (currency->word.size() == 1 && is_letter(currency->word[0]) && (!glued || !(number->separated || zeros != 0))) return std::nullopt;
  const bool short_word = currency->doubtful && currency->word.size() == 2;  // "DA123456" is a lot
  if (short_word || (currency->doubtful && !is_money_like(*number, zeros))) return std::nullopt;
  if (currency->word == "$" && (number->whole.size() < 2 || !glued) && number->cents.empty()) return std::nullopt;
  return amount_of(*number, zeros, *currency, {begin, end});
}

std::optional<Amount> first_amount(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at])) continue;
    std::size_t last = at;
    while (is_digit(byte_at(text, last + 1))) ++last;
    if (auto amount = amount_at(text, at, last)) return amount;
    at = last;
  }
  return std::nullopt;
}

}  // namespace evtriage::contacts
