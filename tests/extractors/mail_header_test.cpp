// Encoded words and parameters, rule-abiding and broken.  Expected by python3: email.header, email.message.get_filename;
// the broken ones by what a person would read.
#include "extractors/mail_header.h"

#include <gtest/gtest.h>

#include "pipeline/core/text.h"

namespace evtriage {
namespace {

std::string text(std::string_view raw, std::string_view charset = "") {
  const HeaderText out = header_text(raw, 100, charset);
  EXPECT_TRUE(is_valid_utf8(out.text));
  EXPECT_EQ(out.map.text_size(), out.text.size());
  return out.text;
}

TEST(MailHeader, EncodedWords) {
  EXPECT_EQ(text("=?ISO-8859-1?Q?A=EFcha?= <a@example.org>"), "A\xC3\xAF" "cha <a@example.org>");
  EXPECT_EQ(text("=?UTF-8?B?w6l0w6k=?=\r\n =?utf-8?q?_=C3=A9?="), "\xC3\xA9t\xC3\xA9 \xC3\xA9") << "the fold between two words goes";
  EXPECT_EQ(text("=?UTF-8?B?w6l0ww==?= =?UTF-8?B?qQ==?="), "\xC3\xA9t\xC3\xA9") << "a character cut between two words";
  EXPECT_EQ(text("=?windows-1256?B?yM7h?="), "\xD8\xA8\xD8\xAE\xD9\x84");
  EXPECT_EQ(text("=?GB2312?B?xOO6ww==?="), "\xE4\xBD\xA0\xE5\xA5\xBD");
  EXPECT_EQ(text("=?utf-8*fr?Q?=C3=A9?="), "\xC3\xA9");
  EXPECT_EQ(text("=?utf-8?Q?a b=C3=A9?="), "a b\xC3\xA9") << "blanks inside, against the rule";
  EXPECT_EQ(text("=?klingon?Q?=41?="), "A");
  EXPECT_EQ(text("=?utf-8?X?abc?= =? =?= =??"), "=?utf-8?X?abc?= =? =?= =??");
}

TEST(MailHeader, RawBytes) {
  EXPECT_EQ(text("d\xC3\xA9j\xC3\xA0 vu"), "d\xC3\xA9j\xC3\xA0 vu");
  EXPECT_EQ(text("d\xE9j\xE0 vu", "iso-8859-1"), "d\xC3\xA9j\xC3\xA0 vu");
  EXPECT_EQ(text("\xC7\xE1\xD3\xE1\xC7\xE3", "windows-1256"), "\xD8\xA7\xD9\x84\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85");
  EXPECT_EQ(text("a\r\n\tb"), "a\tb");
}

TEST(MailHeader, EveryCharacterKeepsItsPlace) {
  const std::string raw = "call =?utf-8?Q?=C3=A9?= +226 70 00 00 01";
  const HeaderText out = header_text(raw, 1000, "");
  const std::size_t at = out.text.find("+226");
  const ByteRange range = out.map.to_source({at, at + 16});
  EXPECT_EQ(raw.substr(range.begin - 1000, range.size()), "+226 70 00 00 01");
}

TEST(MailHeader, Parameters) {
  EXPECT_EQ(mime_parameter("text/plain; charset=\"utf-8\"; name=a b.txt", "charset"), "utf-8");
  EXPECT_EQ(mime_parameter("text/plain; charset=\"utf-8\"; name=a b.txt", "name"), "a b.txt");
  EXPECT_EQ(mime_parameter("attachment; filename*0*=UTF-8''..%2f..%2f; filename*1=EVIL", "filename"), "../../EVIL");
  EXPECT_EQ(mime_parameter("attachment; filename*=iso-8859-1'fr'%E9t%E9.doc; filename=ete.doc", "filename"), "\xC3\xA9t\xC3\xA9.doc");
  EXPECT_EQ(mime_parameter("attachment; FileName*1=b; filename*0=a; filename*2=c", "filename"), "abc");
  EXPECT_EQ(mime_parameter("attachment; filename=\"=?UTF-8?B?w6l0w6k=?=.doc\"", "filename"), "\xC3\xA9t\xC3\xA9.doc");
  EXPECT_EQ(mime_parameter("attachment; filename=\"a\\\"b;c\\\\d\"", "filename"), "a\"b;c\\d");
  EXPECT_EQ(mime_parameter("x/y; (note; name=no) name=(c)\"z\" ; q", "name"), "z");
  EXPECT_EQ(mime_parameter("x/y; name", "name"), "");
  EXPECT_EQ(mime_parameter("x/y; boundary=\"=_a?b\"", "boundary"), "=_a?b");
}

TEST(MailHeader, MediaTypes) {
  EXPECT_EQ(media_type_of("Text/HTML ; charset=x", "text/plain"), "text/html");
  EXPECT_EQ(media_type_of("text/plain (odd)", ""), "text/plain");
  EXPECT_EQ(media_type_of("text", "text/plain"), "text/plain");
  EXPECT_EQ(media_type_of("", "message/rfc822"), "message/rfc822");
}

}  // namespace
}  // namespace evtriage
