// Structure of messages; parts and bodies as python3's email package gives them.
#include "extractors/mime.h"

#include <gtest/gtest.h>

namespace evtriage {
namespace {

struct Found {
  std::vector<std::string> types, bodies;
  MimeStructure structure;
};
Found parts(const std::string& message) {
  Found out;
  out.structure = take_apart(message, {0, message.size()});
  for (const MimePart& part : out.structure.parts) {
    EXPECT_LE(part.body.begin, part.body.end);
    EXPECT_LE(part.body.end, message.size());
    if (part.kind != MimePart::Kind::leaf) continue;
    out.types.push_back(part.media_type);
    out.bodies.push_back(message.substr(part.body.begin, part.body.size()));
  }
  return out;
}
using Words = std::vector<std::string>;

const std::string sample =
    "From x\r\nSubject: a\r\n b\r\nContent-Type: multipart/mixed; boundary=\"B\"\r\n\r\npreamble\r\n--B\r\n\r\none\r\n\r\n--B  \r\nContent-Type: multipart/alternative;\r\n"
    "\tboundary=B1\r\n\r\n--B1\r\nContent-Type: text/html\r\n\r\ntwo\r\n--B1--\r\n--B\r\nContent-Type: text/x\r\n\r\n--B12\r\nthree\r\n--B--\r\nepilogue\r\n";

TEST(Mime, PartsOfASample) {
  const Found found = parts(sample);
  EXPECT_EQ(found.types, (Words{"text/plain", "text/html", "text/x"}));
  EXPECT_EQ(found.bodies, (Words{"one\r\n", "two", "--B12\r\nthree"}));
  EXPECT_EQ(found.structure.parts[0].value_of("subject"), "a\r\n b");
  Words outside;
  for (const MimePart& part : found.structure.parts) {
    if (part.kind == MimePart::Kind::outside) outside.push_back(sample.substr(part.body.begin, part.body.size()));
  }
  EXPECT_EQ(outside, (Words{"preamble", "epilogue\r\n"}));
  EXPECT_EQ(found.structure.unclosed, 0u);
}

TEST(Mime, EveryTruncationAndEveryCut) {
  for (std::size_t size = 0; size <= sample.size(); ++size) {
    parts(sample.substr(0, size));
    parts(sample.substr(size));
  }
}

TEST(Mime, BrokenStructures) {
  EXPECT_EQ(parts("Subject: x\n\n").bodies, Words{""});
  EXPECT_EQ(parts("no header at all\n").bodies, Words{"no header at all\n"});
  EXPECT_EQ(parts("Subject : x\nbody without an empty line\n").bodies, Words{"body without an empty line\n"});
  EXPECT_EQ(parts("Content-Type: multipart/mixed; boundary=A\n\n--A\n\nx\n--A\n\ny").bodies, (Words{"x", "y"}));
  EXPECT_EQ(parts("Content-Type: multipart/mixed; boundary=A\n\n--A\nContent-Type: multipart/mixed; boundary=B\n\nz\n--A\n\ny\n--A--").bodies, (Words{"z", "y"}));
  EXPECT_EQ(parts("Content-Type: multipart/mixed; boundary=A\n\n--A\nContent-Type: multipart/mixed; boundary=A\n\n--A\n\nx\n--A--\n").structure.unclosed, 1u);
}

TEST(Mime, WorkIsLinear) {
  std::string many = "Content-Type: multipart/mixed; boundary=A\n\n--A\n\n";
  for (int i = 0; i < 500'000; ++i) many += "--B\n--\n";
  EXPECT_EQ(parts(many).bodies.size(), 1u);
  std::string fields;
  for (int i = 0; i < 300'000; ++i) fields += "a:\n";
  EXPECT_EQ(parts(fields).structure.fields_left_out, 200'000u);
}

}  // namespace
}  // namespace evtriage
