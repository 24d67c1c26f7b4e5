// Received fields as Postfix, Exim, qmail, sendmail, Exchange and Gmail write them; addresses are of RFC 5737 and 3849.
#include "extractors/mail_relay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "extractors/builtin.h"
#include "tests/support/fake_emit.h"

namespace evtriage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(MailRelay, TheClientAsServersWriteIt) {
  EXPECT_THAT(client_addresses("from smtp.example.org (mail.example.org [203.0.113.7])\r\n\tby mx.example.net (Postfix) with ESMTP id A1\r\n\tfor <a@example.net>; Thu, 15 Jan 2026 10:00:00 +0000"),
              ElementsAre("203.0.113.7"));
  EXPECT_THAT(client_addresses("from [198.51.100.9] (helo=laptop) by mail.example.net with esmtpsa (Exim 4.96)"), ElementsAre("198.51.100.9"));
  EXPECT_THAT(client_addresses("from unknown (HELO pc) (198.51.100.12) by 0 with SMTP; 15 Jan 2026"), ElementsAre("198.51.100.12"));
  EXPECT_THAT(client_addresses("from a.example.org (a.example.org [IPv6:2001:db8::25]) by b.example.org (8.17/8.17)"), ElementsAre("2001:db8::25"));
  EXPECT_THAT(client_addresses("from DB8PR04.example.com (2001:db8:400:c::1) by AM6PR.example.com (2603:10a6::2) with Microsoft SMTP Server"),
              ElementsAre("2001:db8:400:c::1"));
  EXPECT_THAT(client_addresses("from x ([::ffff:203.0.113.8]) BY y"), ElementsAre("203.0.113.8"));
}

TEST(MailRelay, NoPublicClient) {
  for (const char* field : {"by 203.0.113.200 with SMTP id n1; Thu, 15 Jan 2026", "from localhost (localhost [127.0.0.1]) by mx.example.net", "from x ([10.1.2.3]) by y",
                            "from x ([172.31.0.1] [192.168.4.4] [169.254.1.1] [100.64.0.9] [224.0.0.1] [fe80::1] [::1] [fd00::1]) by y", "",
                            "from mail (Postfix 3.7.11.0) by y", "from x ([203.0.113.999]) by y"}) {
    EXPECT_THAT(client_addresses(field), IsEmpty()) << field;
  }
}

TEST(MailRelay, TheMailShowsThemAsText) {
  const std::string mail =
      "Received: from smtp.example.org (mail.example.org [203.0.113.7])\n\tby mx.example.net; Thu, 15 Jan 2026 10:00:00 +0000\n"
      "Received: from [10.0.0.4] by smtp.example.org; Thu, 15 Jan 2026 09:59:00 +0000\n"
      "X-Originating-IP: [198.51.100.77]\nFrom: a@example.org\nSubject: x\n\nhello\n";
  FakeEmit emit(mail.size());
  make_mail_extractor()->extract(Resident(Blob::own(mail)), {"message/rfc822", "", "a.eml"}, emit);
  const std::string header = emit.all("header");
  EXPECT_NE(header.find("Received from IP: 203.0.113.7\n"), std::string::npos) << header;
  EXPECT_EQ(header.find("10.0.0.4"), std::string::npos) << "private";
  EXPECT_NE(header.find("X-Originating-IP: [198.51.100.77]"), std::string::npos);
  EXPECT_EQ(emit.source_of("203.0.113.7", mail), "203.0.113.7");
}

}  // namespace
}  // namespace evtriage
