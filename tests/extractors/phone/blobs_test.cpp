// Bytes of cells: signatures as their formats publish them, an archived string as macOS writes it.
#include "extractors/phone/blobs.h"

#include <gtest/gtest.h>

#include <string>

namespace evtriage::phone {
namespace {

using std::string_literals::operator""s;  // NOLINT(misc-unused-using-decls): the check does not see literals

std::string archived(const std::string& length, const std::string& text) {
  return "\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00\x84\x84\x08NSObject\x00\x85\x92\x84\x84\x84\x08NSString\x01\x94\x84\x01+"s + length + text + "\x86\x84\x02iI\x01\x05";
}
std::string text_in(const std::string& bytes) {
  const ByteRange range = typedstream_text(bytes);
  return bytes.substr(range.begin, range.size());
}

TEST(Blobs, AnArchivedString) {
  EXPECT_EQ(text_in(archived("\x05", "hello")), "hello");
  const std::string longer(300, 'x');
  EXPECT_EQ(text_in(archived(std::string("\x81\x2c\x01", 3), longer)), longer);
  EXPECT_EQ(text_in(archived(std::string("\x82\x2c\x01\x00\x00", 5), longer)), longer);
  EXPECT_EQ(text_in(archived("\x7f", "cut")).substr(0, 3), "cut");
  EXPECT_EQ(text_in("streamtyped NSString"), "");
}

TEST(Blobs, FilesByTheirFirstBytes) {
  const std::string rest(40, '\1');
  EXPECT_EQ(file_type_of("\xff\xd8\xff\xe0" + rest), "image/jpeg");
  EXPECT_EQ(file_type_of("bplist00" + rest), "application/x-bplist");
  EXPECT_EQ(file_type_of("RIFF\1\1\1\1WEBP" + rest), "image/webp");
  EXPECT_EQ(file_type_of("hello" + rest), "");
  EXPECT_EQ(file_type_of("\xff\xd8\xff"), "");
}

TEST(Blobs, RunsOfText) {
  const std::string bytes = std::string("\x0a\x11") + "call me tomorrow " + "\x12\x01\x03\x0d" + "+22997000001" + std::string(3, '\0') + "aX9q";
  const auto runs = text_runs(bytes);
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(bytes.substr(runs[0].begin, runs[0].size()), "call me tomorrow ");
  EXPECT_EQ(bytes.substr(runs[1].begin, runs[1].size()), "+22997000001");
}

}  // namespace
}  // namespace evtriage::phone
