// Backups made by make_backups.py with python and the openssl command.
#include <gtest/gtest.h>

#include "tests/extractors/phone/run_phone.h"

namespace evtriage {
namespace {

std::string sample(const std::string& name) { return read_file(EVTRIAGE_SOURCE_DIR "/tests/extractors/phone/data/" + name); }
FakeEmit backup(const std::string& bytes, std::vector<std::string> passwords = {}) {
  FakeEmit emit(bytes.size());
  extract_android_backup(Resident(Blob::own(bytes)), {"", "", "a.ab"}, {std::move(passwords)}, emit);
  return emit;
}

TEST(AndroidBackup, PlainDeflatedAndEncryptedHoldTheSameArchive) {
  const FakeEmit plain = backup(sample("plain.ab"));
  ASSERT_EQ(plain.children.size(), 1u);
  EXPECT_TRUE(plain.children[0].first.extent.has_value());
  const std::string& archive = plain.children[0].second;
  EXPECT_EQ(archive.substr(257, 5), "ustar");
  EXPECT_NE(archive.find("call +221 77 123 45 67 about the boat"), std::string::npos);
  EXPECT_EQ(backup(sample("deflated.ab")).children.at(0).second, archive);
  const FakeEmit opened = backup(sample("encrypted.ab"), {"wrong", "sesame"});
  EXPECT_EQ(opened.children.at(0).second, archive);
  EXPECT_TRUE(opened.children[0].first.encrypted);
  EXPECT_TRUE(opened.issues.empty());
}

TEST(AndroidBackup, WithoutAPasswordItSaysSo) {
  const FakeEmit emit = backup(sample("encrypted.ab"), {"wrong"});
  EXPECT_TRUE(emit.is_encrypted);
  ASSERT_EQ(emit.issues.size(), 1u);
  EXPECT_EQ(emit.issues[0].code, Code::encrypted);
  ASSERT_EQ(emit.children.size(), 1u);
  EXPECT_EQ(emit.children[0].second, "(none)");
}

TEST(AndroidBackup, EveryTruncationEnds) {
  for (const char* name : {"deflated.ab", "encrypted.ab"}) {
    const std::string bytes = sample(name);
    for (std::size_t size = 0; size < bytes.size(); size += size < 40 ? 1 : 17) EXPECT_FALSE(backup(bytes.substr(0, size), {"sesame"}).issues.empty()) << name << size;
  }
}

}  // namespace
}  // namespace evtriage
