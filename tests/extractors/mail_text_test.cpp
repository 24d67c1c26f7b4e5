// Flowed lines by the examples of RFC 3676 section 4 to 6; uuencoded data by python3: binascii.b2a_uu.
#include "extractors/mail_text.h"

#include <gtest/gtest.h>

namespace evtriage {
namespace {

TEST(MailText, FlowedLinesAreJoined) {
  const std::string in = "one \ntwo\n\n from \nx\n-- \nsig\n> quoted \n> text\n>> deeper\n";
  const MappedText out = unflowed(in, false);
  EXPECT_EQ(out.text, "one two\n\nfrom x\n-- \nsig\n> quoted text\n>> deeper\n" + std::string()) ;
  EXPECT_EQ(out.map.text_size(), out.text.size());
  const std::size_t at = out.text.find("deeper");
  const ByteRange range = out.map.to_source({at, at + 6});
  EXPECT_EQ(in.substr(range.begin, range.size()), "deeper");
  EXPECT_EQ(unflowed("pass \nport\n", true).text, "passport\n");
  EXPECT_EQ(unflowed("", true).text, "");
}

TEST(MailText, UuencodedFiles) {
  const std::string in = "begin 644 not a file\nno data line here at all\nbegin 644 a.txt\n&9F]O8F%R\n`\nend\nafter\nbegin 755 b\n#9F]O\n";
  const auto files = uuencoded_files(in);
  ASSERT_EQ(files.size(), 2u);
  EXPECT_EQ(files[0].name, "a.txt");
  EXPECT_EQ(files[0].bytes, "foobar");
  EXPECT_TRUE(files[0].whole);
  EXPECT_EQ(files[1].bytes, "foo");
  EXPECT_FALSE(files[1].whole);
  EXPECT_EQ(without(in, files).text, "begin 644 not a file\nno data line here at all\nafter\n");
}

TEST(MailText, Sameness) {
  EXPECT_EQ(squeezed("Call: +226 70-00 *now*"), squeezed("Call\n+226\xC2\xA0" "7000 now"));
  EXPECT_NE(squeezed("a"), squeezed("b"));
}

}  // namespace
}  // namespace evtriage
