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
  EXPECT_EQ(emit.messages[0].application, "mail");
  EXPECT_EQ(emit.messages[0].conversation, "\xC3\xA9t\xC3\xA9") << "without any identifier the subject holds a thread together";
  EXPECT_EQ(emit.source_of("ama@example.net", mail), "ama@example.net") << "plain header text keeps its place";
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

// The footer of a mailing list behind a base64 body, and a text under a false label: programs show neither, people wrote both.
TEST(Mail, LinesThatCannotBeBase64AreKeptAsStored) {
  const std::string head = "From: a@example.org\nTo: b@example.org\nSubject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n";
  const std::string mail = head + "Zm9vYmFy\n_____\nTo leave the list: +233 24 000 0001, caf\xC3\xA9\n";
  const FakeEmit emit = extract(mail);
  EXPECT_EQ(emit.all("body").substr(0, 6), "foobar");
  EXPECT_EQ(emit.all("comment"), "_____\nTo leave the list: +233 24 000 0001, caf\xC3\xA9\n");
  EXPECT_EQ(emit.source_of("leave the list", mail), "leave the list");
  EXPECT_EQ(extract(head + "Hello, this is plain.").all("comment"), "Hello, this is plain.");
  EXPECT_EQ(extract(head + "Zm9vYmFy\r\n").all("comment"), "");
}

