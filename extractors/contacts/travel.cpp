// Containers, ships, tickets and bookings; control numbers of money transfers.
//
// Sources: ISO 6346 (owner, category, serial, check digit), IMO resolution A.1117(30), ITU-R M.585 (MMSI and its
// country digits), IATA (three digits of the airline, ten of the ticket).  All but containers need their label.
// Tested by tests/extractors/contacts/travel_test.cpp.
#include <algorithm>

#include "extractors/contacts/characters.h"
#include "extractors/contacts/checks.h"
#include "extractors/contacts/labels.h"
#include "extractors/contacts/search.h"

namespace evtriage::contacts {
namespace {

struct Identity {  // of a country at sea
  std::string_view digits, country;
};
constexpr Identity kSea[] = {
    {"654", "MR"}, {"610", "BJ"}, {"619", "CI"}, {"613", "CM"}, {"617", "CV"}, {"605", "DZ"}, {"627", "GH"}, {"629", "GM"}, {"632", "GN"}, {"630", "GW"},
    {"636", "LR"}, {"637", "LR"}, {"642", "LY"}, {"242", "MA"}, {"649", "ML"}, {"656", "NE"}, {"657", "NG"}, {"663", "SN"}, {"667", "SL"}, {"671", "TG"},
    {"672", "TN"}, {"633", "BF"}, {"670", "TD"}, {"626", "GA"}, {"631", "GQ"}, {"224", "ES"}, {"225", "ES"}, {"226", "FR"}, {"227", "FR"}, {"228", "FR"},
    {"247", "IT"}, {"263", "PT"}, {"204", "PT"}, {"255", "PT"}, {"450", "LB"}, {"470", "AE"}, {"471", "AE"}, {"447", "KW"}, {"461", "OM"}, {"403", "SA"}};

bool all_digits(std::string_view run) { return std::ranges::all_of(run, is_digit); }
bool all_letters(std::string_view run) { return std::ranges::none_of(run, is_digit); }

// "CSQU3054383", and with a blank or hyphen before the serial and the check digit.
bool take_container(Search& search, std::size_t begin, std::size_t end) {
  const auto text = search.text;
  constexpr std::string_view kCategories = "UJZ";
  const std::size_t size = end - begin;
  if ((size == 6 || size == 7) && begin >= 5 && (text[begin - 1] == ' ' || text[begin - 1] == '-')) {
    begin -= 5;
  } else if (size < 10) {
    return false;
  }
  if (kCategories.find(text[begin + 3]) == std::string_view::npos) return false;
  if (is_alnum(byte_before(text, begin)) || begin < search.masked_until) return false;
  std::string code;
  std::size_t at = begin;
  while (code.size() < 11) {
    const char c = byte_at(text, at);
    if (is_digit(c) || (c >= 'A' && c <= 'Z')) {
      code += c;
    } else if ((c != ' ' && c != '-') || (code.size() != 4 && code.size() != 10)) {
      return false;
    }
    ++at;
  }
  if (is_alnum(byte_at(text, at)) || !all_letters(std::string_view(code).substr(0, 4)) || !all_digits(std::string_view(code).substr(4))) return false;
  if (!container_check(code)) {
    search.refuse("container", begin, at, "the form of a container number, but its check digit is wrong");
    return true;
  }
  search.add({"container", {begin, at}, code, {}, {}, Confidence::certain, {}, "ISO 6346 check digit holds"});
  return true;
}

bool take_ship(Search& search, std::size_t begin, std::size_t end, std::string_view digits) {
  if (digits.size() != 7) return false;
  if (!imo_check(digits)) {
    search.refuse("vessel", begin, end, "the check digit of an IMO number is wrong");
    return true;
  }
  search.add({"vessel", {begin, end}, "imo:" + std::string(digits), {}, {}, Confidence::certain, {}, "check digit holds"});
  return true;
}

bool take_radio(Search& search, std::size_t begin, std::size_t end, std::string_view digits) {
  if (digits.size() != 9) return false;
  if (digits[0] < '2' || digits[0] > '7') {
    search.refuse("vessel", begin, end, "no country's digits of a ship's radio begin so");
    return true;
  }
  const auto sea = std::ranges::find(kSea, digits.substr(0, 3), &Identity::digits);
  search.add({"vessel", {begin, end}, "mmsi:" + std::string(digits), sea == std::end(kSea) ? std::string() : std::string(sea->country), {}, Confidence::likely, {},
              "nine digits behind a label"});
  return true;
}

bool take_ticket(Search& search, std::size_t begin, std::size_t end, std::string_view digits) {
  const auto text = search.text;
  if (digits.size() == 10 && begin >= 4 && (text[begin - 1] == '-' || text[begin - 1] == ' ') && all_digits(text.substr(begin - 4, 3))) {
    begin -= 4;
  } else if (digits.size() != 13 && digits.size() != 14) {
    return false;
  }
  if (begin < search.masked_until || is_alnum(byte_before(text, begin)) || label_before(text, begin) != Label::ticket) return false;
  std::string value;
  for (const char c : text.substr(begin, end - begin)) {
    if (is_digit(c)) value += c;
  }
  search.add({"eticket", {begin, end}, value.substr(0, 13), {}, {}, Confidence::likely, {}, "airline " + value.substr(0, 3) + ", behind a label"});
  return true;
}

}  // namespace

bool take_travel(Search& search, std::size_t begin, std::size_t end) {
  const auto run = search.text.substr(begin, end - begin);
  if (take_container(search, begin, end)) return true;
  const Label label = label_before(search.text, begin);
  if (label == Label::pnr && run.size() <= 7) {
    search.add({"pnr", {begin, end}, std::string(run), {}, {}, Confidence::likely, {}, "behind a label for bookings"});
    return true;
  }
  if (!all_digits(run)) return false;
  if (label == Label::ship) return take_ship(search, begin, end, run);
  if (label == Label::radio) return take_radio(search, begin, end, run);
  return take_ticket(search, begin, end, run);
}

// Western Union: ten digits, MoneyGram: eight, Ria: eleven; blanks or hyphens may stand in them.
bool take_transfer(Search& search, std::size_t begin, std::size_t end) {
  const auto text = search.text;
  if (label_before(text, begin) != Label::transfer || !all_digits(text.substr(begin, end - begin))) return false;
  std::string digits;
  std::size_t last = begin;
  for (std::size_t at = begin; at < text.size() && digits.size() < 12; ++at) {
    if (is_digit(text[at])) {
      digits += text[at];
      last = at + 1;
    } else if ((text[at] != ' ' && text[at] != '-') || !is_digit(byte_at(text, at + 1))) {
      break;
    }
  }
  if (digits.size() != 8 && digits.size() != 10 && digits.size() != 11) {
    search.refuse("mtcn", begin, last, "behind a label, but not eight, ten or eleven digits");
    return true;
  }
  search.add({"mtcn", {begin, last}, digits, {}, {}, Confidence::likely, {}, "behind a label for money transfers"});
  return true;
}

}  // namespace evtriage::contacts
