// Published examples of the small formats: LZFu, VBA compression, packages, pictures; properties and flows.
#include <gtest/gtest.h>

#include "extractors/ole/art.h"
#include "extractors/ole/text_flow.h"
#include "extractors/ole/vba.h"
#include "tests/extractors/ole/fixtures.h"

namespace evtriage::ole {
namespace {

using namespace std::string_literals;

std::string from_hex(std::string_view hex) {
  std::string out;
  const auto digit = [](char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
  for (std::size_t i = 0; i + 1 < hex.size(); ++i) {
    if (hex[i] == ' ') continue;
    out += static_cast<char>(digit(hex[i]) << 4 | digit(hex[i + 1]));
    ++i;
  }
  return out;
}

TEST(Vba, ExamplesOfTheSpecification) {  // MS-OVBA 3.2.1 to 3.2.3
  EXPECT_EQ(unpack_vba(from_hex("0119b0 00 6162636465666768 00 696a6b6c6d6e6f70 00 717273747576 2e")).bytes, "abcdefghijklmnopqrstuv.");
  EXPECT_EQ(unpack_vba(from_hex("012fb000236161616263646582660070616768696a013808616b6c00306d6e6f70067102700410727374757610 7778797a003c")).bytes,
            "#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa");
  EXPECT_EQ(unpack_vba(from_hex("0103b002614500")).bytes, std::string(73, 'a'));
}

TEST(Ole, PackagesMacrosAndTheRest) {
  const FakeEmit emit = ole_test::read_ole(ole_test::fixture("embedded.ole"));
  EXPECT_EQ(ole_test::property(emit, "macros"), "yes");
  EXPECT_NE(emit.all("macro").find("'été: appeler +226 70 00 00 12"), std::string::npos);
  ASSERT_EQ(emit.children.size(), 3u);
  EXPECT_EQ(emit.children[0].first.step.name, "note.txt");
  EXPECT_EQ(emit.children[0].second, "remettre les passeports");
  EXPECT_EQ(emit.children[1].second.size(), 5004u);
  EXPECT_EQ(emit.children[2].first.step.name, "Strange");
  EXPECT_EQ(emit.children[2].second, "unknown bytes 4711");
  EXPECT_NE(emit.all("metadata").find("C:\\Users\\moussa\\note.txt"), std::string::npos);
}

TEST(Ole, Thumbnails) {
  const FakeEmit emit = ole_test::read_ole(ole_test::fixture("Thumbs.db"));
  ASSERT_EQ(emit.children.size(), 2u);
  EXPECT_EQ(emit.children[1].first.step.name, "bateau.jpg");
  EXPECT_EQ(emit.children[1].second.substr(0, 3), "\xff\xd8\xff");
  EXPECT_EQ(emit.children[1].first.modified_ns, 1'768'471'200'000'000'000);
  EXPECT_EQ(emit.all("metadata"), "passeport.jpg\nbateau.jpg\n");
}

TEST(Ole, WhatIsNoCompoundFileIsTold) {
  EXPECT_TRUE(ole_test::has_issue(ole_test::read_ole(""), Code::corrupt));
  const std::string named = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + std::string(16, '\0') + "\x3e\0\3\0\xfe\xff\x09\0"s + std::string(480, '\0') +
                            ole_test::wide("EncryptedPackage") + std::string(1000, '\0');
  const FakeEmit emit = ole_test::read_ole(named);  // DC26
  EXPECT_TRUE(emit.is_encrypted);
  EXPECT_TRUE(ole_test::has_issue(emit, Code::encrypted));
}

TEST(TextFlow, RunsAndSegments) {
  FakeEmit emit(1 << 20);
  TextFlow flow(emit, "body");
  ByteRuns runs;
  runs.append({1000, 1003});
  runs.append({5000, 5100});
  flow.text("ab\0\xe9x\r\nz"s, "windows-1252", runs, 0);  // NUL is dropped, CR LF is one line end
  flow.flush();
  ASSERT_EQ(emit.texts.size(), 1u);
  EXPECT_EQ(emit.texts[0].utf8.chars(), "abéx\nz");
  EXPECT_EQ(emit.texts[0].map.to_source({2, 4}), (ByteRange{5000, 5001}));
  EXPECT_EQ(emit.texts[0].map.to_source({6, 7}), (ByteRange{5004, 5005}));
  for (int i = 0; i < 200'000; ++i) flow.put('a', {static_cast<std::uint64_t>(i), static_cast<std::uint64_t>(i) + 1});
  flow.flush();
  EXPECT_EQ(emit.texts.size(), 3u);
  EXPECT_EQ(emit.texts[2].map.runs().size(), 1u);
}

}  // namespace
}  // namespace evtriage::ole
