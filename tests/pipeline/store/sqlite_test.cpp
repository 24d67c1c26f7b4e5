// Values in and out, odd paths, errors as values.
#include "pipeline/store/sqlite.h"

#include "tests/pipeline/store/small_case.h"

namespace evtriage {
namespace {

TEST(Sqlite, CellsComeBackAsTheyWere) {
  const test::Folder folder;
  const std::string path = folder / "odd ?#%41.sqlite";
  auto database = Database::create(path);
  ASSERT_TRUE(database);
  ASSERT_TRUE(database->run("CREATE TABLE t(a,b,c,d)"));
  {
    auto insert = database->prepare("INSERT INTO t VALUES(?,?,?,?)");
    ASSERT_TRUE(insert);
    insert->bind(1, Cell::number(std::int64_t{-5}));
    insert->bind(2, Cell::word("text"));
    insert->bind(3, Cell::bytes(std::string_view("\0x", 2)));
    insert->bind(4, Cell::word(""));
    ASSERT_TRUE(insert->step());
  }
  ASSERT_TRUE(database->close());
  EXPECT_TRUE(std::filesystem::exists(path));
  auto sealed = Database::open_sealed(path);
  ASSERT_TRUE(sealed);
  auto select = sealed->prepare("SELECT * FROM t");
  ASSERT_TRUE(select && *select->step());
  EXPECT_EQ(select->column(0).integer, -5);
  EXPECT_EQ(select->column(1).chars, "text");
  EXPECT_EQ(select->column(2).chars, std::string_view("\0x", 2));
  EXPECT_EQ(select->column(3).kind, Cell::Kind::null);
  EXPECT_FALSE(sealed->run("INSERT INTO t VALUES(1,2,3,4)"));
}

TEST(Sqlite, NoDatabaseIsAnError) {
  const test::Folder folder;
  test::write_file(folder / "x", std::string(5000, 'x'));
  auto database = Database::open_sealed(folder / "x");
  EXPECT_FALSE(database && database->run("SELECT * FROM sqlite_master"));
  EXPECT_FALSE(Database::open_sealed(folder / "missing"));
}

}  // namespace
}  // namespace evtriage
