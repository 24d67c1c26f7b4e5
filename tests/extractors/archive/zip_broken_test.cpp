// Damaged zips: good members are read, bad ones are named, and no truncation or flipped byte harms.
#include <gtest/gtest-spi.h>

#include "tests/extractors/archive/archives.h"

namespace evtriage::archive_test {
namespace {

TEST(BrokenZip, AWrongChecksumNamesTheMemberAndGivesItsBytes) {
  const FakeEmit emit = extracted(made("crc.zip"));
  EXPECT_EQ(content(emit, "good.txt"), "fine");
  EXPECT_EQ(content(emit, "bad.txt"), std::string(100, 'x'));
  EXPECT_EQ(content(emit, "bad_deflate.txt"), numbers());
  EXPECT_EQ(content(emit, "last.txt"), "last");
  ASSERT_EQ(emit.issues.size(), 2u);
  EXPECT_EQ(emit.issues[0].detail, "member 2 \"bad.txt\": the checksum does not agree; 100 bytes of it were unpacked");
  EXPECT_EQ(emit.issues[0].where->size(), 100u);
  EXPECT_NE(emit.issues[1].detail.find("member 3 \"bad_deflate.txt\": ZIP bad CRC"), std::string::npos);
}

TEST(BrokenZip, DamagedDeflateGivesWhatCouldBeUnpacked) {
  const FakeEmit emit = extracted(made("broken_deflate.zip"));
  const std::string got = content(emit, "broken");
  EXPECT_GT(got.size(), 100'000u);
  EXPECT_LT(got.size(), 210'000u);
  EXPECT_EQ(content(emit, "after"), "ok");
  EXPECT_EQ(emit.issues.size(), 1u);
}

TEST(BrokenZip, ADeclaredSizeIsNotTrusted) {
  const FakeEmit emit = extracted(made("liar.zip"));
  EXPECT_EQ(content(emit, "liar").size(), 50u << 20);
  EXPECT_NE(issues(emit).find("wrong size"), std::string::npos);
}

TEST(BrokenZip, BytesBehindTheDeflateStreamAreTold) {
  const FakeEmit emit = extracted(made("trailing_in_member.zip"));
  EXPECT_EQ(content(emit, "two"), numbers());
  EXPECT_NE(issues(emit).find("wrong size"), std::string::npos);
}

TEST(BrokenZip, AMemberWithoutItsHeaderIsNotDropped) {
  const FakeEmit emit = extracted(made("lost_header.zip"));
  EXPECT_EQ(content(emit, "a"), "(none)");
  EXPECT_EQ(content(emit, "b"), "2");
  EXPECT_EQ(issues(emit), "corrupt: member 1 \"a\": its own header is not where the directory says\n");
}

TEST(BrokenZip, WithoutADirectoryTheMembersAreFoundByTheirHeaders) {
  for (const char* name : {"cut_directory.zip", "no_end.zip", "wrong_directory.zip"}) {
    const FakeEmit emit = extracted(made(name));
    EXPECT_EQ(content(emit, "a.txt"), note) << name;
    EXPECT_EQ(content(emit, "numbers.txt"), numbers()) << name;
    EXPECT_EQ(content(emit, "stored.bin").size(), 3'000'000u) << name;
    EXPECT_NE(issues(emit).find("6 members were found by their own headers"), std::string::npos) << name << issues(emit);
  }
  const FakeEmit streamed = extracted(made("streamed_cut.zip"));
  EXPECT_EQ(content(streamed, "a.txt"), note);
  EXPECT_EQ(content(streamed, "numbers.txt"), numbers());
}

// Deleted in place, a zip in front of a zip, 22 bytes of comment that look like the end of an empty zip.
TEST(BrokenZip, MembersThatNoDirectoryNamesAreReadAndTold) {
  struct Case {
    const char *zip, *listed, *unlisted;
  };
  for (const Case& test : {Case{"hidden_member.zip", "shown.txt", "hidden.txt"}, {"two_zips.zip", "second.txt", "first.txt"}, {"decoy_end.zip", nullptr, "behind.txt"}}) {
    const FakeEmit emit = extracted(made(test.zip));
    EXPECT_EQ(content(emit, test.unlisted), note) << test.zip;
    EXPECT_NE(issues(emit).find("leaves out 1 members"), std::string::npos) << test.zip << issues(emit);
    ASSERT_EQ(emit.children.size(), test.listed != nullptr ? 2u : 1u) << test.zip;
    EXPECT_TRUE(emit.children.back().first.deleted);
    EXPECT_EQ(emit.children.front().first.deleted, test.listed == nullptr);
  }
  for (const char* innocent : {"good.zip", "streamed.zip", "prefix.zip", "zip64_many.zip"}) {
    EXPECT_EQ(issues(extracted(made(innocent))).find("leaves out"), std::string::npos) << innocent;
  }
}

TEST(BrokenZip, CutData) {
  const FakeEmit emit = extracted(made("cut_data.zip"));
  EXPECT_EQ(content(emit, "a.txt"), note);
  const std::string part = content(emit, "numbers.txt");
  EXPECT_GT(part.size(), 1000u);
  EXPECT_EQ(part, numbers().substr(0, part.size()));
  EXPECT_NE(issues(emit).find("the zip ends inside it"), std::string::npos);
}

// Every truncation and flipped byte of small zips: ends, and the fake asserts the contract.
TEST(BrokenZip, EveryTruncationAndEveryFlippedByte) {
  for (const std::string& zip : {made("same.zip"), made("links.zip"), made("times.zip")}) {
    for (std::size_t length = 0; length < zip.size(); ++length) (void)extracted(zip.substr(0, length));
    for (std::size_t at = 0; at < zip.size(); ++at) {
      for (const int flip : {1, 0x80, 0xff}) {
        std::string bad = zip;
        bad[at] = static_cast<char>(bad[at] ^ flip);
        (void)extracted(bad, "x", {"secret"});
      }
    }
  }
}

class Unreadable final : public Content {  // one range cannot be read
 public:
  Unreadable(std::string bytes, ByteRange bad) : inner_(Blob::own(std::move(bytes))), bad_(bad) {}
  std::uint64_t size() const override { return inner_.size(); }
  Result<Blob> read(ByteRange range) const override {
    if (range.begin < bad_.end && bad_.begin < range.end) return Error{Code::io_read, "bad sector"};
    return inner_.read(range);
  }

 private:
  Resident inner_;
  ByteRange bad_;
};

TEST(BrokenZip, ABadSectorHurtsOnlyItsMember) {
  const std::string zip = made("good.zip");
  const std::size_t at = zip.find("stored.bin") + 1'500'000;
  const Unreadable content_with_hole(zip, {at, at + 512});
  FakeEmit emit(zip.size());
  // The fake reads each child whole, which fails for the member with the hole; so look at the issues only.
  EXPECT_NONFATAL_FAILURE(extract_archive(content_with_hole, {"", "", "x"}, {}, emit), "");
  EXPECT_EQ(content(emit, "numbers.txt"), numbers());
  EXPECT_NE(issues(emit).find("io_read: member 6 \"stored.bin\": bad sector"), std::string::npos) << issues(emit);
}

}  // namespace
}  // namespace evtriage::archive_test
