// Is this international number one that can exist?  First the dated plans of our own region (plan.h), then
// libphonenumber for the rest of the world, behind a memory of what was asked before.
// Tested by tests/extractors/contacts/parts_test.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace evtriage::contacts {

struct PhoneVerdict {
  enum class Status : std::uint8_t { refused, current, former } status = Status::refused;
  std::string e164;     // "+22670123456"
  std::string country;  // ISO 3166-1 alpha-2; empty where the code names none (+800 ...)
  // Refused, but the country code exists and the length is right there: ranges that are not given out, that
  // are kept for fiction, or that are younger than the library's data.  e164 and country are filled in.
  bool possible = false;
};

class PhoneMemo {  // of one worker; answers never depend on what was asked before
 public:
  // `digits`: ASCII, country code first, without + or 00; 7 to 17 digits, else refused.
  const PhoneVerdict& check(std::string_view digits);

 private:
  std::unordered_map<std::string, PhoneVerdict> known_;
};

}  // namespace evtriage::contacts
