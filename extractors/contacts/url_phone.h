// Telephone numbers that links of messengers carry: wa.me/226..., api.whatsapp.com/send?phone=...,
// t.me/+226..., signal.me/#p/+226..., whatsapp://send?phone=..., viber://chat?number=%2B226...
// Tested by tests/extractors/contacts/parts_test.cpp.
#pragma once
#include <string>
#include <string_view>

namespace evtriage::contacts {

// The digits, country code first (7 to 15 of them), or nothing.  Whether the number exists is not judged.
std::string phone_digits_of_url(std::string_view url);

}  // namespace evtriage::contacts
