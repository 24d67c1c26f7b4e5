// One entry in, its records out: digests, outcomes, faults, children, budgets, pages.
#include "pipeline/engine/examine.h"

#include <gtest/gtest.h>

#include "tests/pipeline/engine/fakes.h"

namespace evtriage {
namespace {

using testing::Test;

class Parts final : public PartSink {
 public:
  bool take(UnitPart part) override {
    parts.push_back(std::move(part));
    return true;
  }
  std::vector<UnitPart> parts;
};

struct AllGood final : KnownHashes {
  Known lookup(const Digests& digests) const override { return digests.sha256 ? Known::good : Known::unknown; }
};

struct ExamineTest : Test {
  ExamineTest() : source(1000) {
    world.profile.limits.resident_bytes = 1000;
    world.profile.limits.page_bytes = 300;
    world.profile.limits.margin_bytes = 40;
  }
  // The parts of the last entry added.
  std::vector<UnitPart> run() {
    const Context context = context_of(world.input(source, recorder));
    auto worker = Worker::make(context);
    EXPECT_TRUE(worker);
    InlinePages pages(**worker);
    Parts sink;
    const auto entries = source.entries(source.entry_count() - 1, 1);
    examine((*entries)[0], context, **worker, pages, sink);
    return std::move(sink.parts);
  }
  ItemRecord only() {
    auto parts = run();
    EXPECT_EQ(parts.size(), 1u);
    EXPECT_EQ(parts.at(0).items.size(), 1u);
    return parts.at(0).items.at(0);
  }
  test::World world;
  test::MemorySource source;
  test::MemoryRecorder recorder;
};

TEST_F(ExamineTest, AnArchiveThatNothingReadsIsTold) {
  source.add("backup.arj", std::string("\x60\xea\x28\0\x1e\6\1\0\x10\0\2", 11) + std::string(300, '\0'));
  const ItemRecord item = only();
  EXPECT_EQ(item.media_type, "application/x-arj");
  ASSERT_EQ(item.issues.size(), 1u);
  EXPECT_EQ(item.issues[0].code, Code::unsupported);
}

TEST_F(ExamineTest, PartsOfSplitFilesAndImagesOfWindowsAreTold) {
  const std::string noise = "\xfe\x01\x80\x02" + std::string(200, '\x90');
  for (const char* name : {"x.zip.002", "x.z01", "x.Z17", "x.r00"}) {
    source.add(name, noise);
    const ItemRecord item = only();
    EXPECT_EQ(item.outcome, Outcome::partial) << name;
    ASSERT_EQ(item.issues.size(), 1u) << name;
    EXPECT_EQ(item.issues[0].code, Code::unsupported);
  }
  source.add("scan.002", noise);  // a number alone says nothing
  EXPECT_EQ(only().outcome, Outcome::done);
  source.add("install.wim", std::string("MSWIM\0\0\0\xd0\0\0\0\0\x0d\1\0", 16) + std::string(192, '\0'));
  const ItemRecord image = only();
  EXPECT_EQ(image.media_type, "application/x-ms-wim");
  EXPECT_EQ(image.outcome, Outcome::partial);
  EXPECT_EQ(image.issues.at(0).code, Code::unsupported);
}

TEST_F(ExamineTest, AnArchiveBehindAProgramIsItsChild) {
  world.profile.limits.resident_bytes = 100'000;
  const std::string front = "\x7f" "ELF\1\1\1" + std::string(9, '\0') + "\2" + std::string(2000, '\0');
  const std::string cab = std::string("MSCF\0\0\0\0\x40\0\0\0\0\0\0\0\x2c\0\0\0\0\0\0\0\3\1\1\0\1\0", 30) + std::string(34, '\0');
  source.add("setup", front + cab + "behind");
  const auto items = run().at(0).items;
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].media_type, "application/x-executable");
  EXPECT_EQ(items[1].kind, ItemKind::embedded);
  EXPECT_EQ(items[1].size, cab.size());
  EXPECT_EQ(items[1].media_type, "application/vnd.ms-cab-compressed");
  EXPECT_EQ(items[1].address, "exhibit:EX1/file:1\"setup\"/member:1\"attached.cab\"");
}

TEST_F(ExamineTest, SmallFile) {
  source.add("dir/ab\xff.txt", std::string("abc"));
  const ItemRecord item = only();
  EXPECT_EQ(item.name, "ab\\xFF.txt");
  EXPECT_EQ(item.path, "dir/ab\\xFF.txt");
  EXPECT_EQ(item.address, "exhibit:EX1/file:1\"dir/ab\\xFF.txt\"");
  EXPECT_EQ(hex_text(*item.digests.md5), "900150983cd24fb0d6963f7d28e17f72");  // RFC 1321
  EXPECT_EQ(item.media_type, "text/plain");
  EXPECT_EQ(item.outcome, Outcome::done);
  EXPECT_EQ(item.text_bytes, 3u);
  ASSERT_EQ(item.texts.size(), 1u);
  EXPECT_TRUE(item.texts[0].is_whole_item);
}

