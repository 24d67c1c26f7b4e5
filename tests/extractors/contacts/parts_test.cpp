// The parts below the expanders: plans, memory, written numbers, linked numbers, hosts, top-level domains.
#include "extractors/contacts/plan.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "extractors/contacts/characters.h"
#include "extractors/contacts/host.h"
#include "extractors/contacts/phone_check.h"
#include "extractors/contacts/phone_text.h"
#include "extractors/contacts/tld.h"
#include "extractors/contacts/url_phone.h"

namespace evtriage::contacts {
namespace {

TEST(Plan, TableIsWellFormed) {
  for (const auto& range : plan_ranges()) {
    EXPECT_EQ(range.country.size(), 2u);
    EXPECT_TRUE(range.code.size() == 2 || range.code.size() == 3);
    EXPECT_EQ(range.prefixes.find_first_not_of("0123456789 -"), std::string_view::npos);
    EXPECT_GE(range.national_digits, 7);
    EXPECT_LE(range.national_digits, 10);
  }
}

TEST(Plan, Answers) {
  EXPECT_EQ(ask_plans("2290195123456").kind, PlanAnswer::Kind::current);
  EXPECT_EQ(ask_plans("22995123456").kind, PlanAnswer::Kind::former);
  EXPECT_EQ(ask_plans("22912345").kind, PlanAnswer::Kind::refused);
  EXPECT_EQ(ask_plans("33612345678").kind, PlanAnswer::Kind::current);
  EXPECT_EQ(ask_plans("336123456789").kind, PlanAnswer::Kind::silent);
  EXPECT_EQ(ask_plans("4915112345678").kind, PlanAnswer::Kind::silent);
  EXPECT_EQ(ask_plans("23408031234567").digits, "2348031234567");
  EXPECT_EQ(ask_plans("").kind, PlanAnswer::Kind::silent);
  EXPECT_EQ(fits_plan("BF", "70123456"), Fit::current);
  EXPECT_EQ(fits_plan("BF", "10123456"), Fit::none);
  EXPECT_EQ(fits_plan("BJ", "95123456"), Fit::former);
  EXPECT_EQ(calling_code("SN"), "221");
  EXPECT_EQ(calling_code("US"), "");
}

TEST(PhoneMemo, AsksThePlansFirstAndTheLibraryThen) {
  PhoneMemo memo;
  EXPECT_EQ(memo.check("2290195123456").e164, "+2290195123456");
  EXPECT_EQ(memo.check("12025550143").country, "US");
  EXPECT_EQ(memo.check("999999999").status, PhoneVerdict::Status::refused);
  EXPECT_EQ(memo.check("1").status, PhoneVerdict::Status::refused);
}

TEST(WrittenNumber, GroupsAndSeparators) {
  const auto number = read_number("(226) 70-12.34 56\t78", 0);
  EXPECT_EQ(number.digits, "22670123456");
  EXPECT_EQ(number.count, 5u);
  EXPECT_EQ(number.groups[2].separator, '-');
  EXPECT_EQ(read_number("abc", 0).count, 0u);
  EXPECT_TRUE(read_number("123456789012345678901234567890", 0).too_long);
}

TEST(LinkedPhone, DigitsOnlyWhereTheLinkIsANumber) {
  EXPECT_EQ(phone_digits_of_url("https://wa.me/2290195123456"), "2290195123456");
  EXPECT_EQ(phone_digits_of_url("https://t.me/+22670123456"), "22670123456");
  EXPECT_EQ(phone_digits_of_url("https://t.me/+AbCdEf1234567"), "");
  EXPECT_EQ(phone_digits_of_url("https://wa.me/message/ABCDEF"), "");
  EXPECT_EQ(phone_digits_of_url("https://example.com/wa.me/2290195123456"), "");
}

TEST(Tld, TableAndJudgement) {
  for (const auto* label : {"com", "fr", "africa", "onion", "example", "xn--p1ai", "рф", "السعودية"}) EXPECT_TRUE(is_tld(label)) << label;
  for (const auto* label : {"png", "c", "", "js", "service", "21", "zz"}) EXPECT_FALSE(is_tld(label)) << label;
  EXPECT_TRUE(std::ranges::is_sorted(longer_tlds()));
  EXPECT_TRUE(is_plain_host_tld("com"));
  for (const auto* label : {"fr", "bf", "ng", "tg", "dz", "pt", "uk"}) EXPECT_TRUE(is_plain_host_tld(label)) << label;
  for (const auto* label : {"py", "sh", "md", "it", "is", "ml", "tv", "vc", "ne", "info"}) EXPECT_FALSE(is_plain_host_tld(label)) << label;
  EXPECT_TRUE(is_registry_label("gouv"));
}

TEST(Host, ReachAndShape) {
  EXPECT_EQ(host_end("a.example.com. x", 0), 13u);
  EXPECT_EQ(host_begin("<a.example.com", 14), 1u);
  EXPECT_EQ(known_host("A.Example.COM"), "a.example.com");
  EXPECT_FALSE(known_host("a..com") || known_host("-a.com") || known_host("com") || known_host("a.png"));
  EXPECT_TRUE(is_ipv4("192.0.2.255"));
  EXPECT_FALSE(is_ipv4("192.0.2.256") || is_ipv4("1.2.3") || is_ipv4("01.2.3.4"));
}

TEST(Characters, Classes) {
  EXPECT_TRUE(is_word_character(U'é') && is_word_character(U'م') && is_word_character(U'中'));
  EXPECT_FALSE(is_word_character(U'،') || is_word_character(U'»') || is_word_character(0x1F600) || is_word_character(0xA0));
  EXPECT_EQ(lower_host("BÜCHER.Example"), "bücher.example");
  EXPECT_EQ(digit_at("٧", 0).value, 7u);
  EXPECT_EQ(digit_at("\xD9", 0).length, 0u);
}

}  // namespace
}  // namespace evtriage::contacts
