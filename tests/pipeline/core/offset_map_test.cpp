// OffsetMap against a slow obvious oracle: one source range for each text byte.
#include "pipeline/core/offset_map.h"

#include <gtest/gtest.h>

#include <random>

namespace evtriage {
namespace {

struct Slow {  // the oracle: for each text byte the source range of its unit
  std::vector<ByteRange> of;
  void append(std::uint64_t length, ByteRange source, std::uint8_t text_unit, std::uint8_t source_unit) {
    for (std::uint64_t i = 0; i < length; ++i) {
      if (text_unit == 0) {
        of.push_back(source);
      } else {
        const std::uint64_t unit = i / text_unit;
        of.push_back({source.begin + unit * source_unit, source.begin + (unit + 1) * source_unit});
      }
    }
  }
  ByteRange to_source(ByteRange text) const {
    ByteRange out = of[text.begin];
    for (std::uint64_t i = text.begin; i < text.end; ++i) {
      out.begin = std::min(out.begin, of[i].begin);
      out.end = std::max(out.end, of[i].end);
    }
    return out;
  }
};

struct Pair {
  OffsetMap fast;
  Slow slow;
  std::uint64_t source_size = 0;
};

Pair random_map(std::mt19937& random, std::uint64_t least_text) {
  constexpr std::uint8_t units[][2] = {{1, 1}, {1, 2}, {2, 1}, {2, 2}, {3, 2}, {0, 0}};
  Pair pair;
  while (pair.slow.of.size() < least_text) {
    const auto& unit = units[random() % 6];
    const std::uint64_t count = 1 + random() % 5;
    const std::uint64_t text = unit[0] ? count * unit[0] : count;
    const std::uint64_t source = unit[0] ? count * unit[1] : 1 + random() % 6;
    if (random() % 4 == 0) pair.source_size += random() % 7;  // bytes that left no text
    const ByteRange range{pair.source_size, pair.source_size + source};
    pair.fast.append(text, range, unit[0], unit[1]);
    pair.slow.append(text, range, unit[0], unit[1]);
    pair.source_size += source;
  }
  return pair;
}

TEST(OffsetMap, EqualsTheOracleOnEveryRange) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    const Pair pair = random_map(random, 30);
    const std::uint64_t size = pair.slow.of.size();
    ASSERT_EQ(pair.fast.text_size(), size);
    for (std::uint64_t begin = 0; begin < size; ++begin) {
      for (std::uint64_t end = begin + 1; end <= size; ++end) {
        ASSERT_EQ(pair.fast.to_source({begin, end}), pair.slow.to_source({begin, end})) << begin << ".." << end;
      }
    }
  }
}

TEST(OffsetMap, CompositionCoversWhatTwoLookUpsGive) {
  std::mt19937 random(8);
  for (int round = 0; round < 200; ++round) {
    const Pair inner = random_map(random, 60);
    OffsetMap outer;
    for (std::uint64_t at = 0; at < 50;) {
      const std::uint64_t n = 1 + random() % 6;
      if (random() % 3 == 0) {
        outer.append(n, {at, at + 2}, 0, 0);
        at += 2;
      } else {
        outer.append(n, {at, at + n});
        at += n;
      }
    }
    const OffsetMap both = OffsetMap::compose(outer, inner.fast);
    ASSERT_EQ(both.text_size(), outer.text_size());
    for (std::uint64_t begin = 0; begin < outer.text_size(); ++begin) {
      for (std::uint64_t end = begin + 1; end <= outer.text_size(); ++end) {
        const ByteRange expected = inner.fast.to_source(outer.to_source({begin, end}));
        const ByteRange found = both.to_source({begin, end});
        ASSERT_LE(found.begin, expected.begin);
        ASSERT_GE(found.end, expected.end);
        ASSERT_LE(found.end - found.begin, expected.end - expected.begin + 12) << "no wider than a unit on each side";
      }
    }
  }
}

TEST(OffsetMap, IdentityIsOneRun) {
  OffsetMap map = OffsetMap::identity(10, 100);
  map.append(5, {110, 115});
  EXPECT_EQ(map.runs().size(), 1u);
  EXPECT_EQ(map.to_source({3, 12}), (ByteRange{103, 112}));
  EXPECT_EQ(map.to_source({4, 4}), (ByteRange{104, 104}));
  EXPECT_EQ(map.to_source({15, 15}), (ByteRange{115, 115}));
  EXPECT_EQ(map.to_source({14, 99}), (ByteRange{114, 115}));
  EXPECT_EQ(OffsetMap().to_source({1, 2}), ByteRange{});
}

// A mail of 60 MB, every second letter quoted-printable, took 2 GB.
TEST(OffsetMap, ManyRunsBecomeWiderInsteadOfMore) {
  OffsetMap map;
  constexpr std::uint64_t pairs = 3'000'000;
  for (std::uint64_t i = 0; i < pairs; ++i) {  // "=41a": one letter of three bytes, one of one
    map.append(1, {4 * i, 4 * i + 3}, 0, 0);
    map.append(1, {4 * i + 3, 4 * i + 4});
  }
  EXPECT_EQ(map.text_size(), 2 * pairs);
  EXPECT_LT(map.runs().size(), 600'000u);
  EXPECT_EQ(map.to_source({1001, 1002}), (ByteRange{2003, 2004})) << "the first half million runs are exact";
  for (const std::uint64_t at : {2 * pairs - 1, pairs, pairs + 4097, std::uint64_t{1'000'001}}) {
    const ByteRange exact = at % 2 == 0 ? ByteRange{2 * at, 2 * at + 3} : ByteRange{2 * at + 1, 2 * at + 2};
    const ByteRange wide = map.to_source({at, at + 1});
    EXPECT_LE(wide.begin, exact.begin);
    EXPECT_GE(wide.end, exact.end);
    EXPECT_LE(wide.size(), 8192u);
  }
  const OffsetMap through = OffsetMap::compose(OffsetMap::identity(2 * pairs), map);
  EXPECT_LT(through.runs().size(), 600'000u);
}

}  // namespace
}  // namespace evtriage
