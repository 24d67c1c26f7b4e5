// Lines against the canonical writer of the core, statements against SQLite itself.
#include "pipeline/store/schema.h"

#include <gtest/gtest.h>

#include "pipeline/core/json.h"
#include "pipeline/store/store.h"

namespace evtriage {
namespace {

TEST(Schema, LineEqualsTheCanonicalWriter) {
  const Table* findings = find_table("findings");
  ASSERT_NE(findings, nullptr);
  std::vector<Cell> cells(findings->columns.size());
  cells[0] = Cell::number(std::int64_t{7});
  cells[8] = Cell::word("high");
  cells[9] = Cell::number(std::int64_t{2500});
  cells[10] = Cell::word(R"(["means: fraud"])");
  cells[14] = Cell::word("He said \"go\"\n");
  std::string line, wanted;
  LineWriter(*findings).write(cells, nullptr, line);
  JsonWriter json(wanted);
  json.begin_object().key("band").value("high").key("elements").begin_array().value("means: fraud").end_array();
  json.key("item").value(7).key("score").value(3).key("score_milli").value(2500);
  json.key("why").value("He said \"go\"\n").end_object();
  EXPECT_EQ(line, wanted);
}

TEST(Schema, PointsRoundHalfUpAlsoBelowNought) {
  const Table* findings = find_table("findings");
  const std::pair<std::int64_t, std::string> cases[] = {{499, "0"}, {500, "1"}, {1499, "1"}, {-500, "0"}, {-501, "-1"}};
  for (const auto& [milli, points] : cases) {
    std::vector<Cell> cells(findings->columns.size());
    cells[9] = Cell::number(milli);
    std::string line;
    LineWriter(*findings).write(cells, nullptr, line);
    EXPECT_EQ(line, "{\"score\":" + points + ",\"score_milli\":" + std::to_string(milli) + "}");
  }
}

TEST(Schema, EveryTableIsKnownToSqliteAndToTheDoor) {
  ASSERT_EQ(tables().size(), table_names().size());
  for (std::size_t i = 0; i < tables().size(); ++i) {
    EXPECT_EQ(tables()[i].name, table_names()[i]);
    auto database = Database::create(":memory:");
    ASSERT_TRUE(database && database->run(create_statement(tables()[i])));
    EXPECT_TRUE(database->prepare(insert_statement(tables()[i])));
    EXPECT_TRUE(database->prepare(select_statement(tables()[i])));
  }
  EXPECT_EQ(find_table("events"), nullptr);
}

}  // namespace
}  // namespace evtriage
