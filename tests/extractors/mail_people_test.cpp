// Addresses and dates; what is expected was obtained from python3: email.utils.getaddresses, parsedate_to_datetime.
#include "extractors/mail_people.h"

#include <gtest/gtest.h>

namespace evtriage {
namespace {

using Names = std::vector<std::string>;

TEST(MailPeople, Addresses) {
  EXPECT_EQ(addresses_of("Ama <ama@example.org>, \"B, C\" <b@example.org>"), (Names{"ama@example.org", "b@example.org"}));
  EXPECT_EQ(addresses_of("team: a@example.org, b@example.org; c@example.org"), (Names{"a@example.org", "b@example.org", "c@example.org"}));
  EXPECT_EQ(addresses_of("ama@example.org (Ama (the elder), x@y.z)"), Names{"ama@example.org"});
  EXPECT_EQ(addresses_of("\"odd \\\" name\" <q@example.org>"), Names{"q@example.org"});
  EXPECT_EQ(addresses_of("<@r1.example,@r2.example:ama@example.org>"), Names{"ama@example.org"});
  EXPECT_EQ(addresses_of("=?UTF-8?Q?Am=C3=A9?= <ama@\r\n example.org>"), Names{"ama@example.org"});
  EXPECT_EQ(addresses_of("undisclosed-recipients:;"), Names{});
  EXPECT_EQ(addresses_of(""), Names{});
}

TEST(MailPeople, BrokenLists) {
  EXPECT_EQ(addresses_of("\"Ama <ama@example.org>, b@example.org"), (Names{"ama@example.org", "b@example.org"})) << "a quote that never ends";
  EXPECT_EQ(addresses_of("Ama Mensah ama@example.org"), Names{"ama@example.org"});
  EXPECT_EQ(addresses_of("<ama@example.org"), Names{"ama@example.org"});
  EXPECT_EQ(addresses_of("a@example.org; b@example.org"), (Names{"a@example.org", "b@example.org"})) << "Outlook's separator";
  EXPECT_EQ(addresses_of("root"), Names{"root"});
  EXPECT_EQ(addresses_of(std::string(1'000'000, '(')), Names{});
  addresses_of(std::string(1'000'000, '<'));
}

TEST(MailPeople, Dates) {
  constexpr std::int64_t second = 1'000'000'000;
  EXPECT_EQ(date_of("Thu, 15 Jan 2026 11:00:00 +0100 (CET)"), 1768471200 * second);
  EXPECT_EQ(date_of("15 Jan 26 10:00 EST"), 1768489200 * second);
  EXPECT_EQ(date_of("Thu, 15-Jan-2026 10:00:00 GMT"), 1768471200 * second);
  EXPECT_EQ(date_of("Thu Jan 15 10:00:00 2026"), 1768471200 * second);
  EXPECT_EQ(date_of("2026-01-15T10:00:00Z"), 1768471200 * second);
  EXPECT_EQ(date_of("Thu, 15 Jan 2026 10:00:00 GMT+0100"), 1768467600 * second);
  EXPECT_EQ(date_of("Thu, 15 Jan 2026 10:00:00 -0330"), 1768483800 * second);
  EXPECT_EQ(date_of("1 Feb 99 00:00:01 +0000"), 917827201 * second);
  for (const char* none : {"", "yesterday", "32 Jan 2026 10:00:00 +0000", "29 Feb 2026 10:00:00 +0000", "15 Jan 2026", "15 Jan 2026 25:00:00", "----", "+", "15 Jan 99999 10:00:00"}) {
    EXPECT_FALSE(date_of(none)) << none;
  }
}

}  // namespace
}  // namespace evtriage