TEST(Mail, TextThatIsNamedAsMailIsMail) {
  const auto mail = make_mail_extractor();
  EXPECT_TRUE(mail->accepts({"text/plain", "", "draft.EML"}));
  EXPECT_FALSE(mail->accepts({"text/plain", "", "draft.txt"}));
  EXPECT_EQ(extract("Just words,\nno header at all.\n").all("body"), "Just words,\nno header at all.\n");
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

std::string property(const FakeEmit& emit, std::string_view name) {
  for (const auto& [key, value] : emit.properties) {
    if (key == name) return value;
  }
  return "(none)";
}

TEST(Mail, ThreadsAndRecipients) {
  const std::string head = "From: Kofi <kofi@example.com>\nTo: undisclosed-recipients:;\nCc: team: ama@example.org, \"B, C\" <b@example.org>;\n"
                           "Bcc: ama@example.org, hidden@example.org\nMessage-ID: <own@example.com>\nDate: 15 Jan 26 10:00:00 EST\n";
  EXPECT_EQ(extract(head + "\nx").messages[0].conversation, "own@example.com");
  EXPECT_EQ(extract(head + "In-Reply-To: <up@example.org>\n\nx").messages[0].conversation, "up@example.org");
  const FakeEmit emit = extract(head + "In-Reply-To: <up@example.org>\nReferences: <first@example.org>\n <up@example.org>\n\nx");
  EXPECT_EQ(emit.messages[0].conversation, "first@example.org");
  EXPECT_EQ(emit.messages[0].recipients, (std::vector<std::string>{"ama@example.org", "b@example.org", "hidden@example.org"}));
  EXPECT_EQ(property(emit, "dcterms:created"), "2026-01-15T15:00:00Z");
  EXPECT_EQ(property(emit, "References"), "<first@example.org> <up@example.org>");
}

TEST(Mail, AlternativesThatReadTheSameAreJudgedOnce) {
  const auto mail = [](const std::string& plain, const std::string& html) {
    return "From: a@example.org\nContent-Type: multipart/alternative; boundary=B\n\n--B\n\n" + plain +
           "\n--B\nContent-Type: multipart/related; boundary=R\n\n--R\nContent-Type: text/html\n\n" + html + "\n--R--\n--B--\n";
  };
  const FakeEmit same = extract(mail("Call +226 70 00 00 01 now", "<p>Call <b>+226 70&nbsp;00 00 01</b> now</p><a href='http://example.org/x'></a>"));
  EXPECT_EQ(same.all("body"), "Call +226 70 00 00 01 now");
  EXPECT_NE(same.all("links").find("http://example.org/x"), std::string::npos);
  EXPECT_NE(property(same, "mail:alternative"), "(none)");
  const FakeEmit other = extract(mail("Your reader shows no HTML", "<p>the passports are kept</p>"));
  EXPECT_NE(other.all("body").find("passports"), std::string::npos);
  EXPECT_NE(other.all("body").find("Your reader"), std::string::npos);
}

TEST(Mail, FilesInsidePlainBodies) {
  const std::string mail = "From: a@example.org\nSubject: x\n\nhere it is\nbegin 644 list.txt\n&9F]O8F%R\n`\nend\nbye\n";  // python3: binascii.b2a_uu(b'foobar')
  const FakeEmit emit = extract(mail);
  EXPECT_EQ(emit.all("body"), "here it is\nbye\n");
  EXPECT_EQ(emit.source_of("bye", mail), "bye");
  ASSERT_EQ(emit.children.size(), 1u);
  EXPECT_EQ(emit.children[0].first.step.name, "list.txt");
  EXPECT_EQ(emit.children[0].second, "foobar");
  EXPECT_EQ(emit.messages[0].attachments, std::vector<std::string>{"list.txt"});
}

TEST(Mail, WhatIsEncryptedIsTold) {
  const FakeEmit inline_pgp = extract("From: a@example.org\n\n-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n");
  EXPECT_TRUE(inline_pgp.is_encrypted);
  const FakeEmit pgp_mime = extract("From: a@example.org\nContent-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=B\n\n"
                                    "--B\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--B\nContent-Type: application/octet-stream\n\nxx\n--B--\n");
  EXPECT_TRUE(pgp_mime.is_encrypted);
  ASSERT_EQ(pgp_mime.children.size(), 2u);
  EXPECT_TRUE(pgp_mime.children[1].first.encrypted);
  EXPECT_EQ(pgp_mime.issues[0].code, Code::encrypted);
}

TEST(Mail, EnclosedMessagesAreTheirOwnBytes) {
  const std::string inner = "Subject: inner \nX-Odd:   kept  as is\n\nhello\n";
  const std::string mail = "From: a@example.org\nContent-Type: multipart/digest; boundary=B\n\n--B\n\n" + inner + "\n--B--\n";
  const FakeEmit emit = extract(mail);
  ASSERT_EQ(emit.children.size(), 1u);
  EXPECT_EQ(emit.children[0].first.media_type, "message/rfc822") << "the default inside a digest";
  EXPECT_EQ(emit.children[0].second, inner);
  EXPECT_EQ(mail.substr(emit.children[0].first.extent->begin, inner.size()), inner);
}

TEST(Mail, TnefPartsKeepTheirWay) {
  const FakeEmit emit = extract("From: a@example.org\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\nContent-Transfer-Encoding: base64\n\nZm9v\n");
  ASSERT_EQ(emit.children.size(), 1u);
  EXPECT_EQ(emit.children[0].first.media_type, "application/vnd.ms-tnef");
}

TEST(Mail, LargeAttachmentsAreDecodedInPieces) {
  std::string base64, expected;  // 76 characters a line, python3: base64.encodebytes(b'abcdefghi' * n) has no such line ends
  for (int i = 0; i < 60000; ++i) base64 += "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5emFiY2Rl\r\n", expected += "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcde";
  const std::string head = "From: a@example.org\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n";
  FakeEmit emit = extract(head + base64);
  ASSERT_EQ(emit.children.size(), 1u);
  EXPECT_EQ(emit.children[0].second.size(), expected.size());
  EXPECT_TRUE(emit.children[0].second == expected);
}

FakeEmit extract_named(const std::string& bytes, std::string_view type, std::string_view name) {
  FakeEmit emit(bytes.size());
  make_mail_extractor()->extract(Resident(Blob::own(bytes)), {type, "", name}, emit);
  return emit;
}

TEST(Mail, FlagsOfMailPrograms) {
  const std::string mail = "From: a@example.org\nSubject: x\n\nhello\n";
  const std::string list = "<?xml version=\"1.0\"?><plist><dict><key>flags</key><integer>8590195715</integer></dict></plist>";
  const FakeEmit apple = extract_named(std::to_string(mail.size()) + "      \n" + mail + list, "message/x-emlx", "12.emlx");
  EXPECT_EQ(apple.all("body"), "hello\n");
  EXPECT_TRUE(apple.messages[0].deleted);
  EXPECT_NE(apple.all("metadata").find("8590195715"), std::string::npos);
  EXPECT_TRUE(extract_named(mail, "message/rfc822", "1737000000.M1P2.host:2,ST").messages[0].deleted);
  EXPECT_FALSE(extract_named(mail, "message/rfc822", "1737000000.M1P2.host:2,S").messages[0].deleted);
  EXPECT_TRUE(extract("X-Mozilla-Status: 0009\n" + mail).messages[0].deleted);
  EXPECT_FALSE(extract("X-Mozilla-Status: 0001\n" + mail).messages[0].deleted);
  EXPECT_FALSE(extract_named("999\n" + mail, "message/x-emlx", "12.partial.emlx").issues.empty());
}

TEST(Mail, HostileMessagesEndWell) {
  std::string nested = "Content-Type: text/plain\r\n\r\nneedle\r\n";
  for (int i = 0; i < 1000; ++i) {
    const std::string b = "b" + std::to_string(i);
    nested = "Content-Type: multipart/mixed; boundary=" + b + "\r\n\r\n--" + b + "\r\n" + nested + "\r\n--" + b + "--\r\n";
  }
  const FakeEmit deep = extract("From: a@example.org\r\n" + nested);
  EXPECT_EQ(deep.all("body"), "needle\r\n") << "nesting costs nothing, so nothing is left out";
  EXPECT_TRUE(deep.issues.empty());
  extract("Subject: " + std::string(2'000'000, 'x') + "\n\nbody");
  EXPECT_FALSE(extract("Content-Type: text/plain; charset=klingon\n\nhello\n").issues.empty());
  EXPECT_EQ(extract("Content-Type: multipart/mixed\n\nno boundary\n").all("body"), "no boundary\n");
  const FakeEmit never = extract("Content-Type: multipart/mixed; boundary=B\n\nit never comes\n");
  EXPECT_EQ(never.all("body"), "it never comes\n");
  EXPECT_EQ(never.issues[0].code, Code::truncated);
  std::string many = "Content-Type: multipart/mixed; boundary=B\n\n";
  for (int i = 0; i < 20'000; ++i) many += "--B\n\nx\n";
  EXPECT_EQ(extract(many).issues[0].code, Code::limit);
  extract("To: " + std::string(200'000, '(') + "\n\nx");
  std::string groups = "To: ";
  for (int i = 0; i < 50'000; ++i) groups += "a:";
  extract(groups + "\n\nx");
  extract("");
}

}  // namespace
}  // namespace evtriage
