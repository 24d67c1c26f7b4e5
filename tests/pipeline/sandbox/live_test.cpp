// Children as disks have them, through the cage: runs of the item, and bytes that a worker decodes as they are asked for.
#include "tests/pipeline/sandbox/cage_support.h"
#include "tests/pipeline/sandbox/test_formats.h"

namespace evtriage::test {
namespace {

std::string bytes_of(std::size_t size) {
  std::string out(size, '\0');
  std::uint64_t state = size;
  for (char& c : out) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    c = static_cast<char>(state >> 56);
  }
  return out;
}

std::string in_process(void (*extract)(const Content&, const Identity&, const ExtractOptions&, Emit&), const Content& content) {
  FakeEmit emit(content.size());
  extract(content, identity, {}, emit);
  return dump(emit);
}

TEST(LiveChild, RunsAndLiveChildrenAreTheSame) {
  for (const std::uint64_t window : {100u, 5'000u, 1u << 20}) {
    CageSettings with = settings();
    with.limits.input_window = 400'000;
    with.limits.output_window = window;
    const auto cage = started(with);
    ASSERT_TRUE(cage);
    for (const std::size_t size : {30u, 399'999u, 3'000'000u}) {  // in the window, and asked for by blocks
      if (size / window > 4000) continue;
      const auto content = resident(bytes_of(size));
      EXPECT_EQ(caged(*cage, format("disk"), *content), in_process(extract_disk, *content)) << size << " " << window;
    }
    EXPECT_EQ(cage->counts().killed, 0u);
  }
}

class KeepsChild final : public Emit {  // looks at a child while it is there, and once more when it is gone
 public:
  void text(TextSegment) override {}
  void child(Child, ContentPtr content) override {
    kept = content;
    for (const ByteRange range : {ByteRange{0, 10}, ByteRange{1'999'990, 2'000'000}, ByteRange{5, 6}}) answers.push_back(content->read(range));
  }
  std::unique_ptr<Spool> spool() override { return nullptr; }
  void property(std::string, std::string value) override { said = value; }
  void message(MessageRecord) override {}
  void issue(Issue issue) override { issues.push_back(issue); }
  void encrypted() override {}
  bool stop_requested() const override { return false; }
  ContentPtr kept;
  std::vector<Result<Blob>> answers;
  std::vector<Issue> issues;
  std::string said;
};

TEST(LiveChild, AnErrorOfALiveChildIsOfItsRange) {
  const auto cage = started();
  ASSERT_TRUE(cage);
  KeepsChild emit;
  cage->extractor(format("half"))->extract(*resident(bytes_of(2'000'000)), identity, emit);
  ASSERT_EQ(emit.answers.size(), 3u);
  EXPECT_TRUE(emit.answers[0]);
  ASSERT_FALSE(emit.answers[1]);
  EXPECT_EQ(emit.answers[1].error().code, Code::corrupt);
  EXPECT_EQ(emit.answers[1].error().detail, "beyond 1000000");
  EXPECT_TRUE(emit.answers[2]);
  EXPECT_EQ(emit.said, "said after a live child");
  EXPECT_TRUE(emit.issues.empty());
  EXPECT_FALSE(emit.kept->read({0, 10}));  // it is over
}

}  // namespace
}  // namespace evtriage::test
