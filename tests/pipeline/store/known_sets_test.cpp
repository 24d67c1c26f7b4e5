// One known digest in each form that is passed around, and errors that name file, line and mend.
#include "tests/pipeline/store/small_case.h"

#include "pipeline/store/sqlite.h"

namespace evtriage {
namespace {

// Digests of the empty input, as RFC 1321 and FIPS 180-4 give them.
const std::string md5 = "d41d8cd98f00b204e9800998ecf8427e";
const std::string sha1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
const std::string sha256_hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

Digests empty_input() {
  Digests digests;
  digests.sha256 = sha256("");
  digests.sha1 = {std::byte{0xda}, std::byte{0x39}, std::byte{0xa3}, std::byte{0xee}, std::byte{0x5e},
                  std::byte{0x6b}, std::byte{0x4b}, std::byte{0x0d}, std::byte{0x32}, std::byte{0x55},
                  std::byte{0xbf}, std::byte{0xef}, std::byte{0x95}, std::byte{0x60}, std::byte{0x18},
                  std::byte{0x90}, std::byte{0xaf}, std::byte{0xd8}, std::byte{0x07}, std::byte{0x09}};
  return digests;
}

TEST(KnownSets, EveryTextForm) {
  const test::Folder folder;
  const std::pair<std::string, std::string> forms[] = {
      {"hashdeep", "%%%% HASHDEEP-1.0\n%%%% size,md5,sha256,filename\n## note\n0," + md5 + "," + sha256_hex + ",/a,b\n"},
      {"sums", sha256_hex + "  name\n"},
      {"sums", "\\" + sha1 + " *na\\nme\r\n"},
      {"sums", "SHA256 (a file) = " + sha256_hex + "\n"},
      {"csv", "\xEF\xBB\xBF\"SHA-1\",\"name\"\n\"" + sha1 + "\",\"a,b\"\n"},
      {"csv", "name;SHA256\nx;" + sha256_hex + "\n"},
      {"project-vic", "{\"value\":[{\"MediaID\":1,\"MD5\":\"" + md5 + "\", \"SHA1\" : \"" + sha1 + "\"}]}"}};
  for (const auto& [kind, text] : forms) {
    test::write_file(folder / "list", text);
    auto sets = load_known_sets({folder / "list"}, {});
    ASSERT_TRUE(sets) << kind << ": " << sets.error().detail;
    EXPECT_EQ((*sets)->sets()[0].kind, kind);
    EXPECT_EQ((*sets)->sets()[0].sha256, hex(sha256(text)));
    EXPECT_EQ((*sets)->lookup(empty_input()), Known::good) << text;
    EXPECT_EQ((*sets)->lookup({}), Known::unknown);
  }
}

TEST(KnownSets, ADeviceOrAFolderIsRefused) {
  for (const char* path : {"/dev/zero", "/dev"}) {
    const auto sets = load_known_sets({path}, {});
    ASSERT_FALSE(sets) << path;
    EXPECT_NE(sets.error().detail.find("is no file"), std::string::npos);
  }
}

TEST(KnownSets, NsrlAndAlertWins) {
  const test::Folder folder;
  auto database = Database::create(folder / "rds.db");
  ASSERT_TRUE(database);
  ASSERT_TRUE(database->run("CREATE TABLE FILE(sha256 TEXT,sha1 TEXT,md5 TEXT,file_name TEXT);"
                            "INSERT INTO FILE VALUES('" + sha256_hex + "','" + sha1 + "','" + md5 + "','x')"));
  ASSERT_TRUE(database->close());
  auto sets = load_known_sets({folder / "rds.db"}, {});
  ASSERT_TRUE(sets) << sets.error().detail;
  EXPECT_EQ((*sets)->sets()[0].kind, "nsrl-rdsv3");
  EXPECT_EQ((*sets)->lookup(empty_input()), Known::good);
  test::write_file(folder / "alert", sha1 + "  x\n");
  sets = load_known_sets({folder / "rds.db"}, {folder / "alert"});
  ASSERT_TRUE(sets);
  EXPECT_EQ((*sets)->lookup(empty_input()), Known::alert);
}

TEST(KnownSets, ErrorsNameFileAndLine) {
  const test::Folder folder;
  test::write_file(folder / "list", sha1 + "  a\nnothing here\n");
  auto sets = load_known_sets({}, {folder / "list"});
  ASSERT_FALSE(sets);
  EXPECT_NE(sets.error().detail.find("list line 2"), std::string::npos);
  test::write_file(folder / "empty", "");
  EXPECT_FALSE(load_known_sets({folder / "empty"}, {}));
  EXPECT_FALSE(load_known_sets({folder / "missing"}, {}));
  test::write_file(folder / "json", "{\"a\":1}");
  EXPECT_FALSE(load_known_sets({folder / "json"}, {}));
}

}  // namespace
}  // namespace evtriage
