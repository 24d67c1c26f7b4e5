// The door: what is an archive and what is not, budgets, stopping.
#include "extractors/archive/archive.h"

#include "tests/extractors/archive/archives.h"

namespace evtriage::archive_test {
namespace {

TEST(Archive, WhatIsNoArchiveSaysSo) {
  for (const std::string& bytes : {std::string(), std::string("hello"), std::string(100'000, '\0'), std::string("PK\3\4"), std::string("Rar!")}) {
    const FakeEmit emit = extracted(bytes);
    EXPECT_EQ(emit.children.size(), 0u);
    EXPECT_EQ(emit.issues.size(), 1u) << issues(emit);
  }
}

TEST(Archive, ASpentBudgetIsToldAndTheRestIsRead) {
  const std::string zip = made("good.zip");
  FakeEmit emit(zip.size());
  emit.spool_bytes = 1000;
  extract_archive(*resident(zip), {"", "", "x"}, {}, emit);
  EXPECT_EQ(content(emit, "a.txt"), note);
  EXPECT_EQ(content(emit, "big.bin"), "(none)");
  EXPECT_NE(issues(emit).find("limit: member 5 \"big.bin\": the budget for unpacked bytes ended"), std::string::npos) << issues(emit);
  const std::string bare = made("large.zip");
  FakeEmit other(bare.size());
  other.spool_bytes = 5u << 20;
  extract_archive(*resident(bare), {"", "", "x"}, {}, other);
  EXPECT_EQ(other.issues.at(0).code, Code::limit);
}

class Stops final : public Emit {  // wants no more after a number of children
 public:
  explicit Stops(int after) : after_(after) {}
  void text(TextSegment) override {}
  void child(Child, ContentPtr) override { ++children; }
  std::unique_ptr<Spool> spool() override { return std::make_unique<MemorySpool>(1u << 20); }
  void property(std::string, std::string) override {}
  void message(MessageRecord) override {}
  void issue(Issue) override {}
  void encrypted() override {}
  bool stop_requested() const override { return children >= after_; }
  int children = 0;

 private:
  int after_;
};

TEST(Archive, StopsWhenAsked) {
  for (const std::string& bytes : {made("zip64_many.zip"), made("pax.tar"), fixture("plain.7z")}) {
    Stops emit(3);
    extract_archive(*resident(bytes), {"", "", "x"}, {}, emit);
    EXPECT_EQ(emit.children, 3);
  }
}

TEST(Archive, NothingIsWrittenAndNothingIsStarted) {
  // libarchive would start lzop, lrzip or grzip for these: they must stay unknown.
  for (const std::string& bytes : {std::string("\x89LZO\0\r\n\x1a\n", 9) + std::string(64, '\1'), "LRZI" + std::string(64, '\0'), "GRZipII\0\2\4:)" + std::string(64, '\0')}) {
    const FakeEmit emit = extracted(bytes);
    EXPECT_EQ(emit.children.size(), 0u);
    EXPECT_EQ(issues(emit), "unsupported: no archive format that is known here\n");
  }
  // mtree names files of the machine that reads it.
  const FakeEmit tree = extracted("#mtree\n./passwd type=file contents=/etc/passwd\n");
  EXPECT_EQ(tree.children.size(), 0u);
}

}  // namespace
}  // namespace evtriage::archive_test
