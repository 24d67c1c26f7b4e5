// Payment cards: issuer ranges and Luhn.
//
// Sources: ISO/IEC 7812-1, the issuers' published ranges; Verve's from its issuer guide.  Luhn lets one number in ten
// pass, so a bare run of digits is a `candidate`; groups of four (or 4-6-5) are `likely`, a label makes it `certain`.
// Numbers that payment processors publish for tests are marked, because they name nobody.
// Tested by tests/extractors/contacts/money_test.cpp.
#include <algorithm>
#include <array>

#include "extractors/contacts/characters.h"
#include "extractors/contacts/checks.h"
#include "extractors/contacts/labels.h"
#include "extractors/contacts/phone_text.h"
#include "extractors/contacts/search.h"

namespace evtriage::contacts {
namespace {

struct Issuer {
  unsigned first, last;  // of the first six digits
  std::string_view sizes;
  std::string_view name;
};
constexpr Issuer kIssuers[] = {
    {300000, 305999, "14 16 17 18 19", "Diners Club"}, {340000, 349999, "15", "American Express"}, {352800, 358999, "16 17 18 19", "JCB"},
    {360000, 369999, "14 16 17 18 19", "Diners Club"}, {370000, 379999, "15", "American Express"}, {380000, 399999, "14 16 17 18 19", "Diners Club"},
    {400000, 499999, "13 16 19", "Visa"},              {501800, 501899, "16 18 19", "Maestro"},    {502000, 502099, "16 18 19", "Maestro"},
    {503800, 503899, "16 18 19", "Maestro"},           {506099, 506198, "16 18 19", "Verve"},      {507865, 507964, "16 18 19", "Verve"},
    {510000, 559999, "16", "Mastercard"},              {589300, 589399, "16 18 19", "Maestro"},    {601100, 601199, "16 19", "Discover"},
    {620000, 629999, "16 17 18 19", "UnionPay"},       {630400, 630499, "16 18 19", "Maestro"},    {644000, 649999, "16 19", "Discover"},
    {650002, 650027, "16 18 19", "Verve"},             {650000, 659999, "16 19", "Discover"},      {675900, 675999, "16 18 19", "Maestro"},
    {676100, 676399, "16 18 19", "Maestro"},           {222100, 272099, "16", "Mastercard"}};

// Published by payment processors for trials.
constexpr std::string_view kTests[] = {
    "4111111111111111", "4012888888881881", "4222222222222", "4242424242424242", "4000056655665556", "4000000000000002", "5555555555554444",
    "5105105105105100", "5200828282828210", "2223003122003222", "2223000048400011", "378282246310005", "371449635398431", "378734493671000",
    "6011111111111117", "6011000990139424", "6011000000000004", "30569309025904", "38520000023237", "3530111333300000", "3566002020360505",
    "3056930009020004", "6200000000000005", "5019717010103742", "5454545454545454", "4917610000000000", "4462030000000000"};

const Issuer* issuer_of(std::string_view digits) {
  unsigned head = 0;
  for (const char c : digits.substr(0, 6)) head = head * 10 + static_cast<unsigned>(c - '0');
  const char size[2] = {static_cast<char>('0' + digits.size() / 10), static_cast<char>('0' + digits.size() % 10)};
  for (const auto& issuer : kIssuers) {
    if (head >= issuer.first && head <= issuer.last && issuer.sizes.find(std::string_view(size, 2)) != std::string_view::npos) return &issuer;
  }
  return nullptr;
}

// "1111 2222": fewer than three different digits name nobody's card, unless published for tests.
bool is_filler(std::string_view digits) {
  std::array<bool, 10> seen{};
  for (const char c : digits) seen[static_cast<std::size_t>(c - '0')] = true;
  return std::ranges::count(seen, true) < 3;
}

}  // namespace

bool take_card(Search& search, std::size_t begin, std::size_t end, std::string_view digits) {
  if (digits.size() < 13 || digits.size() > 19) return false;
  const Issuer* issuer = issuer_of(digits);
  if (issuer == nullptr) return false;
  if (!luhn(digits)) {
    search.refuse("card", begin, end, "the range of an issuer, but the check digit (Luhn) is wrong");
    return false;
  }
  const bool test = std::ranges::find(kTests, digits) != std::end(kTests);
  if (!test && is_filler(digits)) {
    search.refuse("card", begin, end, "too few different digits");
    return false;
  }
  const bool labelled = label_before(search.text, begin) == Label::card;
  const bool grouped = end - begin > digits.size();
  if (!labelled && !grouped && (digits.size() == 13 || is_in_row(search.text, begin))) {
    search.refuse("card", begin, end, digits.size() == 13 ? "thirteen digits without a label: an article number" : "a row of numbers");
    return false;
  }
  Found card{"card", {begin, end}, std::string(digits), {}, {}, labelled ? Confidence::certain : grouped ? Confidence::likely : Confidence::candidate, {}, {}};
  card.note = std::string(issuer->name) + ", Luhn holds";
  if (test) {
    card.label = "published test number";
    card.confidence = Confidence::candidate;
  }
  search.add(std::move(card));
  return true;
}

}  // namespace evtriage::contacts
