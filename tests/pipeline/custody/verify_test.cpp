// A sealed case is intact, and every forgery of it is found and named.
#include <sqlite3.h>

#include "tests/pipeline/store/small_case.h"

#include "pipeline/custody/event_line.h"

namespace evtriage {
namespace {

class VerifyTest : public testing::Test {
 protected:
  void SetUp() override { test::seal_small(folder_); }

  std::string differences() {
    auto verdict = verify_case(folder_.path());
    EXPECT_TRUE(verdict);
    std::string all;
    for (const auto& line : verdict->differences) all += line + "\n";
    return all;
  }
  void expect_named(const std::string& name) {
    const std::string all = differences();
    EXPECT_NE(all.find(name), std::string::npos) << "found: " << all;
  }
  void run_sql(const std::string& sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open((folder_ / "results.sqlite").c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sql;
    sqlite3_close(database);
  }
  // A forger who knows the formats: new digest in the seal, new "sealed" and "report" events behind it.
  void reseal() {
    auto seal = read_seal(folder_.path());
    ASSERT_TRUE(seal);
    seal->results_file_sha256 = *sha256_of_file(folder_ / "results.sqlite");
    ASSERT_TRUE(write_seal(folder_.path(), *seal));
    const std::string old = test::read_file(folder_ / "custody.jsonl");
    test::write_file(folder_ / "custody.jsonl", old.substr(0, old.find('\n', old.find('\n') + 1) + 1));
    const FixedClock clock(0);
    auto log = open_custody_log(folder_ / "custody.jsonl", clock);
    ASSERT_TRUE(log);
    ASSERT_TRUE((*log)->append({"sealed", {{"file", "seal.json"}, {"sha256", *sha256_of_file(folder_ / "seal.json")}}}));
    ASSERT_TRUE((*log)->append({"report", {{"file", "reports/items.csv"},
                                           {"sha256", *sha256_of_file(folder_ / "reports/items.csv")}}}));
  }
  test::Folder folder_;
};

TEST_F(VerifyTest, IntactCaseHasNoDifference) { EXPECT_EQ(differences(), ""); }

TEST_F(VerifyTest, EveryFlippedByteOfSmallFilesIsFoundAndNamed) {
  for (const std::string name : {"seal.json", "custody.jsonl", "reports/items.csv"}) {
    const std::string bytes = test::read_file(folder_ / name);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
      std::string flipped = bytes;
      flipped[i] = static_cast<char>(flipped[i] ^ 1);
      test::write_file(folder_ / name, flipped);
      expect_named(name);
    }
    test::write_file(folder_ / name, bytes);
  }
  EXPECT_EQ(differences(), "");
}

TEST_F(VerifyTest, FlippedBytesOfTheResultsAreFound) {
  const std::string bytes = test::read_file(folder_ / "results.sqlite");
  for (std::size_t i = 0; i < bytes.size(); i += 997) {
    std::string flipped = bytes;
    flipped[i] = static_cast<char>(flipped[i] ^ 0x10);
    test::write_file(folder_ / "results.sqlite", flipped);
    expect_named("results.sqlite: SHA-256");
  }
}

TEST_F(VerifyTest, ChangedRowsAreNamedByTableThoughTheFileDigestIsForged) {
  const std::string bytes = test::read_file(folder_ / "results.sqlite");
  const std::pair<const char*, const char*> forgeries[] = {
      {"items", "UPDATE items SET name='x' WHERE id=2"},
      {"items", "UPDATE items SET deleted=1 WHERE id=2"},
      {"contacts", "UPDATE contacts SET value='eve@example.org' WHERE id=1"},
      {"mentions", "DELETE FROM mentions WHERE item=6 AND n=2"},
      {"hits", "UPDATE hits SET weight=9"},
      {"findings", "UPDATE findings SET score=9000"},
      {"issues", "INSERT INTO issues VALUES(1,0,'read','io_read','x',NULL,NULL,1)"},
      {"properties", "UPDATE properties SET n=1-n+2"},
      {"links", "UPDATE links SET weight=2"},
      {"texts", "UPDATE texts SET text=(SELECT text FROM texts WHERE id=2) WHERE id=1"},
      {"texts", "UPDATE texts SET text_sha256=replace(text_sha256,'a','b')"},
      {"messages", "UPDATE messages SET sent=NULL"},
      {"profile", "DELETE FROM profile"},
      {"items", "UPDATE items SET outcome='done'"}};
  for (const auto& [table, sql] : forgeries) {
    run_sql(sql);
    reseal();
    expect_named(std::string("results.sqlite: table ") + table + ":");
    test::write_file(folder_ / "results.sqlite", bytes);
  }
  run_sql("CREATE VIEW extra AS SELECT 1");
  reseal();
  expect_named("extra");
  test::write_file(folder_ / "results.sqlite", bytes);
  reseal();
  EXPECT_EQ(differences(), "");
}

TEST_F(VerifyTest, LinesSwappedCutRepeatedAdded) {
  const std::string text = test::read_file(folder_ / "custody.jsonl");
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    lines.push_back(text.substr(at, text.find('\n', at) + 1 - at));
  }
  ASSERT_EQ(lines.size(), 4u);
  for (const std::string& forged :
       {lines[1] + lines[0] + lines[2] + lines[3], lines[0] + lines[2] + lines[3], lines[0], lines[0] + lines[1],
        lines[0] + lines[1] + lines[1] + lines[2] + lines[3], text + lines[3], text + "{}\n", text + "\n",
        text.substr(0, text.size() - 1), std::string()}) {
    test::write_file(folder_ / "custody.jsonl", forged);
    expect_named("custody.jsonl");
  }
  // The event of a report taken away: the report is no longer accounted for.
  test::write_file(folder_ / "custody.jsonl", lines[0] + lines[1] + lines[2]);
  expect_named("reports/items.csv");
}

TEST_F(VerifyTest, FilesAddedRemovedRenamedLinked) {
  test::write_file(folder_ / "extra.txt", "x");
  expect_named("extra.txt");
  std::filesystem::remove(folder_ / "extra.txt");
  std::filesystem::create_directories(folder_ / "working");
  expect_named("working");
  std::filesystem::remove(folder_ / "working");
  std::filesystem::rename(folder_ / "reports/items.csv", folder_ / "reports/Items.csv");
  expect_named("reports/Items.csv");
  expect_named("reports/items.csv: is missing");
  std::filesystem::remove(folder_ / "reports/Items.csv");
  std::filesystem::create_symlink("../seal.json", folder_ / "reports/items.csv");
  expect_named("reports/items.csv: is no plain file");
  std::filesystem::remove(folder_ / "results.sqlite");
  expect_named("results.sqlite: is missing");
  std::filesystem::remove(folder_ / "seal.json");
  expect_named("seal.json");
}

}  // namespace
}  // namespace evtriage
