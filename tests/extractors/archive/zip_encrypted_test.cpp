// Zips encrypted by 7-Zip: every password given is tried on every member.
#include "tests/extractors/archive/archives.h"

namespace evtriage::archive_test {
namespace {

TEST(EncryptedZip, WithoutAPasswordItIsTold) {
  for (const char* name : {"zipcrypto.zip", "aes256.zip"}) {
    const FakeEmit emit = extracted(fixture(name), "x", {"wrong", "", "also wrong"});
    ASSERT_EQ(emit.children.size(), 2u) << name;
    EXPECT_EQ(content(emit, "a.txt"), "(none)");
    EXPECT_TRUE(child_named(emit, "numbers.txt").encrypted);
    EXPECT_TRUE(emit.is_encrypted);
    EXPECT_EQ(issues(emit), "encrypted: 2 members are encrypted and no password given opens them; the first is member 1 \"a.txt\"\n");
  }
}

TEST(EncryptedZip, WithThePasswordItIsRead) {
  for (const char* name : {"zipcrypto.zip", "aes256.zip"}) {
    const FakeEmit emit = extracted(fixture(name), "x", {"wrong", "sesame"});
    EXPECT_EQ(issues(emit), "") << name;
    EXPECT_EQ(content(emit, "a.txt"), note) << name;
    EXPECT_EQ(content(emit, "numbers.txt"), numbers()) << name;
    EXPECT_TRUE(child_named(emit, "a.txt").encrypted);
    EXPECT_FALSE(emit.is_encrypted);
    EXPECT_EQ(property(emit, "archive.encrypted.opened"), "2");
  }
}

TEST(EncryptedZip, EachMemberMayHaveItsOwnPassword) {
  const FakeEmit both = extracted(fixture("two_passwords.zip"), "x", {"second", "first"});
  EXPECT_EQ(content(both, "a.txt"), note);
  EXPECT_EQ(content(both, "numbers.txt"), numbers());
  EXPECT_EQ(issues(both), "");
  const FakeEmit one = extracted(fixture("two_passwords.zip"), "x", {"second"});
  EXPECT_EQ(content(one, "a.txt"), "(none)");
  EXPECT_EQ(content(one, "numbers.txt"), numbers());
  EXPECT_FALSE(one.is_encrypted) << "one member was opened";
  EXPECT_EQ(one.issues.size(), 1u);
}

// One wrong password in 256 passes the check byte of the old cipher: the checksum must decide.
TEST(EncryptedZip, AWrongPasswordThatPassesTheCheckByteIsNotBelieved) {
  std::vector<std::string> passwords;
  for (int i = 0; i < 2000; ++i) passwords.push_back("wrong" + std::to_string(i));
  const FakeEmit none = extracted(fixture("zipcrypto.zip"), "x", passwords);
  EXPECT_EQ(content(none, "a.txt"), "(none)");
  passwords.push_back("sesame");
  const FakeEmit emit = extracted(fixture("zipcrypto.zip"), "x", passwords);
  EXPECT_EQ(content(emit, "a.txt"), note);
  EXPECT_EQ(content(emit, "numbers.txt"), numbers());
}

TEST(EncryptedZip, DamageUnderAesIsToldAsDamage) {
  std::string zip = fixture("aes256.zip");
  const std::size_t at = zip.find("numbers.txt") + 500;
  zip[at] = static_cast<char>(zip[at] ^ 1);
  const FakeEmit emit = extracted(zip, "x", {"sesame"});
  EXPECT_EQ(content(emit, "a.txt"), note);
  ASSERT_EQ(emit.issues.size(), 1u) << issues(emit);
  EXPECT_EQ(emit.issues[0].code, Code::corrupt);
}

// What python's zipfile wrote plainly, with the flag set afterwards in both headers.
TEST(EncryptedZip, AFalseFlagHidesNothing) {
  for (const char* name : {"false_flag_stored.zip", "false_flag_deflated.zip"}) {
    for (const std::vector<std::string>& passwords : {std::vector<std::string>{}, {"wrong", "sesame"}}) {
      const FakeEmit emit = extracted(made(name), "x", passwords);
      EXPECT_EQ(issues(emit), "") << name;
      EXPECT_EQ(content(emit, "a.txt"), note) << name;
      EXPECT_EQ(content(emit, "numbers.txt"), numbers()) << name;
      EXPECT_FALSE(child_named(emit, "a.txt").encrypted);
      EXPECT_FALSE(emit.is_encrypted);
      EXPECT_EQ(property(emit, "archive.encrypted.opened"), "(none)");
      EXPECT_EQ(property(emit, "archive.encrypted.false-flag").substr(0, 9), "2 members");
    }
    std::string broken = made(name);
    const std::size_t at = broken.find("a.txt") + 12;  // in the data: then nobody knows whether it is plain
    broken[at] = static_cast<char>(broken[at] ^ 4);
    EXPECT_TRUE(child_named(extracted(broken), "a.txt").encrypted) << name;
  }
}

TEST(EncryptedZip, EveryTruncation) {
  const std::string zip = fixture("aes256.zip");
  for (std::size_t length = 0; length < zip.size(); length += 7) (void)extracted(zip.substr(0, length), "x", {"sesame"});
}

}  // namespace
}  // namespace evtriage::archive_test
