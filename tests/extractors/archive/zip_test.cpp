// Zips made by python3's zipfile or field by field: members, times, links, comments, headers that disagree.
#include "tests/extractors/archive/archives.h"

namespace evtriage::archive_test {
namespace {

TEST(Zip, MembersInTheOrderOfTheDirectory) {
  const std::string zip = made("good.zip");
  const FakeEmit emit = extracted(zip);
  EXPECT_EQ(issues(emit), "");
  EXPECT_EQ(listing(emit),
            "a.txt||38|2024-02-29T13:14:16Z\nnumbers.txt||8893|2024-02-29T13:14:16Z\nempty||0|2024-02-29T13:14:16Z\n"
            "folder/|inode/directory|0|2024-02-29T13:14:16Z\nbig.bin||3000000|2024-02-29T13:14:16Z\nstored.bin||3000000|2024-02-29T13:14:16Z\n");
  EXPECT_EQ(content(emit, "a.txt"), note);
  EXPECT_EQ(content(emit, "numbers.txt"), numbers());
  EXPECT_EQ(content(emit, "big.bin"), content(emit, "stored.bin"));
  EXPECT_EQ(property(emit, "archive.members"), "6");
  for (const auto& [child, bytes] : emit.children) EXPECT_EQ(child.kind, ItemKind::member);
}

TEST(Zip, StoredMembersAreRangesOfTheZip) {
  const std::string zip = made("good.zip");
  const FakeEmit emit = extracted(zip);
  const Child& child = child_named(emit, "stored.bin");
  ASSERT_TRUE(child.extent);
  EXPECT_EQ(zip.substr(child.extent->begin, child.extent->size()), content(emit, "stored.bin"));
  EXPECT_FALSE(child_named(emit, "a.txt").extent);
}

TEST(Zip, CommentsAreText) {
  const std::string zip = made("good.zip");
  const FakeEmit emit = extracted(zip);
  EXPECT_EQ(emit.all("comment"), "call +22670000009member 1: seen at the harbour\n");
  EXPECT_EQ(emit.source_of("+22670000009", zip), "+22670000009");
  EXPECT_EQ(emit.source_of("harbour", zip), "seen at the harbour");
}

TEST(Zip, OtherMethods) {
  for (const char* name : {"bzip2.zip", "lzma.zip"}) EXPECT_EQ(content(extracted(made(name)), "numbers.txt"), numbers()) << name;
  for (const char* name : {"BZip2.zip", "LZMA.zip", "PPMd.zip"}) EXPECT_EQ(content(extracted(fixture(name)), "numbers.txt"), numbers()) << name;
}

TEST(Zip, AMethodThatNobodyReadsIsTold) {
  const FakeEmit emit = extracted(fixture("Deflate64.zip"));
  EXPECT_EQ(content(emit, "numbers.txt"), "(none)");
  ASSERT_EQ(emit.issues.size(), 1u);
  EXPECT_EQ(emit.issues[0].code, Code::unsupported);
  EXPECT_NE(emit.issues[0].detail.find("member 1 \"numbers.txt\""), std::string::npos);
}

TEST(Zip, LargeMembersGoThroughTheSpool) {
  const FakeEmit emit = extracted(made("large.zip"));
  EXPECT_EQ(issues(emit), "");
  EXPECT_EQ(content(emit, "zeros"), std::string(40u << 20, '\0'));
}

TEST(Zip, SizesAfterTheData) {
  const FakeEmit emit = extracted(made("streamed.zip"));
  EXPECT_EQ(issues(emit), "");
  EXPECT_EQ(content(emit, "a.txt"), note);
  EXPECT_EQ(content(emit, "numbers.txt"), numbers());
}

TEST(Zip, Zip64WithSeventyThousandMembers) {
  const FakeEmit emit = extracted(made("zip64_many.zip"));
  EXPECT_EQ(issues(emit), "");
  ASSERT_EQ(emit.children.size(), 70'000u);
  EXPECT_EQ(emit.children.back().first.step.name, "m69999");
}

TEST(Zip, ADosTimeIsLocalAndAnExtraFieldIsUtc) {
  const FakeEmit emit = extracted(made("times.zip"));
  const auto time = [&](std::string_view name) { return rfc3339(child_named(emit, name).modified_ns.value_or(0)); };
  EXPECT_EQ(time("dos"), "2024-02-29T13:14:16Z");
  EXPECT_EQ(time("unix"), "2024-02-29T14:14:16Z");
  EXPECT_EQ(rfc3339(child_named(emit, "unix").accessed_ns.value_or(0)), "2024-02-29T15:14:16Z");
  EXPECT_EQ(time("ntfs"), "2024-02-29T13:14:16.1234567Z");
  EXPECT_EQ(rfc3339(child_named(emit, "ntfs").accessed_ns.value_or(0)), "2024-02-29T13:14:17.1234567Z");
  EXPECT_EQ(rfc3339(child_named(emit, "ntfs").created_ns.value_or(0)), "2024-02-29T13:14:18.1234567Z");
  EXPECT_EQ(time("before1970"), "1969-12-31T00:00:00Z");
  EXPECT_FALSE(child_named(emit, "nonsense").modified_ns);
  EXPECT_EQ(property(emit, "archive.times"), "local times of an unknown zone, given as if they were UTC");
}

TEST(Zip, LinksAndFolders) {
  const FakeEmit emit = extracted(made("links.zip"));
  EXPECT_EQ(child_named(emit, "link").media_type, "inode/symlink");
  EXPECT_EQ(content(emit, "link"), "");
  EXPECT_EQ(property(emit, "archive.link"), "member 1 \"link\" -> \"/etc/passwd\"");
  EXPECT_EQ(child_named(emit, "dosdir").media_type, "inode/directory");
  EXPECT_EQ(content(emit, "hidden/"), "bytes in a folder");
}

TEST(Zip, UnsafeNamesAreKeptAndCounted) {
  const FakeEmit emit = extracted(made("unsafe.zip"));
  EXPECT_EQ(emit.children.size(), 8u);
  EXPECT_EQ(emit.children[3].first.step.name, std::string("a\0b", 3));
  EXPECT_EQ(property(emit, "archive.names.unsafe"), "6, the first is member 1 \"../up\"");
  EXPECT_EQ(issues(emit), "");
}

TEST(Zip, SameNamesAreBothKept) {
  const FakeEmit emit = extracted(made("same.zip"));
  ASSERT_EQ(emit.children.size(), 3u);
  EXPECT_EQ(emit.children[0].second, "first");
  EXPECT_EQ(emit.children[1].second, "second");
  EXPECT_EQ(emit.children[2].second, "third");
}

TEST(Zip, HeadersThatDisagreeAreTold) {
  const FakeEmit emit = extracted(made("mismatch.zip"));
  EXPECT_EQ(property(emit, "archive.header-mismatch"),
            "member 1 \"innocent.txt\": name \"evil.exe\" in its own header, \"innocent.txt\" in the directory");
  EXPECT_EQ(content(emit, "innocent.txt"), "MZ payload");
  EXPECT_EQ(content(emit, "size.txt"), "hello");
  EXPECT_EQ(issues(emit), "corrupt: member 2 \"size.txt\": it holds 5 bytes, 99999 are declared; 5 bytes of it were unpacked\n");
}

TEST(Zip, BehindOtherBytes) {
  const std::string zip = made("prefix.zip");
  const FakeEmit emit = extracted(zip);
  EXPECT_EQ(content(emit, "a.txt"), note);
  EXPECT_EQ(property(emit, "archive.prefix-bytes"), "100000");
  EXPECT_TRUE(has_zip_at_end(*resident(zip)));
  EXPECT_FALSE(has_zip_at_end(*resident(zip.substr(0, 100'000))));
}

}  // namespace
}  // namespace evtriage::archive_test
