// Files that other programs made, laid into noise; and pieces of them, which must not be taken for files.
#include "extractors/disk/carve.h"

#include <random>

#include "tests/extractors/disk/images.h"

namespace evtriage::disk {
namespace {

using namespace disk_test;

std::string noise(std::size_t size) {
  std::mt19937 dice(5);
  std::string out(size, '\0');
  for (char& c : out) c = static_cast<char>(dice());
  return out;
}

std::vector<Carved> carved(const std::string& volume) {
  RangeSet free;
  free.add({0, volume.size()});
  free.settle();
  FakeEmit emit(volume.size());
  return carve(*resident(volume), free, emit);
}

class Format : public testing::TestWithParam<const char*> {};

TEST_P(Format, IsFoundWholeAndOnlyWhole) {
  const std::string file = image(std::string("carve/") + GetParam());
  const std::string volume = noise(4096) + file + noise(4096 + 512 - file.size() % 512);
  const std::vector<Carved> found = carved(volume);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].range.begin, 4096u);
  EXPECT_EQ(found[0].range.size(), file.size());
  EXPECT_TRUE(carved(noise(4096) + file.substr(0, file.size() - 10)).empty());
  EXPECT_TRUE(carved(noise(512) + file.substr(0, 40) + noise(4096)).empty());
}
INSTANTIATE_TEST_SUITE_P(All, Format, testing::Values("a.jpg", "a.png", "a.pdf", "a.zip", "a.db", "a.mp4"));

TEST(Carve, WorkIsBounded) {
  std::string volume;
  for (int i = 0; i < 4000; ++i) volume += "%PDF-1" + std::string(506, ' ');
  EXPECT_TRUE(carved(volume).empty());
  volume.clear();
  for (int i = 0; i < 4000; ++i) volume += "PK\3\4" + std::string(508, ' ');
  EXPECT_TRUE(carved(volume).empty());
}

TEST(Carve, EveryTruncationEnds) {
  for (const char* name : {"a.jpg", "a.png", "a.pdf", "a.zip", "a.db", "a.mp4"}) {
    const std::string file = image(std::string("carve/") + name);
    for (std::size_t size = 0; size < file.size(); size += file.size() / 50 + 1) (void)carved(file.substr(0, size));
  }
}

}  // namespace
}  // namespace evtriage::disk
