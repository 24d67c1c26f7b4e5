// E01 images that ewfacquirestream wrote, in its dialects, whole and damaged.
#include "extractors/disk/ewf_map.h"
#include "extractors/disk/ewf_media.h"
#include "tests/extractors/disk/images.h"

namespace evtriage {
namespace {

using namespace disk_test;

FakeEmit ewf(const std::string& bytes) { return extracted(extract_ewf, bytes, "application/x-ewf"); }

std::string property(const std::vector<Property>& properties, std::string_view name) {
  for (const Property& property : properties) {
    if (property.name == name) return property.value;
  }
  return "(none)";
}

class Dialect : public testing::TestWithParam<const char*> {};

TEST_P(Dialect, HoldsTheMedium) {
  const FakeEmit emit = ewf(image(std::string("medium.") + GetParam() + ".E01"));
  ASSERT_EQ(emit.children.size(), 1u);
  EXPECT_EQ(emit.children[0].second, image("fat12.img"));
  EXPECT_TRUE(emit.children[0].first.is_media);
  EXPECT_TRUE(emit.issues.empty()) << emit.issues[0].detail;
}
INSTANTIATE_TEST_SUITE_P(All, Dialect, testing::Values("fast", "none", "encase5", "ftk", "smart"));

TEST(Ewf, SegmentsAreOneImage) {
  std::string joined;
  for (int i = 1; i <= 5; ++i) joined += image("medium.split.E0" + std::to_string(i));
  const FakeEmit emit = ewf(joined);
  ASSERT_EQ(emit.children.size(), 1u);
  EXPECT_EQ(emit.children[0].second, image("fat12.img"));
  const FakeEmit missing = ewf(image("medium.split.E01") + image("medium.split.E02"));
  ASSERT_EQ(missing.children.size(), 1u);
  EXPECT_EQ(missing.children[0].second, image("fat12.img").substr(0, missing.children[0].second.size()));
  EXPECT_GT(missing.children[0].second.size(), 1u << 20);
  ASSERT_FALSE(missing.issues.empty());
  EXPECT_EQ(missing.issues[0].code, Code::truncated);
  EXPECT_EQ(missing.children[0].first.issues[0].code, Code::truncated);
}

TEST(Ewf, SaysWhatItWasToldAtTheAcquisition) {
  const FakeEmit emit = ewf(image("medium.fast.E01"));
  std::vector<Property> properties;
  for (const auto& [name, value] : emit.properties) properties.push_back({name, value});
  EXPECT_EQ(property(properties, "ewf:case-number"), "case 7");
  EXPECT_EQ(property(properties, "ewf:examiner"), "A. Examiner");
  EXPECT_EQ(property(properties, "ewf:description"), "a été");
  const std::string md5 = property(emit.children[0].first.properties, "stored:md5"), sha1 = property(emit.children[0].first.properties, "stored:sha1");
  EXPECT_EQ(md5.size(), 32u);
  EXPECT_EQ(sha1.size(), 40u);
}

TEST(Ewf, EveryCutEndsAndIsTold) {
  const std::string whole = image("medium.fast.E01"), medium = image("fat12.img");
  for (std::size_t size = 0; size < whole.size(); size += 2711) {
    FakeEmit emit(size);
    struct Tolerant final : Emit {  // reads what can be read, as the engine does
      explicit Tolerant(FakeEmit& to) : to_(to) {}
      void text(TextSegment segment) override { to_.text(std::move(segment)); }
      void child(Child child, ContentPtr content) override { to_.child(std::move(child), content && content->read({0, content->size()}) ? content : nullptr); }
      std::unique_ptr<Spool> spool() override { return to_.spool(); }
      void property(std::string name, std::string value) override { to_.property(std::move(name), std::move(value)); }
      void message(MessageRecord) override {}
      void issue(Issue issue) override { to_.issue(std::move(issue)); }
      void encrypted() override {}
      bool stop_requested() const override { return false; }
      FakeEmit& to_;
    } tolerant(emit);
    extract_ewf(*resident(whole.substr(0, size)), {"application/x-ewf", "", ""}, {}, tolerant);
    EXPECT_FALSE(emit.issues.empty()) << size;
    if (!emit.children.empty() && emit.children[0].second != "(none)") {
      EXPECT_EQ(emit.children[0].second, medium.substr(0, emit.children[0].second.size()));
    }
  }
}

TEST(Ewf, AFlippedBitIsAnErrorOfItsChunkOrChangesNothing) {
  const std::string whole = image("medium.fast.E01"), medium = image("fat12.img");
  for (std::size_t at = 0; at < whole.size(); at += whole.size() / 400) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    const ContentPtr content = resident(bytes);
    const auto map = disk::read_ewf_map(*content);
    if (!map) continue;
    const disk::EwfMedia media(*content, *map);
    for (std::uint64_t begin = 0; begin < media.size(); begin += 32768) {
      const ByteRange range{begin, std::min<std::uint64_t>(media.size(), begin + 32768)};
      const Result<Blob> read = media.read(range);
      if (read) {
        ASSERT_EQ(read->chars(), std::string_view(medium).substr(begin, range.size())) << "byte " << at;
      }
    }
  }
}

TEST(Ewf, ReadsAnyRange) {
  const std::string medium = image("fat12.img");
  const ContentPtr content = resident(image("medium.none.E01"));
  const auto map = disk::read_ewf_map(*content);
  ASSERT_TRUE(map);
  const disk::EwfMedia media(*content, *map);
  ASSERT_EQ(media.size(), medium.size());
  for (std::uint64_t begin = 0; begin < medium.size(); begin = begin * 3 + 32767) {
    for (std::uint64_t length : {0u, 1u, 511u, 32768u, 100000u}) {
      if (length > medium.size() - begin) continue;
      const auto bytes = media.read({begin, begin + length});
      ASSERT_TRUE(bytes);
      ASSERT_EQ(bytes->chars(), std::string_view(medium).substr(begin, length));
    }
  }
  EXPECT_FALSE(media.read({0, medium.size() + 1}));
}

}  // namespace
}  // namespace evtriage
