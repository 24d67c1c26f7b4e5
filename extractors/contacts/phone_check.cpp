// libphonenumber is right for most of the world and costs some 15 microseconds a number; Debian 12's data
// of October 2022 knows none of Benin's present numbers and lacks ranges of its neighbours, so our table
// speaks first and libphonenumber is asked only where the table is silent.
// Tested by tests/extractors/contacts/parts_test.cpp.
#include "extractors/contacts/phone_check.h"

#include <phonenumbers/phonenumberutil.h>

#include "extractors/contacts/plan.h"

namespace evtriage::contacts {
namespace {

constexpr std::size_t kMemoEntries = 4096, kFewestDigits = 7, kMostDigits = 17;

PhoneVerdict ask_library(const std::string& digits) {
  using i18n::phonenumbers::PhoneNumberUtil;
  const auto* util = PhoneNumberUtil::GetInstance();
  i18n::phonenumbers::PhoneNumber number;
  if (util->Parse("+" + digits, "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR) return {};
  PhoneVerdict verdict;
  if (!util->IsValidNumber(number)) {
    if (util->IsPossibleNumberWithReason(number) != PhoneNumberUtil::IS_POSSIBLE) return {};
    verdict.possible = true;
    verdict.e164 = "+" + digits;
    util->GetRegionCodeForCountryCode(number.country_code(), &verdict.country);
    if (verdict.country == "ZZ" || verdict.country == "001") verdict.country.clear();
    return verdict;
  }
  verdict.status = PhoneVerdict::Status::current;
  util->Format(number, PhoneNumberUtil::E164, &verdict.e164);
  util->GetRegionCodeForNumber(number, &verdict.country);
  if (verdict.country == "ZZ" || verdict.country == "001") verdict.country.clear();
  return verdict;
}

PhoneVerdict decide(const std::string& digits) {
  const PlanAnswer answer = ask_plans(digits);
  switch (answer.kind) {
    case PlanAnswer::Kind::current:
      return {PhoneVerdict::Status::current, "+" + answer.digits, std::string(answer.country), false};
    case PlanAnswer::Kind::former:
      return {PhoneVerdict::Status::former, "+" + answer.digits, std::string(answer.country), false};
    case PlanAnswer::Kind::refused: return {};
    case PlanAnswer::Kind::silent: break;
  }
  return ask_library(digits);
}

}  // namespace

const PhoneVerdict& PhoneMemo::check(std::string_view digits) {
  if (digits.size() < kFewestDigits || digits.size() > kMostDigits) digits = {};
  std::string key(digits);
  const auto known = known_.find(key);
  if (known != known_.end()) return known->second;
  if (known_.size() >= kMemoEntries) known_.clear();
  PhoneVerdict verdict = key.empty() ? PhoneVerdict{} : decide(key);
  return known_.emplace(std::move(key), std::move(verdict)).first->second;
}

}  // namespace evtriage::contacts
