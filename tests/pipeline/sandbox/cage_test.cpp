// The cage with a family that behaves: the same records as in process, whatever the sizes, threads and nesting.
#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <thread>

#include "tests/pipeline/sandbox/cage_support.h"
#include "tests/pipeline/sandbox/test_formats.h"

namespace evtriage::test {
namespace {

constexpr std::uint64_t families = 2;  // each is proved by one worker, which then waits for work

class Faulty final : public Content {  // a bad sector at [bad, bad + 512)
 public:
  Faulty(std::string bytes, std::uint64_t bad) : bytes_(std::move(bytes)), bad_(bad) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<Blob> read(ByteRange range) const override {
    if (range.begin > range.end || range.end > bytes_.size()) return Error{Code::truncated, "read past the end"};
    if (range.begin < bad_ + 512 && bad_ < range.end) return Error{Code::io_read, "sector " + std::to_string(bad_ / 512)};
    return Blob::own(bytes_.substr(range.begin, range.size()));
  }

 private:
  std::string bytes_;
  std::uint64_t bad_;
};

TEST(Cage, SameRecordsAsInProcess) {
  CageSettings with = settings();
  with.options.passwords = {"first", "", "th\xff" "ird"};
  with.options.passwords.emplace_back("\0x", 2);
  with.options.passwords.pop_back();
  with.options.passwords.pop_back();
  with.options.passwords.emplace_back("third");
  const auto cage = started(with);
  ASSERT_TRUE(cage);
  for (const std::size_t size : {1u, 2u, 1000u, 100'000u}) {
    const auto content = resident(bytes_of(size));
    EXPECT_EQ(caged(*cage, format("everything"), *content), in_process(extract_everything, *content, with.options)) << size;
  }
  EXPECT_EQ(cage->counts().started, families);
  EXPECT_EQ(cage->counts().killed, 0u);
}

TEST(Cage, SmallWindowsChangeNothing) {
  CageSettings with = settings();
  with.limits.input_window = 10'000;
  with.limits.output_window = 100;
  const auto cage = started(with);
  ASSERT_TRUE(cage);
  for (const std::size_t size : {1u, 9'999u, 10'000u, 10'001u, 100'000u, 3'000'000u}) {
    const auto content = resident(bytes_of(size));
    EXPECT_EQ(caged(*cage, format("reads"), *content), in_process(extract_reads, *content)) << size;
    EXPECT_EQ(caged(*cage, format("spooled"), *content), in_process(extract_spooled, *content)) << size;
  }
  const auto content = resident(bytes_of(50'000));
  EXPECT_EQ(caged(*cage, format("everything"), *content), in_process(extract_everything, *content));
}

TEST(Cage, ReadErrorsKeepTheirRange) {
  CageSettings with = settings();
  with.limits.input_window = 300'000;
  const auto cage = started(with);
  ASSERT_TRUE(cage);
  for (const std::size_t size : {100'000u, 3'000'000u}) {  // one would fit the window, if it could be read
    const Faulty content(bytes_of(size), 51'200);
    EXPECT_EQ(caged(*cage, format("reads"), content), in_process(extract_reads, content)) << size;
  }
}

TEST(Cage, LargeItems) {
  const auto cage = started();
  ASSERT_TRUE(cage);
  for (const std::size_t size : {10'000'000u, 40'000'000u}) {
    const auto content = resident(bytes_of(size));
    EXPECT_EQ(caged(*cage, format("reads"), *content), in_process(extract_reads, *content)) << size;
    EXPECT_EQ(caged(*cage, format("spooled"), *content), in_process(extract_spooled, *content)) << size;
  }
}

TEST(Cage, SpentSpoolGivesNoChild) {
  const auto cage = started();
  ASSERT_TRUE(cage);
  const auto content = resident(bytes_of(5'000'000));
  FakeEmit emit(content->size());
  emit.spool_bytes = 1'000'000;
  cage->extractor(format("spooled"))->extract(*content, identity, emit);
  ASSERT_EQ(emit.children.size(), 1u);
  EXPECT_EQ(emit.children[0].second, "(none)");
  EXPECT_TRUE(emit.issues.empty());
}

// An Emit that examines children with the same extractor, as the engine does.
class Examiner final : public Emit {
 public:
  explicit Examiner(const Extractor& extractor) : extractor_(extractor) {}
  void text(TextSegment segment) override { said += segment.utf8.chars(); }
  void child(Child, ContentPtr content) override { extractor_.extract(*content, identity, *this); }
  std::unique_ptr<Spool> spool() override { return std::make_unique<MemorySpool>(1 << 20); }
  void property(std::string, std::string) override {}
  void message(MessageRecord) override {}
  void issue(Issue issue) override { said += dump(issue); }
  void encrypted() override {}
  bool stop_requested() const override { return false; }
  std::string said;

 private:
  const Extractor& extractor_;
};

TEST(Cage, NestedUseBorrowsMoreWorkers) {
  const auto cage = started();
  ASSERT_TRUE(cage);
  const auto extractor = cage->extractor(format("nested"));
  const std::string text = "abcdefghij";
  for (int round = 0; round < 3; ++round) {
    Examiner emit(*extractor);
    extractor->extract(*resident(text), identity, emit);
    EXPECT_EQ(emit.said, text);
  }
  EXPECT_EQ(cage->counts().started, families + text.size());
}

TEST(Cage, ManyThreads) {
  const auto cage = started();
  ASSERT_TRUE(cage);
  const auto extractor = cage->extractor(format("everything"));
  const auto nested = cage->extractor(format("nested"));
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (unsigned thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&, thread] {
      const auto content = resident(bytes_of(100 + thread));
      const std::string expected = in_process(extract_everything, *content);
      for (int i = 0; i < 5; ++i) {
        FakeEmit emit(content->size());
        extractor->extract(*content, identity, emit);
        Examiner examiner(*nested);
        nested->extract(*resident("xyz"), identity, examiner);
        if (dump(emit) != expected || examiner.said != "xyz") ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(cage->counts().killed, 0u);
}

TEST(Cage, WorkersAreReplacedInTime) {
  const auto cage = started();
  ASSERT_TRUE(cage);
  const auto extractor = cage->extractor(format("nothing"));
  FakeEmit emit(1);
  for (int i = 0; i < 2001; ++i) extractor->extract(*resident("x"), identity, emit);
  EXPECT_TRUE(emit.issues.empty());
  EXPECT_EQ(cage->counts().started, families + 2);
  EXPECT_EQ(cage->counts().killed, 0u);
}

TEST(Cage, IsAnOrdinaryExtractor) {
  auto cage = started();
  ASSERT_TRUE(cage);
  const auto extractor = cage->extractor(format("nothing"));
  EXPECT_EQ(extractor->name(), "nothing");
  EXPECT_EQ(extractor->version(), 3u);
  EXPECT_TRUE(extractor->accepts(identity));
  EXPECT_FALSE(extractor->accepts({"text/plain", "", ""}));
  cage.reset();  // it may outlive the cage
  FakeEmit emit(1);
  extractor->extract(*resident("x"), identity, emit);
  ASSERT_EQ(emit.issues.size(), 1u);
  EXPECT_EQ(emit.issues[0].code, Code::internal);
}

TEST(Cage, RefusesToStart) {
  const auto refusal = [](const CageSettings& with, const std::vector<CagedFormat>& formats) {
    const auto cage = Cage::start(with, formats);
    return cage ? std::string("started") : cage.error().detail;
  };
  EXPECT_THAT(refusal(settings(), {format("x", "absent")}), testing::HasSubstr("evtriage-worker-absent' cannot be run"));
  EXPECT_THAT(refusal(settings(), {format("absent")}), testing::HasSubstr("does not know the format 'absent'"));
  EXPECT_THAT(refusal(settings(), {format("x", "cold")}), testing::HasSubstr("cannot start: the table is not there"));
  const std::string folder = testing::TempDir() + "/workers." + std::to_string(getpid());
  std::filesystem::create_directory(folder);
  std::filesystem::create_symlink("/bin/false", folder + "/evtriage-worker-plain");
  EXPECT_THAT(refusal({.worker_folder = folder}, {format("x")}), testing::HasSubstr("ended while it was"));
  std::filesystem::remove_all(folder);
}

TEST(Cage, LevelsAreTold) {
  CageSettings with = settings();
  const auto best = started(with);
  ASSERT_TRUE(best);
  EXPECT_NE(best->level(), Level::none);
  EXPECT_THAT(best->level_sentence(), testing::HasSubstr("seccomp"));
  with.namespaces = false;
  EXPECT_EQ(started(with)->level(), best->level() == Level::seccomp_only ? Level::seccomp_only : Level::no_namespaces);
  with.landlock = false;
  EXPECT_EQ(started(with)->level(), Level::seccomp_only);
  with.confine = false;
  const auto open = started(with);
  EXPECT_EQ(open->level(), Level::none);
  const auto content = resident(bytes_of(1000));
  EXPECT_EQ(caged(*open, format("everything"), *content), in_process(extract_everything, *content));
}

TEST(Cage, OnlyTheFamilysFoldersCanBeRead) {
  const std::string data = EVTRIAGE_TEST_DATA, table = data + "/inner/table.txt";
  const std::string refused[] = {data + "/../secret.txt", data + "/inner/../../secret.txt", "/etc/passwd", "/proc/self/environ", "/dev/null"};
  for (const auto& [namespaces, landlock] : {std::pair{true, true}, {false, true}, {true, false}, {false, false}}) {
    CageSettings with = settings();
    with.namespaces = namespaces;
    with.landlock = landlock;
    const auto formats = std::vector{format("look", "folder")};
    const auto cage = Cage::start(with, formats);
    ASSERT_TRUE(cage) << cage.error().detail;
    const bool locked_off = (*cage)->level() != Level::seccomp_only || (*cage)->level_sentence().find("empty root") != std::string::npos;
    std::string paths = table, expected = "property " + table + (locked_off ? "=a table\n" : "=refused\n");
    for (const std::string& path : refused) {
      paths += "\n" + path;
      expected += "property " + path + "=refused\n";
    }
    EXPECT_EQ(caged(**cage, formats[0], *resident(paths)), expected) << (*cage)->level_sentence();
  }
}

}  // namespace
}  // namespace evtriage::test
