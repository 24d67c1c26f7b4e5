// Compound files: what olefile 0.46 lists, chains as byte ranges, loops, cross links, every truncation.
#include "extractors/ole/compound_file.h"

#include <gtest/gtest.h>

#include "tests/extractors/ole/fixtures.h"

namespace evtriage::ole {
namespace {

using ole_test::fixture;

struct Opened {
  Resident content;
  std::vector<Issue> issues;
  Result<CompoundFile> file;
  explicit Opened(std::string bytes) : content(Blob::own(std::move(bytes))), file(CompoundFile::open(content, issues)) {}
};

void put32(std::string& bytes, std::size_t at, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) bytes[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> 8 * i);
}
std::uint32_t get32(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (int i = 3; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return value;
}

TEST(CompoundFile, ListsWhatOlefileLists) {
  const Opened opened(fixture("notice.doc"));
  ASSERT_TRUE(opened.file);
  std::map<std::string, std::uint64_t> sizes;
  for (EntryId id = 1; id < opened.file->entries().size(); ++id) sizes[opened.file->path(id)] = opened.file->entries()[id].bytes.size();
  const std::map<std::string, std::uint64_t> expected = {{"\1CompObj", 106}, {"\1Ole", 20}, {"\5DocumentSummaryInformation", 116}, {"\5SummaryInformation", 364},
                                                         {"1Table", 2533},   {"Data", 500}, {"WordDocument", 5185}};
  EXPECT_EQ(sizes, expected);
  EXPECT_TRUE(opened.issues.empty());
}

TEST(CompoundFile, NestedStoragesAndMiniStreams) {
  const std::string bytes = fixture("message.msg");
  const Opened opened(bytes);
  ASSERT_TRUE(opened.file);
  EntryId at = 0;
  for (const char* name : {"__attach_version1.0_#00000001", "__substg1.0_3701000D", "__substg1.0_1000001F"}) {
    const auto next = opened.file->find(at, name);
    ASSERT_TRUE(next) << name;
    at = *next;
  }
  std::vector<Issue> issues;
  const StreamBytes stream = opened.file->load(at, 1 << 20, issues);
  EXPECT_EQ(stream.view(), ole_test::wide("texte du message joint 4711"));
  const ByteRange place = stream.runs.place(0, stream.runs.size());
  EXPECT_EQ(bytes.substr(place.begin, place.size()), stream.view());
}

TEST(CompoundFile, LoopsAndCrossLinksEnd) {
  std::string bytes = fixture("message.msg");
  const std::uint32_t fat = get32(bytes, 76);
  const std::size_t table = (fat + 1) * 512;
  for (std::uint32_t i = 0; i < 128; ++i) {
    for (const std::uint32_t target : {0u, i, (i + 7) % 30}) {
      std::string hostile = bytes;
      put32(hostile, table + i * 4, target);
      const Opened opened(hostile);
      if (!opened.file) continue;
      std::uint64_t total = 0;
      for (const Entry& entry : opened.file->entries()) total += entry.bytes.size();
      EXPECT_LE(total, 2 * hostile.size());
    }
  }
  std::string all_one = bytes;
  for (std::uint32_t i = 0; i < 128; ++i) put32(all_one, table + i * 4, 1);
  const Opened opened(all_one);
  EXPECT_FALSE(opened.issues.empty());
}

TEST(CompoundFile, TreeThatMeetsItself) {
  std::string bytes = fixture("message.msg");
  const std::size_t directory = (get32(bytes, 48) + 1) * 512;
  put32(bytes, directory + 128 + 68, 1);   // the first entry's left brother is itself
  put32(bytes, directory + 256 + 76, 0);   // and a child of the second one is the root
  const Opened opened(bytes);
  ASSERT_TRUE(opened.file);
  EXPECT_FALSE(opened.issues.empty());
}

TEST(CompoundFile, WhatIsInNoStorageIsAnOrphan) {
  std::string bytes = fixture("notice.doc");
  const std::size_t directory = (get32(bytes, 48) + 1) * 512;
  put32(bytes, directory + 76, 0xffffffff);  // the root has no children any more
  const Opened opened(bytes);
  ASSERT_TRUE(opened.file);
  EXPECT_EQ(opened.file->entries().size(), 8u);
  EXPECT_TRUE(opened.file->entries()[1].is_orphan);
}

TEST(CompoundFile, EveryTruncation) {
  const std::string bytes = fixture("odd.msg");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const Opened opened(bytes.substr(0, size));
    if (size < 512) {
      EXPECT_FALSE(opened.file);
    }
  }
}

TEST(CompoundFile, UnreadableRangesAreTold) {
  class Holes final : public Content {
   public:
    explicit Holes(std::string bytes) : bytes_(std::move(bytes)) {}
    std::uint64_t size() const override { return bytes_.size(); }
    Result<Blob> read(ByteRange range) const override {
      if (range.begin < 6000 && range.end > 5000) return Error{Code::io_read, "input/output error"};
      return Blob::own(bytes_.substr(range.begin, range.size()));
    }

   private:
    std::string bytes_;
  };
  const Holes content(fixture("notice.doc"));
  FakeEmit emit(content.size());
  extract_ole(content, {"", "", ""}, {}, emit);
  EXPECT_TRUE(ole_test::has_issue(emit, Code::io_read));
}

TEST(ByteRuns, CutAndPlace) {
  ByteRuns runs;
  runs.append({100, 110});
  runs.append({110, 120});
  runs.append({50, 60});
  EXPECT_EQ(runs.runs().size(), 2u);
  EXPECT_EQ(runs.size(), 30u);
  EXPECT_EQ(runs.place(19, 2), (ByteRange{119, 120}));
  EXPECT_EQ(runs.place(20, 2), (ByteRange{50, 52}));
  EXPECT_EQ(runs.cut(15, 10).runs(), (std::vector<ByteRange>{{115, 120}, {50, 55}}));
  EXPECT_EQ(ByteRuns::vague(1000, {7, 9}).place(500, 2), (ByteRange{7, 9}));
}

}  // namespace
}  // namespace evtriage::ole
