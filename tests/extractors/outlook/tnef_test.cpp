// Streams that tnef and ytnef read too (data/README.md); every truncation, bent bytes, lists that lie about their length.
#include "extractors/outlook/tnef.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>

#include "extractors/outlook/outlook.h"
#include "tests/support/fake_emit.h"

namespace evtriage {
namespace {

using namespace std::string_literals;

std::string sample(const std::string& name) {
  std::ifstream stream(EVTRIAGE_SOURCE_DIR "/tests/extractors/outlook/data/" + name, std::ios::binary);
  EXPECT_TRUE(stream.is_open());
  return {std::istreambuf_iterator<char>(stream), {}};
}

FakeEmit extract(const std::string& bytes) {
  FakeEmit emit(bytes.size());
  extract_tnef(Resident(Blob::own(bytes)), {"application/vnd.ms-tnef", "", "winmail.dat"}, {}, emit);
  return emit;
}

TEST(Tnef, WinmailDat) {
  const std::string bytes = sample("winmail.dat");
  const FakeEmit emit = extract(bytes);
  EXPECT_TRUE(emit.issues.empty()) << emit.issues[0].detail;
  const std::string head = emit.all("metadata");
  for (const char* line : {"subject: Liste d\u00e9t\u00e9\n", "recipient: Ama Test\n", "recipient, address: cee@example.org\n", "location: harbour, gate 4\n", "Shelter: blue house\n",
                           "conversation: \u062c\u0648\u0627\u0632\n", "sent: 2026-01-15T10:00:00Z\n"}) {
    EXPECT_NE(head.find(line), std::string::npos) << line << "\n" << head;
  }
  EXPECT_EQ(emit.source_of("ama@example.org", bytes), "ama@example.org");
  EXPECT_EQ(emit.all("body"), "the passports are kept\n");
  EXPECT_EQ(emit.source_of("passports", bytes), "passports");
  ASSERT_EQ(emit.messages.size(), 1u);
  EXPECT_EQ(emit.messages[0].sender, "kofi@example.com");
  EXPECT_EQ(emit.messages[0].recipients, (std::vector<std::string>{"ama@example.org", "cee@example.org"}));
  EXPECT_EQ(emit.messages[0].sent_ns, 1768471200'000'000'000);
  EXPECT_EQ(emit.messages[0].conversation, "one@example.com");
}

TEST(Tnef, AttachmentsAreRangesOfTheStream) {
  const std::string bytes = sample("winmail.dat");
  const FakeEmit emit = extract(bytes);
  ASSERT_EQ(emit.children.size(), 3u);
  EXPECT_EQ(emit.children[0].first.media_type, "text/rtf");
  EXPECT_EQ(emit.children[0].second, "{\\rtf1\\ansi the passports are kept\\par}");
  EXPECT_EQ(emit.children[1].first.step.name, "list of names.txt");
  EXPECT_EQ(emit.children[1].first.media_type, "text/plain");
  EXPECT_EQ(emit.children[1].second, "Ama +226 70 00 00 22\r\n");
  EXPECT_EQ(bytes.substr(emit.children[1].first.extent->begin, 22), "Ama +226 70 00 00 22\r\n");
  EXPECT_EQ(emit.children[2].first.media_type, "application/vnd.ms-tnef");
  const FakeEmit inner = extract(emit.children[2].second);
  EXPECT_EQ(inner.all("body"), "inner words");
  EXPECT_NE(inner.all("metadata").find("inner subject"), std::string::npos);
  EXPECT_TRUE(inner.messages.empty()) << "it names no sender";
}

TEST(Tnef, CodePageIsHonoured) {
  const std::string bytes = sample("arabic.tnef");
  const FakeEmit emit = extract(bytes);
  EXPECT_EQ(emit.all("body"), "\u062c\u0648\u0627\u0632 \u0633\u0641\u0631 \u0639\u0646\u062f\u064a");
  ASSERT_EQ(emit.messages.size(), 1u);
  EXPECT_EQ(emit.messages[0].sender, "ama@example.org");
  EXPECT_NE(emit.all("metadata").find("from: \u0623\u0645\u0627"), std::string::npos);
}

TEST(Tnef, EveryTruncationAndFlippedBytes) {
  for (const char* name : {"winmail.dat", "arabic.tnef"}) {
    const std::string whole = sample(name);
    std::size_t untold = 0;
    for (std::size_t size = 0; size < whole.size(); ++size) untold += extract(whole.substr(0, size)).issues.empty() ? 1 : 0;
    EXPECT_LE(untold, 20u) << "a cut between two attributes leaves a stream without a fault; the format has no end mark";
    std::mt19937 random(11);
    for (int round = 0; round < 2000; ++round) {
      std::string bytes = whole;
      bytes[random() % bytes.size()] = static_cast<char>(random() & 0xff);
      extract(bytes);
    }
  }
  EXPECT_EQ(extract("").issues.at(0).code, Code::corrupt);
}

TEST(Tnef, CountsThatLie) {
  std::string rows = "\xff\xff\xff\xff"s;
  for (int i = 0; i < 1000; ++i) rows += "\xff\xff\xff\xff"s;
  tnef::rows_of(rows);
  const std::string lie = "\xff\xff\xff\xff\x03\x10\x01\x00\xff\xff\xff\xff\x01\0\0\0"s;
  ByteReader reader(lie);
  const tnef::PropertyList list = tnef::properties_of(reader);
  EXPECT_FALSE(list.whole);
  EXPECT_EQ(list.properties.size(), 1u);
  EXPECT_TRUE(tnef::rows_of("").empty());
}

}  // namespace
}  // namespace evtriage
