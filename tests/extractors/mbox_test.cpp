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

}  // namespace
}  // namespace evtriage
