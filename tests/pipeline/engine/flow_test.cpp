// Serial = parallel for any number of threads, any stop and resume, tiny pages, write errors.
#include "pipeline/engine/flow.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/pipeline/engine/fakes.h"

namespace evtriage {
namespace {

void tiny(test::World& world, std::uint64_t page_bytes) {
  world.profile.limits.resident_bytes = 2000;
  world.profile.limits.page_bytes = page_bytes;
  world.profile.limits.margin_bytes = page_bytes / 4;
}

void fill(test::MemorySource& source, unsigned seed) {
  std::mt19937 random(seed);
  for (int i = 0; i < 150; ++i) {
    const std::string name = "dir/f" + std::to_string(i);
    std::string text;
    const std::size_t size = i % 29 == 0 ? 9000 + random() % 9000 : random() % 900;
    while (text.size() < size) text += random() % 11 == 0 ? "bad x@y\n" : random() % 5 == 0 ? "\n" : "word ";
    if (i % 17 == 0) {
      source.add(name + ".box", "box:" + text + "|box:a@b|c");
    } else if (i % 19 == 0) {
      source.add(name, std::make_shared<test::FaultContent>(text, std::vector<ByteRange>{{text.size() / 2, text.size() / 2 + 1}}));
    } else if (i % 23 == 0) {
      source.add_other(name, ItemKind::symlink, "target");
    } else {
      source.add(name, text);
    }
  }
}

std::string serial(std::uint64_t page_bytes, unsigned seed) {
  test::World world;
  tiny(world, page_bytes);
  test::MemorySource source(2000);
  fill(source, seed);
  test::MemoryRecorder recorder;
  const auto end = run_serial(world.input(source, recorder));
  EXPECT_TRUE(end && *end == FlowEnd::finished);
  EXPECT_EQ(recorder.whole.size(), source.entry_count());
  EXPECT_EQ(world.tally.entries, source.entry_count());
  return recorder.all();
}

TEST(Flow, ParallelGivesWhatSerialGives) {
  for (const std::uint64_t page_bytes : {64u, 300u, 4096u}) {
    const std::string expected = serial(page_bytes, 3);
    EXPECT_NE(expected.find("mention"), std::string::npos);
    for (const unsigned threads : {1u, 2u, 3u, 8u}) {
      test::World world;
      tiny(world, page_bytes);
      test::MemorySource source(2000);
      fill(source, 3);
      test::MemoryRecorder recorder;
      const auto end = run_parallel(world.input(source, recorder), threads);
      ASSERT_TRUE(end);
      EXPECT_EQ(*end, FlowEnd::finished);
      EXPECT_TRUE(recorder.all() == expected) << threads << " threads, pages of " << page_bytes;
    }
  }
}

TEST(Flow, StoppedAnywhereAndResumedGivesTheSame) {
  const std::string expected = serial(300, 5);
  for (const std::size_t stop_after : {1u, 33u, 64u, 100u, 149u}) {
    for (const unsigned threads : {0u, 2u}) {
      test::World world;
      tiny(world, 300);
      test::MemorySource source(2000);
      fill(source, 5);
      test::MemoryRecorder recorder;
      recorder.stop = &world.stop;
      recorder.stop_after = stop_after;
      const auto run = [&] {
        return threads == 0 ? run_serial(world.input(source, recorder)) : run_parallel(world.input(source, recorder), threads);
      };
      ASSERT_TRUE(run());
      recorder.stop = nullptr;
      world.stop = false;
      const auto end = run();
      ASSERT_TRUE(end);
      EXPECT_EQ(*end, FlowEnd::finished);
      EXPECT_TRUE(recorder.all() == expected) << "stop after " << stop_after << ", threads " << threads;
    }
  }
}

TEST(Flow, AStopBeforeTheStartExaminesNothing) {
  test::World world;
  world.stop = true;
  test::MemorySource source(2000);
  fill(source, 5);
  test::MemoryRecorder recorder;
  const auto end = run_parallel(world.input(source, recorder), 2);
  ASSERT_TRUE(end);
  EXPECT_EQ(*end, FlowEnd::stopped);
  EXPECT_TRUE(recorder.parts.empty());
}

TEST(Flow, AWriteErrorStopsAndIsReturned) {
  for (const unsigned threads : {0u, 1u, 3u}) {
    test::World world;
    tiny(world, 300);
    test::MemorySource source(2000);
    fill(source, 9);
    test::MemoryRecorder recorder;
    recorder.fail_after = 2;
    const auto end = threads == 0 ? run_serial(world.input(source, recorder)) : run_parallel(world.input(source, recorder), threads);
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().detail, "no space left on device");
    EXPECT_EQ(recorder.frames, 2u);
  }
}

}  // namespace
}  // namespace evtriage
