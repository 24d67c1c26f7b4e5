// Numbers of devices and SIM cards: IMEI, IMSI, ICCID.
//
// Sources: 3GPP TS 23.003 (IMEI: type allocation code, serial, Luhn), ITU-T E.212 (mobile country codes) and E.118 (89,
// country code, Luhn).  Bare digits count only where more than Luhn speaks for them: a reporting body of a
// type allocation code, the 89 of E.118; an IMSI has no check digit and needs its label.
// Tested by tests/extractors/contacts/devices_test.cpp.
#include <algorithm>

#include "extractors/contacts/characters.h"
#include "extractors/contacts/checks.h"
#include "extractors/contacts/labels.h"
#include "extractors/contacts/plan.h"
#include "extractors/contacts/search.h"

namespace evtriage::contacts {
namespace {

struct MobileCountry {
  std::string_view code, country;
};
constexpr MobileCountry kMobileCountries[] = {
    {"609", "MR"}, {"610", "ML"}, {"611", "GN"}, {"612", "CI"}, {"613", "BF"}, {"614", "NE"}, {"615", "TG"}, {"616", "BJ"}, {"618", "LR"}, {"619", "SL"},
    {"620", "GH"}, {"621", "NG"}, {"622", "TD"}, {"624", "CM"}, {"625", "CV"}, {"627", "GQ"}, {"628", "GA"}, {"608", "SN"}, {"607", "GM"}, {"632", "GW"},
    {"606", "LY"}, {"603", "DZ"}, {"604", "MA"}, {"605", "TN"}, {"214", "ES"}, {"222", "IT"}, {"208", "FR"}, {"268", "PT"}, {"415", "LB"}, {"424", "AE"},
    {"422", "OM"}, {"419", "KW"}, {"420", "SA"}};

std::string_view country_of_mcc(std::string_view code) {
  const auto at = std::ranges::find(kMobileCountries, code, &MobileCountry::code);
  return at == std::end(kMobileCountries) ? std::string_view() : at->country;
}

// E.212 gives the first digit by continent: 2 Europe ... 7 South America; 0, 8 and most of 1 and 9 are no country's.
bool is_mobile_country(std::string_view code) {
  if (!country_of_mcc(code).empty()) return true;
  return code >= "202" && code <= "750" && code.substr(1) != "00" && !(code >= "439" && code <= "449" && code != "440" && code != "441");
}

// GSMA: the first two digits name the body that gave the code out; 35, 86, 01 and 99 are those of today's devices.
bool is_likely_tac(std::string_view digits) {
  const auto body = digits.substr(0, 2);
  return body == "35" || body == "86" || body == "01" || body == "99";
}

std::string_view country_of_iccid(std::string_view digits) {
  for (const std::size_t size : {3u, 2u}) {
    for (const auto& range : plan_ranges()) {
      if (range.code == digits.substr(2, size)) return range.country;
    }
  }
  return {};
}

bool take_imei(Search& search, std::size_t begin, std::size_t end, std::string_view digits, Label label) {
  const bool grouped = end - begin > digits.size();
  if (digits.size() == 16 && label == Label::imei) {
    search.add({"imei", {begin, end}, std::string(digits), {}, {}, Confidence::likely, {}, "IMEISV: no check digit, the last two are a software version"});
    return true;
  }
  if (digits.size() != 15 || (label != Label::imei && !is_likely_tac(digits) && !grouped)) return false;
  if (!luhn(digits)) {
    if (label == Label::imei || grouped) search.refuse("imei", begin, end, "the check digit (Luhn) is wrong");
    return false;
  }
  if (digits.find_first_not_of(digits[0]) == std::string_view::npos) return false;
  const Confidence confidence = label == Label::imei ? Confidence::certain : grouped ? Confidence::likely : Confidence::candidate;
  search.add({"imei", {begin, end}, std::string(digits), {}, {}, confidence, {}, "Luhn holds, type allocation code " + std::string(digits.substr(0, 8))});
  return true;
}

bool take_imsi(Search& search, std::size_t begin, std::size_t end, std::string_view digits) {
  if (digits.size() < 14 || digits.size() > 15 || !is_mobile_country(digits.substr(0, 3))) {
    search.refuse("imsi", begin, end, "no mobile country code, or not 14 or 15 digits");
    return false;
  }
  search.add({"imsi", {begin, end}, std::string(digits), std::string(country_of_mcc(digits.substr(0, 3))), {}, Confidence::certain, {},
              "mobile country code " + std::string(digits.substr(0, 3))});
  return true;
}

bool take_iccid(Search& search, std::size_t begin, std::size_t end, std::string_view digits, Label label) {
  if (digits.size() < 18 || digits.size() > 20 || !digits.starts_with("89")) return false;
  const bool checked = luhn(digits) || (digits.size() == 20 && luhn(digits.substr(0, 19)));
  if (!checked) {
    search.refuse("iccid", begin, end, "the check digit (Luhn) is wrong");
    return false;
  }
  const auto country = country_of_iccid(digits);
  const Confidence confidence = label == Label::iccid ? Confidence::certain : country.empty() ? Confidence::candidate : Confidence::likely;
  search.add({"iccid", {begin, end}, std::string(digits), std::string(country), {}, confidence, {}, "89, Luhn holds"});
  return true;
}

}  // namespace

bool take_device(Search& search, std::size_t begin, std::size_t end, std::string_view digits) {
  if (digits.size() < 14 || digits.size() > 20) return false;
  const Label label = label_before(search.text, begin);
  if (label == Label::imsi) return take_imsi(search, begin, end, digits);
  if (label == Label::none && is_in_row(search.text, begin)) return false;
  if (take_iccid(search, begin, end, digits, label)) return true;
  return take_imei(search, begin, end, digits, label);
}

}  // namespace evtriage::contacts
