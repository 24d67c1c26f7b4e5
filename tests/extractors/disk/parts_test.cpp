// Tables of partitions that sfdisk wrote, against mmls.
#include "tests/extractors/disk/images.h"

namespace evtriage {
namespace {

using namespace disk_test;

FakeEmit parts(const std::string& bytes) { return extracted(extract_parts, bytes, "application/x-raw-disk-image"); }

void expect_as_mmls(const std::string& name) {
  const std::string bytes = image(name + ".disk");
  const FakeEmit emit = parts(bytes);
  std::vector<std::pair<std::uint64_t, std::uint64_t>> given, wanted;
  std::uint64_t covered = 0;
  for (const auto& [child, content] : emit.children) {
    covered += content.size();
    if (child.step.kind == StepKind::part) given.emplace_back(*child.step.offset / 512, content.size() / 512);
    EXPECT_EQ(content, bytes.substr(child.extent->begin, child.extent->size()));
  }
  std::istringstream lines(image(name + ".parts"));
  for (std::uint64_t begin = 0, length = 0; lines >> begin >> length;) wanted.emplace_back(begin, length);
  EXPECT_EQ(given, wanted);
  EXPECT_EQ(covered, bytes.size()) << "every byte is in a part or in a gap";
}

TEST(Parts, OfAnMbrWithLogicalOnes) { expect_as_mmls("mbr"); }
TEST(Parts, OfAGpt) { expect_as_mmls("gpt"); }

TEST(Parts, OfACutDiskAreTold) {
  const FakeEmit emit = parts(image("mbr.disk").substr(0, 9000 * 512));
  bool told = false;
  for (const auto& [child, content] : emit.children) {
    for (const Issue& issue : child.issues) told = told || issue.code == Code::truncated;
  }
  EXPECT_TRUE(told);
}

TEST(Parts, ATableThatLoopsEnds) {
  std::string bytes = image("mbr.disk");
  bytes.replace(8192 * 512 + 446 + 16 + 8, 4, std::string(4, '\0'));  // the next logical partition is this one
  (void)parts(bytes);
  for (std::size_t at = 446; at < 512; ++at) {
    std::string flipped = image("mbr.disk");
    flipped[at] = static_cast<char>(flipped[at] ^ 0xff);
    (void)parts(flipped);
  }
}

}  // namespace
}  // namespace evtriage