TEST_F(ExamineTest, EntriesWithoutContent) {
  source.add_other("link", ItemKind::symlink, "../target");
  ItemRecord item = only();
  EXPECT_EQ(item.outcome, Outcome::done);
  ASSERT_EQ(item.properties.size(), 1u);
  EXPECT_EQ(item.properties[0].value, "../target");
  source.add_other("pipe", ItemKind::special, "fifo");
  EXPECT_EQ(only().outcome, Outcome::skipped);
  source.add_other("dir", ItemKind::directory, "").issues.push_back({Code::io_read, "list", "permission denied", {}, true});
  item = only();
  EXPECT_EQ(item.outcome, Outcome::failed);
  EXPECT_EQ(item.issues.size(), 1u);
}

TEST_F(ExamineTest, AFileThatCannotBeOpenedFailsAndSaysWhy) {
  source.add("f", std::string("x"));
  source.unreadable(0);
  const ItemRecord item = only();
  EXPECT_EQ(item.outcome, Outcome::failed);
  ASSERT_EQ(item.issues.size(), 1u);
  EXPECT_EQ(item.issues[0].stage, "open");
}

TEST_F(ExamineTest, ABadSectorGivesNoDigestButTheRest) {
  world.profile.limits.resident_bytes = 1 << 20;
  world.profile.limits.page_bytes = 1 << 20;
  const std::string bytes(300'000, 'a');
  source.add("f", std::make_shared<test::FaultContent>(bytes + "@", std::vector<ByteRange>{{5000, 5001}}));
  const ItemRecord item = only();
  EXPECT_EQ(item.outcome, Outcome::partial);
  EXPECT_FALSE(item.digests.sha256);
  ASSERT_EQ(item.issues.size(), 1u);
  EXPECT_EQ(item.issues[0].where, (ByteRange{4096, 8192}));
  EXPECT_EQ(item.mentions.size(), 1u);  // what lies behind the bad sector is still searched
  for (const TextRecord& text : item.texts) EXPECT_FALSE(text.is_whole_item);
}

TEST_F(ExamineTest, NothingReadableIsFailed) {
  source.add("small", std::make_shared<test::FaultContent>(std::string(500, 'a'), std::vector<ByteRange>{{0, 500}}));
  EXPECT_EQ(only().outcome, Outcome::failed);
  source.add("large", std::make_shared<test::FaultContent>(std::string(5000, 'a'), std::vector<ByteRange>{{0, 5000}}));
  EXPECT_EQ(run().back().items.back().outcome, Outcome::failed);
}

TEST_F(ExamineTest, ChildrenDepthFirstWithParentsAndAddresses) {
  source.add("a.box", std::string("box:one|box:|two@"));
  const auto parts = run();
  ASSERT_EQ(parts.size(), 1u);
  const auto& items = parts[0].items;
  ASSERT_EQ(items.size(), 4u);
  for (std::uint32_t i = 0; i < 4; ++i) EXPECT_EQ(items[i].index, i);
  EXPECT_EQ(items[1].path, "a.box/#1");
  EXPECT_EQ(items[1].address, "exhibit:EX1/file:1\"a.box\"/member:1");
  EXPECT_EQ(items[2].path, "a.box/n.box");
  EXPECT_EQ(items[3].parent, 0u);
  EXPECT_EQ(items[3].mentions.size(), 1u);
  EXPECT_TRUE(items[3].digests.sha256);
}

TEST_F(ExamineTest, BudgetsAreIssuesWithTheirNames) {
  world.profile.limits.depth = 3;
  source.add("a.nest", std::string("nest:9"));
  auto items = run().at(0).items;
  ASSERT_EQ(items.size(), 4u);
  EXPECT_EQ(items[3].outcome, Outcome::partial);
  EXPECT_NE(items[3].issues.at(0).detail.find("depth=3: 1"), std::string::npos);
  EXPECT_EQ(items[0].outcome, Outcome::done);
  world.profile.limits.children = 2;
  source.add("b.box", std::string("box:a|b|c|d"));
  items = run().at(0).items;
  ASSERT_EQ(items.size(), 3u);
  EXPECT_NE(items[0].issues.at(0).detail.find("children=2"), std::string::npos);
  source.add("c.box", std::string("box:a|b"));
  EXPECT_TRUE(run().at(0).items[0].issues.empty());  // exactly as many as allowed: nothing is missing
  world.profile.limits.children = 100;
  world.profile.limits.expanded_bytes = 5;
  source.add("d.box", std::string("box:aaa|bbb|c"));
  items = run().at(0).items;
  EXPECT_EQ(items.size(), 2u);
  EXPECT_NE(items[0].issues.at(0).detail.find("expanded_bytes=5"), std::string::npos);
}

TEST_F(ExamineTest, AThrowingExtractorCostsItsItemAnIssueAndRawTextStillRuns) {
  source.add("a.box", std::string("throw @"));
  const ItemRecord item = only();
  EXPECT_EQ(item.outcome, Outcome::partial);
  ASSERT_EQ(item.issues.size(), 1u);
  EXPECT_EQ(item.issues[0].code, Code::internal);
  EXPECT_EQ(item.issues[0].detail, "planned");
  EXPECT_EQ(item.mentions.size(), 1u);
  EXPECT_TRUE(item.digests.sha256);
}

TEST_F(ExamineTest, KnownGoodIsRecordedAndNotSearched) {
  static const AllGood good;
  world.registry.known = &good;
  for (const std::size_t size : {10u, 5000u}) {
    source.add("f" + std::to_string(size), std::string(size, '@'));
    const ItemRecord item = only();
    EXPECT_EQ(item.known, Known::good);
    EXPECT_EQ(item.outcome, Outcome::done);
    EXPECT_TRUE(item.mentions.empty());
    EXPECT_TRUE(item.digests.sha256);
  }
}

TEST_F(ExamineTest, ALargeFileInPagesFindsWhatAWholeScanFinds) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += i % 7 == 0 ? "line with x@y and bad\n" : "just a line of words\n";
  source.add("large.txt", text);
  const auto paged = run();
  world.profile.limits.resident_bytes = world.profile.limits.page_bytes = 1 << 20;
  const ItemRecord whole = only();
  ItemRecord merged;
  std::string kept;
  for (const UnitPart& part : paged) {
    for (const ItemRecord& item : part.items) {
      merged.mentions.insert(merged.mentions.end(), item.mentions.begin(), item.mentions.end());
      merged.hits.insert(merged.hits.end(), item.hits.begin(), item.hits.end());
      for (const TextRecord& row : item.texts) kept += row.text.chars();
    }
  }
  EXPECT_EQ(kept, text);
  ASSERT_EQ(merged.mentions.size(), whole.mentions.size());
  ASSERT_EQ(merged.hits.size(), 58u);
  for (std::size_t i = 0; i < merged.hits.size(); ++i) EXPECT_EQ(merged.hits[i].bytes, whole.hits[i].bytes);
  const ItemRecord& last = paged.back().items.back();
  EXPECT_EQ(last.digests, whole.digests);
  EXPECT_EQ(last.text_bytes, text.size());
  EXPECT_TRUE(paged.back().last);
}

