// results.sqlite: same bytes for any order of frames, ids and joins as the contract says, nothing missing.
#include "tests/pipeline/store/small_case.h"

#include <algorithm>

#include "pipeline/core/json.h"

namespace evtriage {
namespace {

std::vector<std::vector<std::string>> rows(const std::string& file, const std::string& sql) {
  std::vector<std::vector<std::string>> out;
  auto reader = open_case(file);
  EXPECT_TRUE(reader);
  auto done = (*reader)->query(sql, {}, [&](const CaseReader::Row& row) {
    out.emplace_back();
    for (const auto& value : row) out.back().push_back(value.value_or("NULL"));
    return true;
  });
  EXPECT_TRUE(done) << (done ? "" : done.error().detail);
  return out;
}

using Rows = std::vector<std::vector<std::string>>;

TEST(Build, AnyOrderOfFramesGivesTheSameBytes) {
  const test::Folder folder;
  auto frames = test::small_frames();
  std::vector<std::size_t> order = {0, 1, 2, 3};
  std::string wanted;
  unsigned n = 0;
  do {
    std::vector<std::vector<UnitPart>> shuffled;
    for (const std::size_t i : order) shuffled.push_back(frames[i]);
    const std::string name = "r" + std::to_string(n++);
    auto built = test::build_small(folder, shuffled, name);
    ASSERT_TRUE(built) << built.error().detail;
    const std::string bytes = test::read_file(folder / name);
    if (wanted.empty()) wanted = bytes;
    EXPECT_TRUE(bytes == wanted) << n;
  } while (std::next_permutation(order.begin(), order.end()));
  // Every unit, and every part of the large file, in a frame of its own.
  std::vector<std::vector<UnitPart>> single;
  for (const auto& parts : frames) {
    for (const auto& part : parts) single.push_back({part});
  }
  ASSERT_TRUE(test::build_small(folder, single, "single"));
  EXPECT_TRUE(test::read_file(folder / "single") == wanted);
}

TEST(Build, IdsParentsAndDuplicates) {
  const test::Folder folder;
  auto built = test::build_small(folder, test::small_frames());
  ASSERT_TRUE(built) << built.error().detail;
  EXPECT_EQ(rows(folder / "results.sqlite", "SELECT id,parent,name,duplicate_of,outcome FROM items"),
            (Rows{{"1", "NULL", "box", "NULL", "done"},
                  {"2", "1", "a.eml", "NULL", "done"},
                  {"3", "2", "one.txt", "NULL", "done"},
                  {"4", "3", "two.txt", "3", "done"},
                  {"5", "1", "b.txt", "3", "done"},
                  {"6", "1", "large.log", "NULL", "done"},
                  {"7", "1", "z.bin", "NULL", "failed"}}));
  EXPECT_EQ(built->enumerated, 7u);
  EXPECT_EQ(built->done, 6u);
  EXPECT_EQ(built->failed, 1u);
  EXPECT_EQ(built->issues, 1u);
}

TEST(Build, ContactsMentionsAndLinks) {
  const test::Folder folder;
  ASSERT_TRUE(test::build_small(folder, test::small_frames()));
  const std::string file = folder / "results.sqlite";
  EXPECT_EQ(rows(file, "SELECT id,type,value,mentions,items,first_item,label FROM contacts"),
            (Rows{{"1", "email", "ana@example.org", "4", "2", "2", "NULL"},
                  {"2", "email", "bruno@example.org", "1", "1", "2", "Bruno"},
                  {"3", "phone", "+15550100", "1", "1", "2", "NULL"}}));
  EXPECT_EQ(rows(file, "SELECT item,n,contact,begin FROM mentions"),
            (Rows{{"2", "0", "1", "5"}, {"2", "1", "2", "40"}, {"2", "2", "3", "90"}, {"6", "0", "1", "1"},
                  {"6", "1", "1", "1001"}, {"6", "2", "1", "2001"}}));
  EXPECT_EQ(rows(file, "SELECT a,b,kind,items,weight,first_seen FROM links"),
            (Rows{{"1", "2", "message", "1", "1", "2023-11-14T22:13:20Z"}, {"1", "2", "same file", "1", "1", "NULL"},
                  {"1", "3", "same file", "1", "1", "NULL"}, {"2", "3", "same file", "1", "1", "NULL"}}));
}

TEST(Build, FolderDigestIsTheDigestOfItsLines) {
  const test::Folder folder;
  auto built = test::build_small(folder, test::small_frames());
  ASSERT_TRUE(built);
  const auto line = [](const std::string& bytes, const std::string& path) {
    return hex(sha256(bytes)) + "  " + std::to_string(bytes.size()) + "  " + path + "\n";
  };
  const std::string lines = line("mail bytes", "box/a.eml") + line("attached", "box/b.txt") +
                            line("large bytes", "box/large\\xff.log") + "-  1  box/z.bin\n";
  ASSERT_EQ(built->exhibit_digests.size(), 1u);
  EXPECT_EQ(built->exhibit_digests[0].second, hex(sha256(lines)));
}

TEST(Build, RootsAreTheTreesOverTheLines) {
  const test::Folder folder;
  auto built = test::build_small(folder, test::small_frames());
  ASSERT_TRUE(built);
  auto reader = open_case(folder / "results.sqlite");
  ASSERT_TRUE(reader);
  for (const TableRoot& table : built->tables) {
    MerkleTree tree;
    ASSERT_TRUE((*reader)->each_line(table.table, [&](std::string_view line) {
      std::string leaf(line);
      if (table.table == "texts") {  // the text itself is bound by text_sha256
        const auto from = leaf.find(",\"text\":\"");
        leaf.erase(from, leaf.find("\",\"text_bytes\"") + 1 - from);
      }
      tree.append(leaf);
      return true;
    }));
    EXPECT_EQ(tree.size(), table.rows) << table.table;
    EXPECT_EQ(hex(tree.root()), table.root) << table.table;
  }
}

TEST(Build, MissingUnitOrDoubleOutcomeIsAnError) {
  const test::Folder folder;
  auto frames = test::small_frames();
  frames.pop_back();
  EXPECT_FALSE(test::build_small(folder, frames, "missing"));
  frames = test::small_frames();
  frames[2][0].items[0].complete = true;
  EXPECT_FALSE(test::build_small(folder, frames, "twice"));
  frames = test::small_frames();
  frames[1][0].items[1].index = 5;
  EXPECT_FALSE(test::build_small(folder, frames, "gap"));
  ASSERT_TRUE(test::build_small(folder, test::small_frames(), "there"));
  EXPECT_FALSE(test::build_small(folder, test::small_frames(), "there"));
}

}  // namespace
}  // namespace evtriage
