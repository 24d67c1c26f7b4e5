// QCOW2, VMDK and VHD that qemu-img wrote, whole and damaged.
#include "pipeline/core/runs_content.h"
#include "tests/extractors/disk/images.h"

namespace evtriage {
namespace {

using namespace disk_test;

struct Kind {
  const char* file;
  Extract extract;
};
class Container : public testing::TestWithParam<Kind> {};

TEST_P(Container, HoldsTheMedium) {
  const FakeEmit emit = extracted(GetParam().extract, image(GetParam().file), "");
  ASSERT_EQ(emit.children.size(), 1u);
  EXPECT_TRUE(emit.children[0].second == image("fat12.img"));
  EXPECT_TRUE(emit.children[0].first.is_media);
  EXPECT_TRUE(emit.issues.empty());
}

class Reading final : public Emit {  // of a child whose bytes may not all be there
 public:
  explicit Reading(std::uint64_t most) : most_(most) {}
  void text(TextSegment) override {}
  void child(Child, ContentPtr content) override {
    if (content == nullptr) return;
    for (std::uint64_t at = 0; at < std::min(content->size(), most_); at += 65536) (void)content->read({at, std::min(content->size(), at + 65536)});
  }
  std::unique_ptr<Spool> spool() override { return nullptr; }
  void property(std::string, std::string) override {}
  void message(MessageRecord) override {}
  void issue(Issue) override {}
  void encrypted() override {}
  bool stop_requested() const override { return false; }

 private:
  std::uint64_t most_;
};

TEST_P(Container, CutOrFlippedItEnds) {
  const std::string whole = image(GetParam().file);
  for (std::size_t size = 0; size < whole.size(); size += whole.size() / 40 + 1) {
    Reading reading(8u << 20);
    GetParam().extract(*resident(whole.substr(0, size)), {"", "", ""}, {}, reading);
  }
  for (std::size_t at = 0; at < std::min<std::size_t>(whole.size(), 2048); at += 3) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x40);
    Reading reading(8u << 20);
    GetParam().extract(*resident(bytes), {"", "", ""}, {}, reading);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Container,
                         testing::Values(Kind{"medium.qcow2", extract_qcow2}, Kind{"medium.packed.qcow2", extract_qcow2}, Kind{"medium.vmdk", extract_vmdk},
                                         Kind{"medium.packed.vmdk", extract_vmdk}, Kind{"medium.vhd", extract_vhd}),
                         [](const auto& test) {
                           std::string name = test.param.file;
                           std::replace(name.begin(), name.end(), '.', '_');
                           return name;
                         });

TEST(Clusters, PlainOnesAreRunsOfTheImage) {
  class Kinds final : public Emit {
   public:
    void text(TextSegment) override {}
    void child(Child, ContentPtr content) override {
      const Content& bytes = *content;
      are_runs = typeid(bytes) == typeid(RunsContent);
    }
    std::unique_ptr<Spool> spool() override { return nullptr; }
    void property(std::string, std::string) override {}
    void message(MessageRecord) override {}
    void issue(Issue) override {}
    void encrypted() override {}
    bool stop_requested() const override { return false; }
    bool are_runs = false;
  } kinds;
  extract_qcow2(*resident(image("medium.qcow2")), {"", "", ""}, {}, kinds);
  EXPECT_TRUE(kinds.are_runs);
}

}  // namespace
}  // namespace evtriage
