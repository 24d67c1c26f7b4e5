// Streams that are only compressed: one child, its name, its time, what follows it, what is missing.
#include "tests/extractors/archive/archives.h"

namespace evtriage::archive_test {
namespace {

TEST(Streams, GzipKeepsNameAndTime) {
  const FakeEmit emit = extracted(made("named.gz"), "evidence.gz");
  EXPECT_EQ(issues(emit), "");
  EXPECT_EQ(listing(emit), "inside.txt||8893|2024-02-29T13:14:16Z\n");  // zipped without its folder by python3
  EXPECT_EQ(emit.children[0].second, numbers());
}

TEST(Streams, EveryFilterGivesOneChildNamedAfterTheFile) {
  for (const std::string suffix : {"lz4", "zst", "lz", "lzma", "Z"}) {
    const FakeEmit emit = extracted(fixture("numbers.txt." + suffix), "box/numbers.txt." + suffix);
    EXPECT_EQ(issues(emit), "") << suffix;
    EXPECT_EQ(content(emit, "numbers.txt"), numbers()) << suffix;
    EXPECT_EQ(emit.children.size(), 1u);
  }
  for (const std::string suffix : {"bz2", "xz"}) {
    const FakeEmit emit = extracted(made("numbers." + suffix), "numbers." + suffix);
    EXPECT_EQ(issues(emit), "") << suffix;
    EXPECT_EQ(content(emit, "numbers"), numbers()) << suffix;
  }
}

TEST(Streams, SeveralMembersAndGarbage) {
  const std::string bytes = made("two.gz");
  const FakeEmit emit = extracted(bytes, "two.gz");
  EXPECT_EQ(content(emit, "two"), "one\ntwo\n");
  ASSERT_EQ(emit.issues.size(), 1u);
  EXPECT_EQ(emit.issues[0].detail, "63 bytes after the compressed stream were not read");
  EXPECT_EQ(bytes.substr(emit.issues[0].where->begin, 7), "garbage");
  EXPECT_EQ(content(extracted(made("two.bz2"), "two.bz2"), "two"), "one\ntwo\n");
  EXPECT_EQ(issues(extracted(made("padded.gz"), "padded.gz")), "") << "zeros are padding";
}

TEST(Streams, GarbageBehindEveryFilter) {
  for (const std::string name : {"numbers.txt.lz4", "numbers.txt.zst", "numbers.txt.lz", "numbers.txt.lzma"}) {
    const FakeEmit emit = extracted(fixture(name) + "some garbage", name);
    EXPECT_EQ(emit.children.size(), 1u) << name;
    EXPECT_FALSE(emit.issues.empty()) << name;
  }
}

TEST(Streams, AChecksumThatFailsIsTold) {
  const FakeEmit emit = extracted(made("flipped.gz"), "flipped.gz");
  EXPECT_EQ(emit.children[0].second.size(), 5000u);
  EXPECT_EQ(issues(emit), "corrupt: the gzip stream is damaged: incorrect data check\n");
}

TEST(Streams, CutStreamsGiveWhatIsThere) {
  for (const std::string name : {"cut.gz", "cut.bz2", "cut.xz"}) {
    const FakeEmit emit = extracted(made(name), name);
    ASSERT_EQ(emit.children.size(), 1u) << name;
    EXPECT_GT(emit.children[0].second.size(), 500'000u) << name;
    ASSERT_EQ(emit.issues.size(), 1u) << name << issues(emit);
    EXPECT_EQ(emit.issues[0].code, Code::truncated) << issues(emit);
  }
}

TEST(Streams, OneLayerAtATime) {
  const FakeEmit emit = extracted(made("twice.gz"), "twice.gz");
  ASSERT_EQ(emit.children.size(), 1u);
  EXPECT_EQ(extracted(emit.children[0].second).children[0].second, numbers());
}

TEST(Streams, AnEmptyStreamIsAnEmptyChild) {
  const FakeEmit emit = extracted(made("empty.gz"), "empty.gz");
  EXPECT_EQ(listing(emit), "empty||0\n");
  EXPECT_EQ(issues(emit), "");
}

TEST(Streams, EveryTruncation) {
  const std::string gzip = made("named.gz"), bzip2 = made("numbers.bz2"), xz = made("numbers.xz");
  for (const std::string& whole : {gzip, bzip2, xz}) {
    for (std::size_t length = 0; length < whole.size(); length += 1 + whole.size() / 500) {
      const FakeEmit emit = extracted(whole.substr(0, length), "x.gz");
      EXPECT_FALSE(emit.issues.empty()) << length << " of " << whole.size();
    }
  }
}

}  // namespace
}  // namespace evtriage::archive_test
