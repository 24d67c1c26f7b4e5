// Sets of ranges against a bitmap, for all that a small world can hold.
#include <gtest/gtest.h>

#include <array>
#include <random>

#include "extractors/disk/space.h"

namespace evtriage::disk {
namespace {

constexpr std::size_t world = 40;
using Bits = std::array<int, world>;

Bits bits_of(const RangeSet& set) {
  Bits out{};
  for (const ByteRange& range : set.ranges()) {
    for (std::uint64_t i = range.begin; i < range.end; ++i) ++out[i];
  }
  return out;
}

struct Both {
  RangeSet set;
  Bits counts{};
};

Both random_set(std::mt19937& dice) {
  Both out;
  for (unsigned n = dice() % 8; n > 0; --n) {
    const std::uint64_t begin = dice() % world, end = begin + dice() % (world - begin + 1);
    out.set.add({begin, end});
    for (std::uint64_t i = begin; i < end; ++i) ++out.counts[i];
  }
  return out;
}

TEST(RangeSet, IsTheBitmap) {
  std::mt19937 dice(1);
  for (int round = 0; round < 3000; ++round) {
    Both a = random_set(dice), b = random_set(dice);
    RangeSet copy = a.set;
    const Bits twice = bits_of(copy.doubled());
    a.set.settle();
    b.set.settle();
    const Bits once = bits_of(a.set), rest = bits_of(a.set.without(b.set));
    for (std::size_t i = 0; i < world; ++i) {
      ASSERT_EQ(once[i], a.counts[i] > 0);
      ASSERT_EQ(twice[i], a.counts[i] > 1);
      ASSERT_EQ(rest[i], a.counts[i] > 0 && b.counts[i] == 0);
    }
    const std::uint64_t begin = dice() % world, end = begin + dice() % (world - begin);
    bool any = false, all = true;
    for (std::uint64_t i = begin; i < end; ++i) {
      any = any || a.counts[i] > 0;
      all = all && a.counts[i] > 0;
    }
    ASSERT_EQ(a.set.touches({begin, end}), any);
    ASSERT_EQ(a.set.covers({begin, end}), all);
  }
}

}  // namespace
}  // namespace evtriage::disk
