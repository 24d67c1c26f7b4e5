// mbox: RFC 4155's separators, "From " lines in bodies, messages over window borders.
#include <gtest/gtest.h>

#include "extractors/builtin.h"
#include "tests/support/fake_emit.h"

namespace evtriage {
namespace {

FakeEmit extract(const std::string& bytes) {
  FakeEmit emit(bytes.size());
  make_mbox_extractor()->extract(Resident(Blob::own(bytes)), {"application/mbox", "", "a.mbox"}, emit);
  return emit;
}

const std::string kSeparator = "From ama@example.org Thu Jan 15 10:00:00 2026\n";

TEST(Mbox, TakesMessagesApart) {
  const std::string one = "Subject: one\n\nFrom here on no header follows\n\n", two = "Subject: two\n\nbye\n";
  const FakeEmit emit = extract(kSeparator + one + kSeparator + two);
  ASSERT_EQ(emit.children.size(), 2u);
  EXPECT_EQ(emit.children[0].second, one);
  EXPECT_EQ(emit.children[1].second, two);
  EXPECT_EQ(emit.children[1].first.extent->begin, 2 * kSeparator.size() + one.size());
  EXPECT_EQ(emit.children[0].first.media_type, "message/rfc822");
}

TEST(Mbox, EverySeparatorIsFoundWhereverTheWindowEnds) {
  std::string bytes;
  std::size_t count = 0;
  for (; bytes.size() < (2u << 20) + 5000; ++count) bytes += kSeparator + "Subject: x\n\n" + std::string(61 + count % 7, 'a') + "\n";
  EXPECT_EQ(extract(bytes).children.size(), count);
}

TEST(Mbox, NothingInNothing) {
  EXPECT_TRUE(extract("").children.empty());
  EXPECT_TRUE(extract("From ").children.empty());
  EXPECT_TRUE(extract("no mail at all\n").children.empty());
}

std::string property(const FakeEmit& emit, std::string_view name) {
  for (const auto& [key, value] : emit.properties) {
    if (key == name) return value;
  }
  return "";
}

TEST(Mbox, ContentLengthIsBelievedOnlyIfItLeadsToASeparator) {
  const std::string body = "text\nFrom here on:\nNote: no new message begins\n";
  const auto message = [&](std::size_t length) { return "Subject: one\nContent-Length: " + std::to_string(length) + "\n\n" + body; };
  const std::string two = "Subject: two\n\nbye\n";
  EXPECT_EQ(extract(kSeparator + message(body.size()) + "\n" + kSeparator + two).children.size(), 2u);
  EXPECT_EQ(extract(kSeparator + message(body.size())).children.size(), 1u) << "up to the end";
  EXPECT_EQ(extract(kSeparator + message(7) + kSeparator + two).children.size(), 3u) << "a length that leads nowhere";
  const std::string hidden = "Subject: a\nContent-Length: " + std::to_string(kSeparator.size() + two.size()) + "\n\n";
  EXPECT_EQ(extract(kSeparator + hidden + kSeparator + two + kSeparator + two).children.size(), 3u) << "no length hides a dated separator";
}

TEST(Mbox, DeletionMarks) {
  const FakeEmit emit = extract(kSeparator + "X-Mozilla-Status: 0009\nSubject: a\n\nx\n" + kSeparator + "X-Mozilla-Status: 0001\n\nx\n" + kSeparator + "X-Status: AD\n\nx\n");
  ASSERT_EQ(emit.children.size(), 3u);
  EXPECT_TRUE(emit.children[0].first.deleted);
  EXPECT_FALSE(emit.children[1].first.deleted);
  EXPECT_TRUE(emit.children[2].first.deleted);
}

TEST(Mbox, NothingBeforeTheFirstSeparatorIsLost) {
  const FakeEmit emit = extract("rest of a message\n" + kSeparator + "Subject: a\n\n>From me\nx\n");
  ASSERT_EQ(emit.children.size(), 2u);
  EXPECT_EQ(emit.children[0].second, "rest of a message\n");
  EXPECT_EQ(emit.children[0].first.media_type, "");
  EXPECT_EQ(property(emit, "messages"), "1");
  EXPECT_EQ(property(emit, "mbox:quoted-from-lines"), "1");
  EXPECT_EQ(extract("\n\n" + kSeparator + "A: b\n\n").children.size(), 1u);
}

TEST(Mbox, Mmdf) {
  const std::string mark = "\x01\x01\x01\x01\n";
  const FakeEmit emit = extract(mark + "Subject: one\n\nFrom x\nA: b\n" + mark + mark + "Subject: two\n\n" + mark);
  ASSERT_EQ(emit.children.size(), 2u);
  EXPECT_EQ(emit.children[0].second, "Subject: one\n\nFrom x\nA: b\n");
  EXPECT_EQ(emit.children[1].second, "Subject: two\n\n");
}

}  // namespace
}  // namespace evtriage
