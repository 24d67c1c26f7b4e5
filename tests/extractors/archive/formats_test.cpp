// Every other format: fixtures by 7-Zip, gcab, genisoimage, RAR, LHA (data/README.md) and tars by python3's tarfile.
#include "tests/extractors/archive/archives.h"

namespace evtriage::archive_test {
namespace {

TEST(Tar, AllDialects) {
  for (const std::string dialect : {"ustar.tar", "gnu.tar", "pax.tar"}) {
    const FakeEmit emit = extracted(made(dialect));
    EXPECT_EQ(issues(emit), "") << dialect;
    const std::string time = "|2024-02-29T13:14:16Z\n";
    const std::string plain = "a.txt||38" + time + "numbers.txt||8893" + time + "folder/|inode/directory|0" + time + "link|inode/symlink|0" + time +
                              "link/through.txt||7" + time + "hard|inode/x-hardlink|0" + time + "device|inode/x-device|0" + time +
                              "pipe|inode/fifo|0" + time;
    const std::string long_name = "long/" + std::string(150, 'n') + "/ü.txt||4" + time;
    EXPECT_EQ(listing(emit), plain + (dialect == "ustar.tar" ? "" : long_name) + "a.txt||5" + time) << dialect;
    EXPECT_EQ(emit.children[0].second, note);
    EXPECT_EQ(emit.children.back().second, "again");
    EXPECT_EQ(content(emit, "link/through.txt"), "through");
    std::string links;
    for (const auto& [key, value] : emit.properties) links += key == "archive.link" ? value + "\n" : "";
    EXPECT_EQ(links, "member 4 \"link\" -> \"/tmp\"\nmember 6 \"hard\" -> \"/etc/passwd\"\n");
  }
}

TEST(Tar, BehindEveryFilter) {
  for (const char* name : {"ustar.tar.gz", "ustar.tar.bz2", "ustar.tar.xz"}) {
    EXPECT_EQ(listing(extracted(made(name))), listing(extracted(made("ustar.tar")))) << name;
  }
  for (const std::string suffix : {"lz4", "zst", "lz", "xz", "lzma", "Z", "bz2"}) {
    const FakeEmit emit = extracted(fixture("plain.tar." + suffix), "plain.tar." + suffix);
    EXPECT_EQ(issues(emit), "") << suffix;
    EXPECT_EQ(content(emit, "a.txt"), note) << suffix;
    EXPECT_EQ(content(emit, "numbers.txt"), numbers()) << suffix;
  }
}

TEST(Tar, CutInsideAMember) {
  const FakeEmit emit = extracted(made("cut.tar"));
  EXPECT_EQ(content(emit, "a.txt"), note);
  const std::string part = content(emit, "numbers.txt");
  EXPECT_EQ(part, numbers().substr(0, part.size()));
  EXPECT_GT(part.size(), 3000u);
  ASSERT_FALSE(emit.issues.empty());
  EXPECT_EQ(emit.issues[0].code, Code::truncated);
}

TEST(Tar, AGzipChecksumIsChecked) {
  const FakeEmit emit = extracted(made("bad_crc.tar.gz"));
  EXPECT_EQ(emit.children.size(), 9u);
  EXPECT_EQ(issues(emit), "corrupt: the gzip stream is damaged: incorrect data check\n");
}

TEST(SevenZip, ReadAndLocked) {
  const FakeEmit emit = extracted(fixture("plain.7z"));
  EXPECT_EQ(issues(emit), "");
  EXPECT_EQ(content(emit, "a.txt"), note);
  EXPECT_EQ(content(emit, "numbers.txt"), numbers());
  EXPECT_EQ(content(emit, "d/ü.txt"), "inside\n");
  EXPECT_EQ(rfc3339(child_named(emit, "d/ü.txt").modified_ns.value_or(0)), "2024-02-29T13:14:16Z");
  EXPECT_EQ(content(extracted(fixture("ppmd.7z")), "numbers.txt"), numbers());
  const FakeEmit locked = extracted(fixture("locked.7z"), "x", {"sesame"});
  EXPECT_TRUE(locked.is_encrypted);
  EXPECT_TRUE(child_named(locked, "a.txt").encrypted);
  const FakeEmit list = extracted(fixture("locked_list.7z"), "x", {"sesame"});
  EXPECT_TRUE(list.is_encrypted);
  ASSERT_EQ(list.issues.size(), 1u);
  EXPECT_EQ(list.issues[0].code, Code::encrypted);
  EXPECT_NE(issues(list).find("the list of members is encrypted, and no password is tried"), std::string::npos) << issues(list);
  EXPECT_NE(issues(locked).find("are encrypted and no password is tried"), std::string::npos) << issues(locked);
}

TEST(SevenZip, EncryptedMembersBehindPlainOnesAreAllListed) {
  const FakeEmit emit = extracted(fixture("partly_locked.7z"), "x", {"sesame"});
  EXPECT_EQ(content(emit, "a.txt"), note);
  for (const char* name : {"b.txt", "c.txt", "d.txt"}) {
    EXPECT_TRUE(child_named(emit, name).encrypted) << name;
    EXPECT_EQ(content(emit, name), "(none)");
  }
  EXPECT_EQ(emit.children.size(), 4u);
  EXPECT_FALSE(emit.is_encrypted) << "one member is plain";
  EXPECT_EQ(emit.issues.size(), 1u) << issues(emit);
}

TEST(Rar4, StoredMembersLinksAndTimes) {
  const FakeEmit emit = extracted(fixture("rar4.rar"));  // names, sizes and times as lsar prints them
  EXPECT_EQ(issues(emit), "");
  EXPECT_EQ(listing(emit),
            "test.txt||20|2011-06-26T14:53:46Z\ntestlink|inode/symlink|0|2011-06-24T09:38:34Z\ntestdir/test.txt||20|2011-06-26T14:59:07Z\n"
            "testdir|inode/directory|0|2011-06-26T14:59:07Z\ntestemptydir|inode/directory|0|2011-06-21T21:28:59Z\n");
  EXPECT_EQ(content(emit, "test.txt"), "test text document\r\n");
  EXPECT_EQ(property(emit, "archive.link"), "member 2 \"testlink\" -> \"test.txt\"");
  EXPECT_NE(property(emit, "archive.times"), "(none)");
}

TEST(Rar4, UnicodeNamesAndPacked) {
  const FakeEmit emit = extracted(fixture("rar4_unicode.rar"));
  EXPECT_EQ(issues(emit), "");
  ASSERT_EQ(emit.children.size(), 6u);
  EXPECT_EQ(emit.children[1].first.step.name, "表だよ/漢字長いファイル名long-filename-in-漢字.txt");
  EXPECT_EQ(emit.children[5].first.step.name, "abcdefghijklmnopqrsテスト.txt");
  EXPECT_EQ(emit.children[5].second.size(), 16u);
}

TEST(Rar4, PartlyOrWhollyLocked) {
  const FakeEmit part = extracted(fixture("rar4_partly_locked.rar"), "x", {"secret"});
  EXPECT_TRUE(child_named(part, "foo.txt").encrypted);
  EXPECT_EQ(content(part, "foo.txt"), "(none)");
  EXPECT_EQ(content(part, "bar.txt").size(), 16u);
  EXPECT_FALSE(part.is_encrypted);
  const FakeEmit list = extracted(fixture("rar4_locked_list.rar"));
  EXPECT_TRUE(list.is_encrypted);
  EXPECT_EQ(list.children.size(), 0u);
}

TEST(Rar5, StoredPackedAndLinks) {
  const FakeEmit stored = extracted(fixture("rar5_stored.rar"));
  EXPECT_EQ(issues(stored), "");
  EXPECT_EQ(listing(stored).substr(0, 22), "helloworld.txt||29|201");
  const FakeEmit packed = extracted(fixture("rar5_compressed.rar"));
  EXPECT_EQ(issues(packed), "");
  EXPECT_EQ(content(packed, "test.bin").size(), 1200u);
  const FakeEmit links = extracted(fixture("rar5_symlink.rar"));
  EXPECT_EQ(child_named(links, "symlink.txt").media_type, "inode/symlink");
  EXPECT_EQ(property(links, "archive.link"), "member 2 \"symlink.txt\" -> \"file.txt\"");
}

// Bytes of an encrypted member are noise that libarchive 3.6 gives out as if they were plain.
TEST(Rar5, PartlyOrWhollyLocked) {
  const FakeEmit part = extracted(fixture("rar5_partly_locked.rar"), "x", {"secret"});
  EXPECT_TRUE(child_named(part, "secret.txt").encrypted);
  EXPECT_EQ(content(part, "secret.txt"), "(none)");
  EXPECT_EQ(content(part, "open.txt"), "plain words\n");
  EXPECT_NE(issues(part).find("no password is tried"), std::string::npos) << issues(part);
  EXPECT_FALSE(part.is_encrypted);
  const FakeEmit list = extracted(fixture("rar5_locked_list.rar"));
  EXPECT_TRUE(list.is_encrypted);
  ASSERT_EQ(list.issues.size(), 1u) << issues(list);
  EXPECT_EQ(list.issues[0].code, Code::encrypted);
}

TEST(Rar5, AMemberThatGoesOnInTheNextPartIsTold) {
  const FakeEmit emit = extracted(fixture("rar5_first_part.rar"));
  EXPECT_EQ(emit.children.size(), 1u);
  EXPECT_NE(issues(emit).find("truncated: member 1 \"cut.txt\": it goes on in the next part"), std::string::npos) << issues(emit);
}

TEST(Rar, AWrongChecksumNamesTheMember) {
  for (const std::string name : {"rar4.rar", "rar5_stored.rar"}) {
    std::string rar = fixture(name);
    const std::string word = name == "rar4.rar" ? "test text" : "hello libarchive";
    rar[rar.find(word)] = 'X';
    const FakeEmit emit = extracted(rar);
    ASSERT_FALSE(emit.issues.empty()) << name;
    EXPECT_NE(emit.issues[0].detail.find("member 1"), std::string::npos) << issues(emit);
    EXPECT_EQ(emit.children[0].second.substr(0, 1), "X") << name;
    if (name == "rar4.rar") {
      EXPECT_EQ(emit.children.size(), 5u) << "the members behind are read";
      EXPECT_EQ(content(emit, "testdir/test.txt"), "test text document\r\n");
    }
  }
}

TEST(Cab, StoredAndPacked) {
  for (const char* name : {"plain.cab", "mszip.cab"}) {
    const FakeEmit emit = extracted(fixture(name));
    EXPECT_EQ(issues(emit), "") << name;
    EXPECT_EQ(content(emit, "a.txt"), note);
    EXPECT_EQ(content(emit, "numbers.txt"), numbers());
    EXPECT_EQ(rfc3339(child_named(emit, "a.txt").modified_ns.value_or(0)), "2024-02-29T13:14:16Z");
    EXPECT_NE(property(emit, "archive.times"), "(none)");
  }
}

TEST(Iso9660, RockRidgeAndJoliet) {
  for (const char* name : {"rockridge_joliet.iso.gz", "joliet.iso.gz"}) {
    const FakeEmit outer = extracted(fixture(name), name);
    ASSERT_EQ(outer.children.size(), 1u);
    const FakeEmit emit = extracted(outer.children[0].second);
    EXPECT_EQ(issues(emit), "") << name;
    EXPECT_EQ(content(emit, "ü.txt"), "inside\n") << listing(emit);
    EXPECT_EQ(rfc3339(child_named(emit, "ü.txt").modified_ns.value_or(0)), "2024-02-29T13:14:16Z");
  }
}

TEST(Others, CpioArXarWarc) {
  for (const std::string name : {"plain.newc", "plain.odc", "plain.ar", "plain.xar", "plain.warc"}) {
    const FakeEmit emit = extracted(fixture(name));
    EXPECT_EQ(issues(emit), "") << name;
    EXPECT_EQ(listing(emit), "a.txt||38|2024-02-29T13:14:16Z\nnumbers.txt||8893|2024-02-29T13:14:16Z\n") << name;
    EXPECT_EQ(content(emit, "numbers.txt"), numbers()) << name;
  }
}

TEST(Lha, AllHeaderLevels) {
  for (const std::string name : {"lha_header0.lzh", "lha_header1.lzh", "lha_header2.lzh"}) {
    const FakeEmit emit = extracted(fixture(name));  // sizes and days as lhasa prints them
    EXPECT_EQ(issues(emit), "") << name;
    EXPECT_EQ(listing(emit),
              "dir/|inode/directory|0|1970-01-02T00:00:01Z\ndir2/|inode/directory|0|1970-01-02T00:00:01Z\n"
              "dir2/symlink1|inode/symlink|0|1970-01-03T00:00:02Z\ndir2/symlink2|inode/symlink|0|1970-01-03T00:00:02Z\n"
              "file1||60|1970-01-02T00:00:01Z\nfile2||78|1970-01-02T00:00:01Z\n") << name;
  }
  EXPECT_EQ(extracted(fixture("lha_filename_utf16.lzh")).children[2].first.step.name, "ÜÖÄüöä/テスト.txt");
}

// Every truncation of the small ones, every 5th byte flipped: ends, and the fake asserts the contract.
TEST(Others, TruncationsAndFlippedBytes) {
  for (const std::string name : {"rar4.rar", "rar5_stored.rar", "rar5_symlink.rar", "rar5_partly_locked.rar", "rar5_locked_list.rar", "partly_locked.7z", "lha_header1.lzh", "locked.7z", "plain.7z", "numbers.txt.lz", "plain.tar.xz"}) {
    const std::string whole = fixture(name);
    for (std::size_t length = 0; length < whole.size(); length += 1 + whole.size() / 400) (void)extracted(whole.substr(0, length), name);
    for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 200) {
      std::string bad = whole;
      bad[at] = static_cast<char>(bad[at] ^ 0x55);
      (void)extracted(bad, name);
    }
  }
}

}  // namespace
}  // namespace evtriage::archive_test
