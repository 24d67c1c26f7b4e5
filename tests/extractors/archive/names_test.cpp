// Names in many encodings: raw bytes in the step, the belief in a property, decoded once for the scanners.
#include "extractors/archive/names.h"

#include "extractors/archive/members.h"
#include "tests/extractors/archive/archives.h"

namespace evtriage::archive_test {
namespace {

TEST(Names, TheUnicodeFieldIsBelievedWhenItBelongsToTheName) {
  const FakeEmit emit = extracted(made("names_unicode_extra.zip"));
  EXPECT_EQ(emit.children[0].first.step.name, "\xE1\xE3\xAC\xAA\xA0");  // code page 866
  EXPECT_EQ(emit.all("metadata"), "member 1: сумка\n");
  const FakeEmit stale = extracted(made("names_stale_extra.zip"));
  EXPECT_EQ(stale.all("metadata").find("сумка"), std::string::npos);
}

TEST(Names, Utf8IsUtf8) {
  const FakeEmit emit = extracted(made("names_utf8.zip"));
  EXPECT_EQ(emit.children[0].first.step.name, "Fotos/größe.txt");
  EXPECT_EQ(property(emit, "archive.names.encoding"), "utf-8");
  EXPECT_EQ(emit.all("metadata"), "");
}

TEST(Names, ShiftJisIsFoundByItsStructure) {
  const FakeEmit emit = extracted(made("names_shift_jis.zip"));
  EXPECT_EQ(property(emit, "archive.names.encoding"), "shift_jis (believed from the bytes)");
  EXPECT_EQ(emit.all("metadata"), "member 1: 日本語のファイル名です旅券の写真.txt\nmember 2: 見積書と請求書の一覧表.doc\n");
}

TEST(Names, Windows1251ByUnix) {
  const FakeEmit emit = extracted(made("names_1251.zip"));
  EXPECT_EQ(property(emit, "archive.names.encoding"), "windows-1251 (believed from the bytes)");
  EXPECT_NE(emit.all("metadata").find("Список пассажиров на среду"), std::string::npos);
}

TEST(Names, ADosNameIsADosName) {
  const FakeEmit emit = extracted(made("names_dos.zip"));
  EXPECT_EQ(emit.children[0].first.step.name, "Gr\x94\xE1" "e.txt");
  EXPECT_EQ(property(emit, "archive.names.encoding"), "ibm437 or ibm850 (what DOS names have without a mark)");
}

TEST(Names, RawBytesInATar) {
  const FakeEmit emit = extracted(made("latin1.tar"));
  EXPECT_EQ(emit.children[8].first.step.name.substr(156), "\xFC.txt");
}

TEST(Names, Suffixes) {
  using archives::name_without_suffix;
  EXPECT_EQ(name_without_suffix("a/letter.txt.gz"), "letter.txt");
  EXPECT_EQ(name_without_suffix("all.TGZ"), "all.tar");
  EXPECT_EQ(name_without_suffix("x.Z"), "x");
  EXPECT_EQ(name_without_suffix(".gz"), ".gz");
  EXPECT_EQ(name_without_suffix("plain"), "plain");
}

TEST(Names, Unsafe) {
  using archives::is_unsafe_name;
  for (const std::string bad : {"/a", "\\a", "C:x", "..", "a/..", "../a", "a/../b", "a\\..\\b"}) EXPECT_TRUE(is_unsafe_name(bad)) << bad;
  EXPECT_TRUE(is_unsafe_name(std::string("a\0", 2)));
  for (const std::string good : {"", "a", "a..b", "...", "..a", "a../b", "1:b", "a/.b"}) EXPECT_FALSE(is_unsafe_name(good)) << good;
}

}  // namespace
}  // namespace evtriage::archive_test
