// Rows that were deleted by the sqlite3 command line, against the list of what was deleted.
#include <gtest/gtest.h>

#include <set>

#include "tests/extractors/phone/run_phone.h"

namespace evtriage {
namespace {

const char* const notes =
    "pragma secure_delete=off;\n"
    "create table note(_id integer primary key, address text, date integer, type integer, body text);\n"
    "with recursive c(i) as (select 1 union all select i + 1 from c where i < 2000)\n"
    "insert into note select i, '+2217000' || (10000 + i), 1700000000000 + i * 61000, 1 + i % 2, 'message number ' || i || ' of the list' from c;\n";

std::set<int> numbers_in(const std::string& text) {
  std::set<int> found;
  for (const std::string& line : lines_of(text)) {
    if (line.starts_with("body: message number ")) found.insert(std::stoi(line.substr(21)));
  }
  return found;
}

TEST(LostRows, SingleRowsInsideOfPages) {
  const FakeEmit emit = run_database(std::string(notes) + "delete from note where _id % 50 = 7;\n");
  const std::set<int> found = numbers_in(emit.all("deleted")), live = numbers_in(emit.all("body"));
  EXPECT_EQ(live.size(), 1960u);
  std::size_t recovered = 0;
  for (int i = 7; i <= 2000; i += 50) recovered += found.contains(i) ? 1 : 0;
  EXPECT_EQ(recovered, 40u);
  for (const int i : found) EXPECT_EQ(i % 50, 7) << "a live row is told as deleted";
  EXPECT_NE(outline(emit, "deleted").find("deleted (likely)>"), std::string::npos) << outline(emit, "deleted").substr(0, 200);
  EXPECT_NE(emit.all("deleted").find("date: 2023-11-14T"), std::string::npos);
}

TEST(LostRows, WholePagesOnTheFreelist) {
  const FakeEmit emit = run_database(std::string(notes) + "delete from note where _id between 500 and 1500;\n");
  const std::set<int> found = numbers_in(emit.all("deleted")), live = numbers_in(emit.all("body"));
  EXPECT_EQ(live.size(), 999u);
  for (const int i : found) EXPECT_FALSE(live.contains(i)) << i;
  EXPECT_GE(found.size(), 900u);  // of 1001
}

TEST(LostRows, ADroppedTable) {
  const FakeEmit emit = run_database(std::string(notes) + "create table other(a text);\ninsert into other values('stays');\ndrop table note;\n");
  EXPECT_GE(numbers_in(emit.all("deleted")).size() + lines_of(emit.all("deleted")).size() / 5, 1500u);
  EXPECT_NE(outline(emit, "deleted").find("message number 77 of the list"), std::string::npos);
  EXPECT_EQ(outline(emit), "<table other, row 1> a: stays\n\n");
}

TEST(LostRows, TablesWhoseFirstColumnIsNoRowid) {
  const FakeEmit emit = run_database(
      "pragma secure_delete=off;\ncreate table t(who text, what text, n integer);\n"
      "with recursive c(i) as (select 1 union all select i + 1 from c where i < 100) insert into t select 'person ' || i, 'said thing number ' || i, i * 1000 from c;\n"
      "delete from t where n in (5000, 50000, 95000);\n");
  for (const char* wanted : {"who: person 5\nwhat: said thing number 5\nn: 5000\n", "who: person 50\nwhat: said thing number 50\nn: 50000\n", "who: person 95\nwhat: said thing number 95\nn: 95000\n"}) {
    EXPECT_NE(emit.all("deleted").find(wanted), std::string::npos) << outline(emit, "deleted");
  }
}

TEST(LostRows, ACleanDatabaseHasNone) {
  EXPECT_TRUE(run_database(notes).all("deleted").empty());
  EXPECT_TRUE(run_database(std::string(notes) + "delete from note where _id % 3 = 0;\nvacuum;\n").all("deleted").empty());
  EXPECT_TRUE(run_database("pragma secure_delete=on;\n" + std::string(notes).substr(std::string(notes).find('\n') + 1) + "delete from note where _id % 50 = 7;\n").all("deleted").empty());
}

}  // namespace
}  // namespace evtriage