TEST_F(ExamineTest, AStoppedLargeFileHasNoLastPart) {
  source.add("large.txt", std::string(100'000, 'x'));
  world.stop = true;
  for (const UnitPart& part : run()) EXPECT_FALSE(part.last);
}

TEST_F(ExamineTest, ManyChildrenGoOutInSeveralParts) {
  world.profile.limits.resident_bytes = 64 << 20;
  world.profile.limits.page_bytes = 64 << 20;
  std::string box = "box:";
  for (int i = 0; i < 30; ++i) box += std::string(1 << 20, static_cast<char>('a' + i % 26)) + "|";
  source.add("big.box", box);
  const auto parts = run();
  EXPECT_GE(parts.size(), 3u);
  std::set<std::uint32_t> seen;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    EXPECT_EQ(parts[i].number, i);
    EXPECT_EQ(parts[i].last, i + 1 == parts.size());
    for (const ItemRecord& item : parts[i].items) EXPECT_TRUE(seen.insert(item.index).second);
  }
  EXPECT_EQ(seen.size(), 31u);
  EXPECT_EQ(parts.back().items.front().index, 0u);
}

TEST_F(ExamineTest, ASparseFileIsHashedButNotSearched) {
  world.profile.limits = Limits{};
  constexpr std::uint64_t size = 32u << 20;
  source.add("sparse", std::make_shared<test::ZeroContent>(size));
  const auto parts = run();
  const ItemRecord& item = parts.back().items.back();
  // head -c 33554432 /dev/zero | md5sum
  EXPECT_EQ(hex_text(*item.digests.md5), "58f06dd588d8ffb3beb46ada6309436b");
  EXPECT_EQ(item.text_bytes, 0u);
  EXPECT_EQ(item.outcome, Outcome::done);
}

}  // namespace
}  // namespace evtriage
