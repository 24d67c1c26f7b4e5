// E-mail: headers with RFC 2047 words, bodies in two transfer encodings, attachments, enclosed messages, hostile nesting.
#include <gtest/gtest.h>

#include "extractors/builtin.h"
#include "tests/support/fake_emit.h"

namespace evtriage {
namespace {

FakeEmit extract(const std::string& bytes) {
  FakeEmit emit(bytes.size());
  make_mail_extractor()->extract(Resident(Blob::own(bytes)), {"message/rfc822", "", "a.eml"}, emit);
  return emit;
}

TEST(Mail, HeadersBodyAndPlaces) {
  const std::string mail =
      "From: =?ISO-8859-1?Q?A=EFcha?= <aicha@example.org>\nTo: kofi@example.com, Ama <ama@example.net>\nSubject: Re: =?UTF-8?B?w6l0w6k=?=\n"
      "Date: Thu, 15 Jan 2026 11:00:00 +0100\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\n"
      "Content-Transfer-Encoding: quoted-printable\n\nLe num=E9ro de passeport est gard=E9\n";
  const FakeEmit emit = extract(mail);
  EXPECT_NE(emit.all("header").find("From: A\xC3\xAF" "cha <aicha@example.org>"), std::string::npos) << emit.all("header");
  EXPECT_EQ(emit.all("body"), "Le num\xC3\xA9ro de passeport est gard\xC3\xA9\n");
  EXPECT_EQ(emit.source_of("num\xC3\xA9ro", mail), "num=E9ro");
  EXPECT_EQ(emit.source_of("passeport", mail), "passeport");
  ASSERT_EQ(emit.messages.size(), 1u);
  EXPECT_EQ(emit.messages[0].sender, "aicha@example.org");
  EXPECT_EQ(emit.messages[0].recipients, (std::vector<std::string>{"kofi@example.com", "ama@example.net"}));
  EXPECT_EQ(*emit.messages[0].sent_ns, 1'768'471'200'000'000'000);  // date -u -d 2026-01-15T10:00:00Z +%s
  EXPECT_EQ(emit.messages[0].conversation, "\xC3\xA9t\xC3\xA9");
  EXPECT_TRUE(emit.texts.back().is_message);
}

TEST(Mail, PartsBecomeTextAndChildren) {
  const std::string mail =
      "From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/html; charset=utf-8\n\n"
      "<p>bonjour <b>Ama</b></p>\n--B\nContent-Type: text/plain; name=\"../../etc/list.txt\"\nContent-Disposition: attachment; filename=\"../../etc/list.txt\"\n"
      "Content-Transfer-Encoding: base64\n\nZm9vYmFy\n--B\nContent-Type: message/rfc822\n\nSubject: inner\n\nhello\n--B--\n";
  const FakeEmit emit = extract(mail);
  EXPECT_NE(emit.all("body").find("bonjour Ama"), std::string::npos);
  EXPECT_EQ(emit.source_of("bonjour", mail), "bonjour");
  ASSERT_EQ(emit.children.size(), 2u);
  EXPECT_EQ(emit.children[0].second, "foobar");
  EXPECT_EQ(emit.children[0].first.step.name, "../../etc/list.txt") << "a name is data, never a path";
  EXPECT_EQ(emit.children[1].first.media_type, "message/rfc822");
  EXPECT_NE(emit.children[1].second.find("Subject: inner"), std::string::npos);
}

TEST(Mail, ASavedPageIsNoMessage) {  // as Chromium writes MHTML (RFC 2557); base64 of "\xff\xd8\xff\xe0 picture" by python3
  const std::string page =
      "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/offer\r\nSubject: Offer\r\nDate: Thu, 15 Jan 2026 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----MultipartBoundary--x----\"\r\n\r\n\r\n"
      "------MultipartBoundary--x----\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/offer\r\n\r\n"
      "<!DOCTYPE html><html><head><meta charset=3D\"UTF-8\"></head><body><p>Papers h=\r\neld until =C3=A9t=C3=A9</p><img src=3D\"data:image/png;base64,iVBORw=3D=3D\"></body></html>\r\n"
      "------MultipartBoundary--x----\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://example.org/house.jpg\r\n\r\n"
      "/9j/4CBwaWN0dXJl\r\n\r\n------MultipartBoundary--x------\r\n";
  const FakeEmit emit = extract(page);
  EXPECT_NE(emit.all("body").find("Papers held until \xC3\xA9t\xC3\xA9"), std::string::npos) << emit.all("body");
  EXPECT_EQ(emit.source_of("held", page), "h=\r\neld");
  ASSERT_EQ(emit.children.size(), 2u);
  EXPECT_EQ(emit.children[0].second, "\x89PNG");
  EXPECT_EQ(emit.children[1].first.step.name, "https://example.org/house.jpg");
  EXPECT_EQ(emit.children[1].second, "\xff\xd8\xff\xe0 picture");
  EXPECT_TRUE(emit.messages.empty());
  EXPECT_FALSE(emit.texts.back().is_message);
}

TEST(Mail, HostileMessagesEndWell) {
  std::string nested = "MIME-Version: 1.0\n";
  for (int i = 0; i < 1000; ++i) nested += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" + std::to_string(i) + "\n";
  const FakeEmit emit = extract(nested + "\nend");
  ASSERT_FALSE(emit.issues.empty());
  EXPECT_EQ(emit.issues[0].code, Code::limit);
  extract("Subject: " + std::string(2'000'000, 'x') + "\n\nbody");
  EXPECT_FALSE(extract("Content-Type: text/plain; charset=klingon\n\nhello\n").issues.empty());
  extract("Content-Type: multipart/mixed\n\nno boundary\n");
  extract("");
}

}  // namespace
}  // namespace evtriage
