// Columns as `pragma table_info` of sqlite3 tells them.
#include "extractors/phone/sqlite_schema.h"

#include <gtest/gtest.h>

#include "tests/extractors/phone/run_phone.h"

namespace evtriage::phone {
namespace {

std::string names(const Table& table) {
  std::string out;
  for (const Column& column : table.columns) out += column.name + "\n";
  return out;
}

TEST(SqliteSchema, NamesAgreeWithTheCommand) {
  for (const char* definition : {
           "a, b text, \"c d\" varchar(10,2) not null default 'x,)y', [e f] int check([e f] > (1+2)), `g` blob",
           "id integer primary key autoincrement, t text collate nocase /* a, b */, -- c, d\n u numeric default (1+(2))",
           "x text, y text, constraint k primary key(x, y), unique(y), foreign key(x) references z(q)",
           "check_me integer, \"primary\" text, 'quoted''name' text"}) {
    const TempFolder folder;
    const std::string sql = std::string("create table t(") + definition + ")";
    const std::string wanted = sqlite3(folder / "a.db", sql + ";\nselect name from pragma_table_info('t');\n");
    EXPECT_EQ(names(parse_create_table(sql)), wanted) << sql;
  }
}

TEST(SqliteSchema, TheRowidsOtherName) {
  EXPECT_EQ(parse_create_table("create table t(a text, id INTEGER PRIMARY KEY)").rowid, 1u);
  EXPECT_EQ(parse_create_table("create table t(a text, id INTEGER, primary key(id))").rowid, 1u);
  EXPECT_FALSE(parse_create_table("create table t(id int primary key)").rowid);
  EXPECT_FALSE(parse_create_table("create table t(id integer primary key desc)").rowid);
}

TEST(SqliteSchema, OddTextsEnd) {
  for (const char* sql : {"", "(", "create table", "create table t(", "create table t(\"", "create table t(a,,b)", "create virtual table f using fts4(x)", "create table t(a) without rowid"}) parse_create_table(sql);
  EXPECT_TRUE(parse_create_table("create virtual table f using fts4(x)").is_virtual);
}

}  // namespace
}  // namespace evtriage::phone
