// Receipts of mobile money: Orange, MTN, Moov, Airtel, Wave, M-Pesa and their kin, from their reference outwards.
//
// The shapes are those of public developer samples (the project's notes on identifiers, 10.4): a reference that carries
// date and time ("PP251226.2111.C98322"), or a number behind "ID:", or M-Pesa's code before "Confirmed"; on the same line an
// amount with its currency and a word of such messages.  A receipt is the text of a message, no record of a bank:
// anybody can type one.  The parts (amount, telephone number) are found on their own as well.
// Tested by tests/extractors/contacts/receipts_test.cpp.
#include <algorithm>

#include "extractors/contacts/amounts.h"
#include "extractors/contacts/characters.h"
#include "extractors/contacts/labels.h"
#include "extractors/contacts/search.h"

namespace evtriage::contacts {
namespace {

constexpr std::size_t kReach = 400;

bool has_digits(std::string_view text, std::size_t at, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    if (!is_digit(byte_at(text, at + i))) return false;
  }
  return true;
}

unsigned two(std::string_view text, std::size_t at) { return static_cast<unsigned>(text[at] - '0') * 10 + static_cast<unsigned>(text[at + 1] - '0'); }

// LLYYMMDD.HHMM.Lnnnnn: its end, and the moment it carries.
std::size_t dated_reference(std::string_view text, std::size_t begin, std::string& moment) {
  if (!is_letter(byte_at(text, begin)) || !is_letter(byte_at(text, begin + 1)) || !has_digits(text, begin + 2, 6) || byte_at(text, begin + 8) != '.') return 0;
  if (!has_digits(text, begin + 9, 4) || byte_at(text, begin + 13) != '.' || !is_letter(byte_at(text, begin + 14)) || !has_digits(text, begin + 15, 4)) return 0;
  std::size_t end = begin + 19;
  while (is_digit(byte_at(text, end)) && end - begin < 22) ++end;
  const unsigned month = two(text, begin + 4), day = two(text, begin + 6), hour = two(text, begin + 9), minute = two(text, begin + 11);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || is_alnum(byte_at(text, end))) return 0;
  const auto part = [&](std::size_t at) { return std::string(text.substr(begin + at, 2)); };
  moment = "20" + part(2) + '-' + part(4) + '-' + part(6) + ' ' + part(9) + ':' + part(11);
  return end;
}

bool is_behind_id(std::string_view text, std::size_t begin) {
  std::size_t at = begin;
  while (at > 0 && begin - at < 3 && (text[at - 1] == ' ' || text[at - 1] == ':' || text[at - 1] == '.')) --at;
  if (at == begin) return false;
  if (ends_folded(text, at, "id") && (at == 2 || !is_alnum(text[at - 3]))) return true;
  return label_before(text, begin) == Label::transaction;
}

ByteRange line_around(std::string_view text, std::size_t begin, std::size_t end) {
  ByteRange line{begin, end};
  while (line.begin > 0 && begin - line.begin < kReach && text[line.begin - 1] != '\n') --line.begin;
  while (line.end < text.size() && line.end - end < kReach && text[line.end] != '\n') ++line.end;
  while (line.begin < begin && (static_cast<unsigned char>(text[line.begin]) & 0xC0) == 0x80) ++line.begin;
  while (line.end > end && line.end < text.size() && (static_cast<unsigned char>(text[line.end]) & 0xC0) == 0x80) --line.end;
  while (line.end > end && (text[line.end - 1] == ' ' || text[line.end - 1] == '\r')) --line.end;
  return line;
}

bool mentions(std::string_view line, std::initializer_list<std::string_view> words) {
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (at > 0 && is_letter(line[at - 1])) continue;
    for (const auto word : words) {
      if (starts_folded(line, at, word)) return true;
    }
  }
  return false;
}

std::string_view service_of(std::string_view line) {
  constexpr std::pair<std::string_view, std::string_view> kServices[] = {
      {"orange money", "Orange Money"}, {"mtn", "MTN MoMo"}, {"momo", "MTN MoMo"}, {"wave", "Wave"}, {"moov", "Moov Money"}, {"flooz", "Moov Money"},
      {"airtel", "Airtel Money"}, {"m-pesa", "M-Pesa"}, {"mpesa", "M-Pesa"}, {"t-money", "T-Money"}, {"tmoney", "T-Money"}, {"mixx", "Mixx"},
      {"free money", "Free Money"}, {"afrimoney", "Afrimoney"}, {"qmoney", "QMoney"}, {"telecel", "Telecel Cash"}};
  for (const auto& [word, name] : kServices) {
    if (mentions(line, {word})) return name;
  }
  return "mobile money";
}

std::string_view direction_of(std::string_view line) {
  if (mentions(line, {"recu", "re\xC3\xA7u", "received", "recebeu", "depot", "d\xC3\xA9p\xC3\xB4t", "cash in"})) return "in";
  if (mentions(line, {"envoy", "transfert", "transfer", "sent", "retrait", "paiement", "payment", "paid", "withdraw", "enviou"})) return "out";
  return "";
}

// A number of eight to thirteen digits in brackets, or behind "de", "du", "a", "from", "to".
std::string counterpart_of(std::string_view line) {
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (!is_digit(line[at]) || (at > 0 && (is_alnum(line[at - 1]) || line[at - 1] == '.'))) continue;
    std::size_t end = at;
    while (is_digit(byte_at(line, end))) ++end;
    const bool bracket = byte_before(line, at) == '(' && byte_at(line, end) == ')';
    bool preposition = false;
    for (const auto word : {" du ", " de ", " a ", " \xC3\xA0 ", " au ", " from ", " to "}) preposition = preposition || line.substr(0, at).ends_with(word);
    if (end - at >= 8 && end - at <= 13 && (bracket || preposition)) return std::string(line.substr(at, end - at));
    at = end;
  }
  return {};
}

}  // namespace

bool take_receipt(Search& search, std::size_t begin, std::size_t end) {
  const auto text = search.text;
  std::string moment;
  const std::size_t dated = dated_reference(text, begin, moment);
  const std::size_t size = end - begin;
  const bool code = size == 10 && starts_folded(text, end, " confirmed");
  if (dated == 0 && !code && !(size >= 9 && size <= 12 && is_behind_id(text, begin))) return false;
  if (dated != 0) end = dated;
  const ByteRange line = line_around(text, begin, end);
  const auto message = text.substr(line.begin, line.size());
  const auto amount = first_amount(message);
  const bool told = amount && mentions(message, {"solde", "balance", "frais", "fee", "transfert", "transfer", "recu", "re\xC3\xA7u", "received", "envoy", "sent", "retrait", "paiement",
                                       "payment", "paid", "depot", "d\xC3\xA9p\xC3\xB4t", "confirmed", "saldo"});
  if (!told) {
    search.refuse("momo-receipt", begin, end, "a reference, but no amount and no word of a receipt on its line");
    return dated != 0;
  }
  Found receipt{"momo-receipt", line, std::string(text.substr(begin, end - begin)), {}, {}, dated != 0 ? Confidence::certain : Confidence::likely, {}, {}};
  receipt.label = std::string(service_of(message));
  if (const auto direction = direction_of(message); !direction.empty()) receipt.label += ' ' + std::string(direction);
  receipt.label += ", " + amount->value;
  if (const auto other = counterpart_of(message); !other.empty()) receipt.label += ", " + other;
  if (!moment.empty()) receipt.label += ", " + moment;
  receipt.note = "the text of a message, not a bank's record";
  search.add_around(std::move(receipt));
  if (end > search.masked_until) search.masked_until = end;
  return true;
}

}  // namespace evtriage::contacts
