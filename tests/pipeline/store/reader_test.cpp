// Lines of every table with sorted keys, texts decompressed, walks that stop, queries that only read.
#include "tests/pipeline/store/small_case.h"

namespace evtriage {
namespace {

TEST(Reader, LinesAndQueries) {
  const test::Folder folder;
  ASSERT_TRUE(test::build_small(folder, test::small_frames()));
  const auto before = test::read_file(folder / "results.sqlite");
  auto reader = open_case(folder / "results.sqlite");
  ASSERT_TRUE(reader);
  std::vector<std::string> lines;
  const auto keep = [&](std::string_view line) {
    lines.emplace_back(line);
    return lines.size() < 2;
  };
  ASSERT_TRUE((*reader)->each_line("texts", keep));
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_NE(lines[0].find("\"text\":\"Bonjour, \xd9\x85"), std::string::npos);
  EXPECT_FALSE((*reader)->each_line("nothing", keep));
  lines.clear();
  ASSERT_TRUE((*reader)->each_line("exhibits", keep));
  EXPECT_NE(lines.at(0).find("{\"digests\":{\"tree_sha256\":\""), std::string::npos);
  EXPECT_NE(lines.at(0).find("\"items\":7,\"kind\":\"folder\",\"label\":\"EX1\""), std::string::npos);
  std::string text;
  ASSERT_TRUE((*reader)->query("SELECT text_of(text,text_bytes) FROM texts WHERE item=?", {"6"},
                               [&](const CaseReader::Row& row) {
                                 text += row[0].value_or("NULL") + ";";
                                 return true;
                               }));
  EXPECT_EQ(text, "page 0;page 1;page 2;");
  EXPECT_FALSE((*reader)->query("DELETE FROM items", {}, [](const CaseReader::Row&) { return true; }));
  EXPECT_EQ(test::read_file(folder / "results.sqlite"), before);
  EXPECT_FALSE(open_case(folder / "none"));
}

}  // namespace
}  // namespace evtriage
