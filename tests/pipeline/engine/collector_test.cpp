// One sighting in one place is one, limits are counted exactly, pages absorbed in order give the same as
// segments emitted in order.
#include "pipeline/engine/collector.h"

#include <gtest/gtest.h>

#include "tests/pipeline/engine/fakes.h"

namespace evtriage {
namespace {

struct CollectorTest : testing::Test {
  CollectorTest() : source(1000) {
    context = context_of(world.input(source, recorder));
    if (auto made = Worker::make(context); made) worker = *std::move(made);
  }
  static TextSegment segment(const std::string& text, std::uint64_t begin) {
    return TextSegment::of(Blob::own(text), OffsetMap::identity(text.size(), begin), "body");
  }
  test::World world;
  test::MemorySource source;
  test::MemoryRecorder recorder;
  Context context;
  std::unique_ptr<Worker> worker;
};

TEST_F(CollectorTest, SamePlaceOnceOtherPlaceAgain) {
  Collector out(context, *worker, nullptr);
  out.text(segment("a@b bad", 0));
  out.text(segment("a@b bad", 0));  // another segment made of the same bytes
  out.text(segment("a@b bad", 100));
  ItemRecord item;
  out.move_lists(item, true);
  EXPECT_EQ(item.mentions.size(), 2u);
  EXPECT_EQ(item.hits.size(), 2u);
  EXPECT_EQ(item.texts.size(), 3u);
  EXPECT_EQ(item.texts[2].segment, 2u);
  EXPECT_EQ(out.text_bytes(), 21u);
}

TEST_F(CollectorTest, LimitsSayExactlyHowManyAreMissing) {
  world.profile.limits.mentions_per_item = 3;
  world.profile.limits.hits_per_item = 1;
  Collector out(context, *worker, nullptr);
  Collector page(context, *worker, nullptr);
  out.text(segment("@ bad", 0));
  page.text(segment("@", 100));
  out.absorb(std::move(page));
  out.text(segment("bad", 200));
  EXPECT_FALSE(out.is_partial());
  out.close();
  ItemRecord item;
  out.move_lists(item, true);
  EXPECT_EQ(item.mentions.size(), 2u);
  EXPECT_EQ(item.hits.size(), 1u);
  ASSERT_EQ(item.issues.size(), 1u);
  EXPECT_EQ(item.issues[0].code, Code::limit);
  EXPECT_NE(item.issues[0].detail.find("hits_per_item=1"), std::string::npos);
  EXPECT_TRUE(out.is_partial());
}

TEST_F(CollectorTest, AbsorbedPagesEqualSegmentsInOrder) {
  Collector direct(context, *worker, nullptr), whole(context, *worker, nullptr);
  for (std::uint64_t i = 0; i < 3; ++i) {
    direct.text(segment("x@y bad", i * 7));
    Collector page(context, *worker, nullptr);
    page.text(segment("x@y bad", i * 7));
    whole.absorb(std::move(page));
  }
  ItemRecord a, b;
  direct.move_lists(a, true);
  whole.move_lists(b, true);
  EXPECT_EQ(test::dump({0, 0, true, {a}}), test::dump({0, 0, true, {b}}));
}

TEST_F(CollectorTest, KeepTextRelevantKeepsOnlyItemsWithSomethingInThem) {
  world.profile.keep_text = KeepText::relevant;
  for (const char* text : {"nothing here", "a@b"}) {
    Collector out(context, *worker, nullptr);
    out.text(segment(text, 0));
    ItemRecord item;
    out.move_lists(item, true);
    EXPECT_EQ(item.texts.size(), item.mentions.size());
  }
}

TEST_F(CollectorTest, APageCannotHoldChildren) {
  Collector out(context, *worker, nullptr);
  out.child({}, nullptr);
  EXPECT_TRUE(out.is_partial());
}

}  // namespace
}  // namespace evtriage
