// Property values and names; numbers of [MS-OXPROPS], times checked with python3: datetime.
#include "extractors/outlook/mapi.h"

#include <gtest/gtest.h>

namespace evtriage::mapi {
namespace {

using namespace std::string_view_literals;

Property value(std::uint16_t type, std::string_view bytes, std::uint16_t id = 0x3001) {
  Property out;
  out.id = id;
  out.type = type;
  out.value = bytes;
  return out;
}

TEST(Mapi, Texts) {
  EXPECT_EQ(text_of(value(type_unicode, "a\0\x2c\x06\0\0"sv), "").text, "a\u062c");
  EXPECT_EQ(text_of(value(type_unicode, "a\0b"sv), "").text, "a");
  EXPECT_EQ(text_of(value(type_string8, "\xc7\xe1\xd3\xe1\xc7\xe3\0"sv), "windows-1256").text, "\u0627\u0644\u0633\u0644\u0627\u0645");
  EXPECT_EQ(text_of(value(type_int32, "abcd"sv), "").text, "");
}

TEST(Mapi, Scalars) {
  EXPECT_EQ(number_of(value(type_int32, "\x01\x02\0\0"sv)), 0x201u);
  EXPECT_FALSE(number_of(value(type_int32, "\x01\x02"sv)));
  EXPECT_EQ(scalar_text(value(type_boolean, "\x01"sv)), "yes");
  EXPECT_EQ(filetime_ns(134129448000000000), 1768471200'000'000'000);
  EXPECT_FALSE(filetime_ns(0));
  EXPECT_FALSE(filetime_ns(~std::uint64_t{0}));
  EXPECT_FALSE(time_of(value(type_time, "short"sv)));
}

TEST(Mapi, LabelsAreFoundEachByItsNumber) {
  EXPECT_EQ(label_of(value(type_unicode, "", 0x3a1c)), "mobile telephone");
  EXPECT_EQ(label_of(value(type_unicode, "", 0x0015)), "expires");
  EXPECT_EQ(label_of(value(type_unicode, "", 0x5d02)), "sent for, e-mail");
  EXPECT_EQ(label_of(value(type_unicode, "", 0x300b)), "");
  Property named = value(type_unicode, "", 0x8001);
  named.named_id = 0x8083;
  EXPECT_EQ(label_of(named), "e-mail 1");
  named.named = "Shelter";
  EXPECT_EQ(label_of(named), "Shelter");
}

TEST(Mapi, Classes) {
  EXPECT_TRUE(is_mail_class("IPM.Note.SMIME") && is_mail_class("") && is_mail_class("REPORT.IPM.Note.NDR"));
  EXPECT_FALSE(is_mail_class("IPM.Contact") || is_mail_class("IPM.Appointment") || is_mail_class("IPM.StickyNote"));
  EXPECT_EQ(code_page_name(1256), "windows-1256");
  EXPECT_EQ(code_page_name(65001), "utf-8");
  EXPECT_EQ(code_page_name(7), "");
}

}  // namespace
}  // namespace evtriage::mapi
