// Property lists: fixtures of python3's plistlib, binary and XML, must say the same; keyed archives, loops, hostile tables.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/extractors/plain/run_plain.h"

namespace evtriage {
namespace {

std::string fixture(const std::string& name) {
  std::ifstream in(EVTRIAGE_SOURCE_DIR "/tests/extractors/plain/data/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}
FakeEmit plist(const std::string& bytes) { return run_plain(extract_plist, bytes, "a.plist"); }

TEST(Plist, BinaryAndXmlSayTheSame) {
  for (const char* name : {"plain.bplist", "plain.plist"}) {
    const std::string bytes = fixture(name);
    ASSERT_FALSE(bytes.empty());
    const FakeEmit emit = plist(bytes);
    const std::string text = all_text(emit);
    for (const char* line : {"Name: Ama Example\n", "Note: D\xC3\xA9part \xD8\xAC\xD9\x88\xD8\xA7\xD8\xB2 samedi\n", "+233240000001\n+233240000002\n", "Count: -5\n", "Big: 1099511627776\n",
                             "Ratio: 0.25\n", "Yes: true\n", "When: 2024-03-12T05:30:00Z\n", "from: Kofi\ntext: ok\n"}) {
      EXPECT_NE(text.find(line), text.npos) << name << ": " << line << text;
    }
    std::vector<std::string> places;
    for (const TextSegment& segment : emit.texts) places.push_back(segment.place);
    EXPECT_NE(std::find(places.begin(), places.end(), "Messages[0]"), places.end()) << outline(emit);
    ASSERT_EQ(emit.children.size(), 1u) << name;
    EXPECT_EQ(emit.children[0].first.step.name, "Photo");
    EXPECT_EQ(emit.children[0].second.size(), 104u);
    EXPECT_TRUE(emit.children[0].second.starts_with("\xff\xd8\xff\xe0"));
    EXPECT_EQ(emit.source_of("Ama Example", bytes), "Ama Example");
    EXPECT_TRUE(emit.issues.empty()) << emit.issues[0].detail;
  }
}

TEST(Plist, KeyedArchivesAreReadAsWhatTheyStandFor) {
  for (const char* name : {"keyed.bplist", "keyed.plist"}) {
    const FakeEmit emit = plist(fixture(name));
    const std::string text = all_text(emit);
    for (const char* line : {"name: Ama Example\n", "when: 2024-03-12T05:30:00Z\n", "passport\nbeach house\n", "phone: +233240000001\n", "a forgotten string\n"}) {
      EXPECT_NE(text.find(line), text.npos) << name << ": " << line << text;
    }
    EXPECT_EQ(text.find("NSDate"), text.npos) << text;
    EXPECT_EQ(text.find("$null"), text.npos) << text;
    EXPECT_TRUE(emit.issues.empty()) << name << emit.issues[0].detail;
  }
}

TEST(Plist, ALoopEnds) {  // an array that holds itself, by hand: header, object, offset table, trailer
  std::string bytes = "bplist00";
  bytes += std::string("\xa1\x00", 2);
  bytes += "\x08";
  bytes += std::string(6, '\0') + "\x01\x01" + std::string(7, '\0') + "\x01" + std::string(8, '\0') + std::string(7, '\0') + "\x0a";
  ASSERT_EQ(bytes.size(), 43u);
  EXPECT_TRUE(plist(bytes).texts.empty());
}

TEST(Plist, LiesAndOtherContents) {
  std::string huge = fixture("plain.bplist");
  huge[huge.size() - 24] = '\x7f';  // the number of objects
  EXPECT_NE(all_text(plist(huge)).find("Ama Example"), std::string::npos);
  EXPECT_NE(all_text(plist("bplist00 but no list at all, call +233240000001 now")).find("call +233240000001"), std::string::npos);
  const std::string strings = "\"greeting\" = \"hello\";\n";
  EXPECT_EQ(plist(strings).all("body"), strings);
  EXPECT_EQ(plist("<a>not a list</a>").all("body"), "<a>not a list</a>");
  std::string deep = "<plist>";
  for (int i = 0; i < 100'000; ++i) deep += "<array>";
  EXPECT_NE(all_text(plist(deep + "<string>core</string>")).find("core"), std::string::npos);
}

TEST(Plist, Torment) {
  torment(extract_plist, fixture("keyed.bplist"));
  torment(extract_plist, "<?xml version='1.0'?><plist><dict><key>a</key><data>//8=</data><key>b</key><true/><date>x</date></dict></plist>");
}

}  // namespace
}  // namespace evtriage
