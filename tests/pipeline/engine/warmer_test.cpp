// Batches whose first file was in the cache are left alone; others are read whole; stopping is clean.
#include "pipeline/engine/warmer.h"

#include <gtest/gtest.h>

#include "tests/pipeline/engine/fakes.h"

namespace evtriage {
namespace {

TEST(Warmer, ProbesFirstAndReadsTheRestOnlyIfItWasCold) {
  test::MemorySource source(1000);  // even ordinals count as cached
  for (int i = 0; i < 6; ++i) source.add(std::to_string(i), std::string("x"));
  const auto cached = source.entries(0, 3), cold = source.entries(3, 3);
  {
    Warmer warmer(source, 2);
    warmer.ahead(std::make_shared<const Batch>(*cached));
    while (source.warmed < 1) std::this_thread::yield();
    warmer.ahead(std::make_shared<const Batch>(*cold));
    while (source.warmed < 4) std::this_thread::yield();
  }
  EXPECT_EQ(source.warmed, 4u);
}

TEST(Warmer, EndsAtOnceWithWorkLeft) {
  test::MemorySource source(1000);
  for (int i = 0; i < 1000; ++i) source.add(std::to_string(i), std::string("x"));
  const auto entries = source.entries(0, 1000);
  for (int round = 0; round < 20; ++round) {
    Warmer warmer(source);
    for (int i = 0; i < 100; ++i) warmer.ahead(std::make_shared<const Batch>(*entries));
  }
  SUCCEED();
}

}  // namespace
}  // namespace evtriage
