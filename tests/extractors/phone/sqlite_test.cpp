// Databases of the sqlite3 command line, read by pages; what the same command says is the measure.
#include <gtest/gtest.h>

#include <set>

#include "tests/extractors/phone/run_phone.h"

namespace evtriage {
namespace {

using ::testing::Test;

const char* const many_rows =
    "create table t(id integer primary key, body text, n integer, x real);\n"
    "with recursive c(i) as (select 1 union all select i + 1 from c where i < 5000)\n"
    "insert into t select i, printf('line %d ', i) || substr(hex(zeroblob(300)), 1, i % 600), i * 7 - 20000, i / 8.0 from c;\n";

void expect_all_rows(const std::string& script, const std::string& query, const std::string& label) {
  const TempFolder folder;
  sqlite3(folder / "a.db", script);
  const std::vector<std::string> wanted = lines_of(sqlite3(folder / "a.db", query));
  ASSERT_FALSE(wanted.empty());
  const std::string bytes = read_file(folder / "a.db");
  const FakeEmit emit = run_phone(extract_sqlite, bytes);
  std::multiset<std::string> lines;
  for (const std::string& line : lines_of(emit.all("body"))) lines.insert(line);
  std::size_t missing = 0;
  for (const std::string& value : wanted) {
    const auto found = lines.find(label + ": " + value);
    if (found == lines.end()) {
      if (++missing < 4) ADD_FAILURE() << label << ": " << value;
    } else {
      lines.erase(found);
    }
  }
  EXPECT_EQ(missing, 0u);
  EXPECT_TRUE(emit.issues.empty()) << emit.issues[0].detail;
}

TEST(Sqlite, EveryRowOfEveryPageSize) {
  for (const char* size : {"512", "1024", "4096", "65536"}) {
    expect_all_rows("pragma page_size=" + std::string(size) + ";\n" + many_rows, "select body from t;", "body");
    expect_all_rows("pragma page_size=" + std::string(size) + ";\n" + many_rows, "select n from t;", "n");
  }
}

TEST(Sqlite, Utf16) {
  for (const char* encoding : {"UTF-16le", "UTF-16be"}) {
    const std::string script = "pragma encoding='" + std::string(encoding) + "';\ncreate table m(a text, b text);\ninsert into m values('D\xC3\xA9part \xD8\xBA\xD8\xAF\xD8\xA7', 'x \xF0\x9F\x98\x80 y');\n";
    expect_all_rows(script, "select a from m;", "a");
    expect_all_rows(script, "select b from m;", "b");
  }
}

TEST(Sqlite, OverflowPagesAreJoined) {
  const std::string script = "create table t(a text);\ninsert into t values('begin ' || hex(zeroblob(20000)) || ' end'), ('short');\n";
  expect_all_rows(script, "select a from t;", "a");
}

TEST(Sqlite, WithoutRowidKeysStandFirst) {
  const std::string script = std::string("create table w(v text, \"k 1\" text, k2 integer, primary key(k2, \"k 1\")) without rowid;\n") +
                             "with recursive c(i) as (select 1 union all select i + 1 from c where i < 2000) insert into w select 'value ' || i, 'key' || i, i from c;\n";
  expect_all_rows(script, "select v from w;", "v");
  expect_all_rows(script, "select \"k 1\" from w;", "k 1");
}

TEST(Sqlite, TextLeadsToItsBytes) {
  const std::string bytes = database_of("create table t(a text);\ninsert into t values('meet at the old market');\n");
  const FakeEmit emit = run_phone(extract_sqlite, bytes);
  EXPECT_EQ(emit.source_of("old market", bytes), "old market");
  EXPECT_EQ(emit.texts[0].place, "table t, row 1");
}

TEST(Sqlite, ColumnsThatWereAddedLater) {
  const FakeEmit emit = run_database("create table t(a text);\ninsert into t values('old');\nalter table t add column b text default 'x';\ninsert into t values('new','second');\n");
  EXPECT_EQ(outline(emit), "<table t, rows 1-2> a: old\n\na: new\nb: second\n\n");
}

TEST(Sqlite, FilesInCellsAreChildren) {
  const std::string jpeg = "FFD8FFE000104A46494600010100000100010000FFDB004300FFD9";
  const FakeEmit emit = run_database("create table media(name text, thumb blob);\ninsert into media values('p', x'" + jpeg + "');\n");
  ASSERT_EQ(emit.children.size(), 1u);
  EXPECT_EQ(emit.children[0].first.step.name, "media 1 thumb");
  EXPECT_EQ(emit.children[0].first.media_type, "image/jpeg");
  EXPECT_TRUE(emit.children[0].first.extent.has_value());
  EXPECT_EQ(emit.children[0].second.size(), jpeg.size() / 2);
}

TEST(Sqlite, TextInProtocolBuffersIsSeen) {
  const FakeEmit emit = run_database("create table p(data blob);\ninsert into p values(cast(x'0a1f' || 'the boat leaves on friday night' || x'10011a0d' || '+221700000001' as blob));\n");
  EXPECT_EQ(outline(emit), "<table p, row 1> data: the boat leaves on friday night\n+221700000001\n\n");
}

TEST(Sqlite, TimesAreWrittenAsTimes) {
  const FakeEmit emit = run_database("create table v(url text, last_visit_time integer, date integer, n integer);\ninsert into v values('http://a.example/', 13350000000000000, 1700000000123, 1700000000);\n");
  EXPECT_EQ(outline(emit), "<table v, row 1> url: http://a.example/\nlast_visit_time: 2024-01-17T21:20:00Z\ndate: 2023-11-14T22:13:20.123Z\nn: 1700000000\n\n");
}

TEST(Sqlite, ADamagedPageCostsItsRowsOnly) {
  const TempFolder folder;
  sqlite3(folder / "a.db", many_rows);
  std::string bytes = read_file(folder / "a.db");
  const std::size_t at = 4096 * 20;
  bytes.replace(at, 4096, std::string(4096, '\x5a'));
  const FakeEmit emit = run_phone(extract_sqlite, bytes);
  ASSERT_FALSE(emit.issues.empty());
  EXPECT_GT(lines_of(emit.all("body")).size(), 4900u * 3);
}

TEST(Sqlite, ADamagedInnerPageLosesNoLeaf) {
  const TempFolder folder;
  sqlite3(folder / "a.db", many_rows);
  std::string bytes = read_file(folder / "a.db");
  const std::size_t root = 4096;  // the first table stands on page 2
  ASSERT_EQ(bytes[root], 5);
  bytes.replace(root, 4096, std::string(4096, '\0'));
  const FakeEmit emit = run_phone(extract_sqlite, bytes);
  EXPECT_FALSE(emit.issues.empty());
  std::set<std::string> found;
  for (const std::string& line : lines_of(emit.all("deleted"))) found.insert(line.substr(0, line.find(' ', 11)));
  for (int i = 1; i <= 5000; ++i) {
    if (!found.contains("body: line " + std::to_string(i))) {
      ADD_FAILURE() << i;
      break;
    }
  }
}

TEST(Sqlite, EveryTruncationEnds) {
  const std::string bytes = database_of("pragma page_size=512;\ncreate table t(a text, b blob);\ninsert into t values('one', x'00'), ('two ' || hex(zeroblob(700)), null);\ncreate table u(id integer primary key, c text) without rowid;\ninsert into u values(1, 'x');\n");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const FakeEmit emit = run_phone(extract_sqlite, bytes.substr(0, size));
    if (size % 512 != 0 || size == 0) {
      EXPECT_FALSE(emit.issues.empty()) << size;
    }
  }
}

TEST(Sqlite, FlippedBytesEnd) {
  const std::string bytes = database_of("pragma page_size=512;\ncreate table t(id integer primary key, a text, b blob);\ninsert into t values(1,'one', x'00'), (2,'two ' || hex(zeroblob(700)), null), (3,'three',null), (4,'four','');\ndelete from t where id in (1,3);\n");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const char c : {'\0', '\xff', '\x81'}) {
      std::string changed = bytes;
      changed[i] = c;
      run_phone(extract_sqlite, changed);
    }
  }
}

}  // namespace
}  // namespace evtriage
