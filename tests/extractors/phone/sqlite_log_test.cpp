// Logs that the sqlite3 command line left behind, un-checkpointed; what it says of the database is the measure.
#include <gtest/gtest.h>

#include "tests/extractors/phone/run_phone.h"

namespace evtriage {
namespace {

struct Pair {
  std::string database, log;
};

// Runs the script, and copies database and log away before the connection closes.
Pair with_log(const std::string& script, const std::string& suffix, const std::string& before_copy = "") {
  const TempFolder folder;
  const std::string db = folder / "a.db";
  sqlite3(db, script + before_copy + ".shell cp '" + db + "' '" + db + ".kept'\n.shell cp '" + db + suffix + "' '" + db + ".log'\n");
  return {read_file(db + ".kept"), read_file(db + ".log")};
}
FakeEmit run_beside(PhoneFunction function, const std::string& bytes, const std::string& name, const std::string& other_name, const std::string& other) {
  FakeEmit emit(bytes.size());
  if (!other.empty()) emit.folder[other_name] = other;
  function(Resident(Blob::own(bytes)), {"", "", name}, {}, emit);
  return emit;
}

const char* const wal =
    "pragma journal_mode=wal;\npragma wal_autocheckpoint=0;\n"
    "create table sms(_id integer primary key, note text);\n"
    "insert into sms values(1,'first stays'),(2,'second is edited later'),(3,'third is deleted later');\n"
    "pragma wal_checkpoint(truncate);\n"
    "insert into sms values(4,'fourth only in the log');\n"
    "insert into sms values(5,'fifth came and went');\n"
    "update sms set note='second was edited' where _id=2;\n"
    "delete from sms where _id=3;\n"
    "delete from sms where _id=5;\n";

TEST(SqliteLog, CommittedRowsAreLiveAndOlderOnesAreMarked) {
  const Pair files = with_log(wal, "-wal");
  ASSERT_FALSE(files.log.empty());
  const FakeEmit log = run_beside(extract_sqlite_wal, files.log, "data/a.db-wal", "a.db", files.database);
  EXPECT_EQ(outline(log), "<table sms, rows 2-4> note: second was edited\n\nnote: fourth only in the log\n\n");
  EXPECT_NE(log.all("deleted").find("note: fifth came and went\n"), std::string::npos) << outline(log, "deleted");
  EXPECT_EQ(log.all("deleted").find("first stays"), std::string::npos);
  EXPECT_EQ(log.source_of("fourth only in the log", files.log), "fourth only in the log");
  EXPECT_TRUE(log.issues.empty()) << log.issues[0].detail;

  const FakeEmit database = run_beside(extract_sqlite, files.database, "data/a.db", "a.db-wal", files.log);
  EXPECT_EQ(outline(database), "<table sms, row 1> note: first stays\n\n");
  EXPECT_EQ(outline(database, "deleted"), "<table sms, rows 2-3, earlier state (before the write-ahead log)> note: second is edited later\n\nnote: third is deleted later\n\n");
}

TEST(SqliteLog, AllRowsOnceWhatEverPagesWereSplit) {
  const std::string script =
      "pragma page_size=512;\npragma journal_mode=wal;\npragma wal_autocheckpoint=0;\ncreate table t(id integer primary key, a text);\n"
      "with recursive c(i) as (select 1 union all select i + 1 from c where i < 300) insert into t select i * 10, 'row number ' || i from c;\n"
      "pragma wal_checkpoint(truncate);\n"
      "with recursive c(i) as (select 1 union all select i + 1 from c where i < 300) insert into t select i * 10 + 5, 'later row ' || i from c;\n";
  const Pair files = with_log(script, "-wal");
  const FakeEmit log = run_beside(extract_sqlite_wal, files.log, "a.db-wal", "a.db", files.database);
  const FakeEmit database = run_beside(extract_sqlite, files.database, "a.db", "a.db-wal", files.log);
  std::multiset<std::string> lines;
  for (const FakeEmit* emit : {&log, &database}) {
    for (const std::string& line : lines_of(emit->all("body"))) lines.insert(line);
  }
  lines.erase("");
  EXPECT_EQ(lines.size(), 600u);
  for (int i = 1; i <= 300; ++i) {
    EXPECT_EQ(lines.count("a: row number " + std::to_string(i)), 1u) << i;
    EXPECT_EQ(lines.count("a: later row " + std::to_string(i)), 1u) << i;
  }
  EXPECT_EQ(database.all("deleted"), "");
}

TEST(SqliteLog, ALogWithoutItsDatabaseIsReadAsFarAsItGoes) {
  const Pair files = with_log("pragma journal_mode=wal;\npragma wal_autocheckpoint=0;\ncreate table t(a text);\ninsert into t values('alone in the log');\n", "-wal");
  const FakeEmit log = run_beside(extract_sqlite_wal, files.log, "a.db-wal", "", "");
  EXPECT_NE(outline(log).find("a: alone in the log"), std::string::npos) << outline(log) << outline(log, "deleted");
  ASSERT_EQ(log.issues.size(), 1u);
}

TEST(SqliteLog, ACorruptFrameEndsWhatWasCommitted) {
  Pair files = with_log(wal, "-wal");
  files.log[files.log.size() - 100] ^= 1;
  const FakeEmit log = run_beside(extract_sqlite_wal, files.log, "a.db-wal", "a.db", files.database);
  EXPECT_NE(outline(log).find("fifth"), std::string::npos) << outline(log);  // the last deletion does not count
}

TEST(SqliteLog, AJournalHoldsOlderRows) {
  const std::string script =
      "pragma journal_mode=persist;\ncreate table t(a text, b text);\ninsert into t values('kept', 'one'), ('to be removed', 'two'), ('more','three');\n"
      "begin;\nupdate t set a='changed' where b='two';\n";
  const Pair files = with_log(script, "-journal", "commit;\n");
  ASSERT_FALSE(files.log.empty());
  const FakeEmit log = run_beside(extract_sqlite_journal, files.log, "a.db-journal", "a.db", files.database);
  EXPECT_EQ(outline(log, "deleted"), "<table t, row 2, earlier state (rollback journal)> a: to be removed\nb: two\n\n");
  EXPECT_EQ(outline(log), "");
}

TEST(SqliteLog, EveryTruncationEnds) {
  const Pair files = with_log("pragma page_size=512;\n" + std::string(wal), "-wal");
  for (std::size_t size = 0; size < files.log.size(); size += 3) run_beside(extract_sqlite_wal, files.log.substr(0, size), "a.db-wal", "a.db", files.database);
  for (std::size_t i = 0; i < files.log.size(); i += 2) {
    std::string changed = files.log;
    changed[i] = '\xff';
    run_beside(extract_sqlite_wal, changed, "a.db-wal", "a.db", files.database);
    run_beside(extract_sqlite, files.database, "a.db", "a.db-wal", changed);
  }
}

}  // namespace
}  // namespace evtriage
