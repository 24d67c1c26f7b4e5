// What cannot be read is zero, is listed, and costs no neighbour.
#include "pipeline/engine/read.h"

#include <gtest/gtest.h>

#include "tests/pipeline/engine/fakes.h"

namespace evtriage {
namespace {

TEST(Read, OneBadSectorCostsItsBlockOnly) {
  const std::string bytes(300'000, 'x');
  const test::FaultContent content(bytes, {{10'000, 10'001}, {290'000, 290'010}});
  std::string out(bytes.size(), '?');
  ReadLog log;
  for (std::uint64_t at = 0; at < bytes.size(); at += read_chunk_bytes) {
    const ByteRange chunk{at, std::min<std::uint64_t>(bytes.size(), at + read_chunk_bytes)};
    read_into(content, chunk, reinterpret_cast<std::byte*>(out.data()) + at, log);
  }
  EXPECT_EQ(log.lost_bytes(), 2 * retry_block_bytes);
  const auto issues = log.take_issues();
  ASSERT_EQ(issues.size(), 2u);
  EXPECT_EQ(issues[0].where, (ByteRange{8192, 12288}));
  EXPECT_EQ(issues[1].where, (ByteRange{286720, 290816}));
  EXPECT_EQ(issues[0].code, Code::io_read);
  EXPECT_EQ(std::count(out.begin(), out.end(), '\0'), 8192);
  EXPECT_EQ(std::count(out.begin(), out.end(), 'x'), 300'000 - 8192);
}

TEST(Read, NeighbouringLossesAreOneIssueAndManyAreBounded) {
  const test::FaultContent dead(std::string(100'000, 'x'), {{0, 100'000}});
  std::string out(100'000, '?');
  ReadLog log;
  read_into(dead, {0, 100'000}, reinterpret_cast<std::byte*>(out.data()), log);
  EXPECT_EQ(log.take_issues().size(), 1u);
  ReadLog many;
  for (std::uint64_t i = 0; i < 5000; ++i) many.lost({3 * i, 3 * i + 1}, {Code::io_read, "bad"});
  EXPECT_EQ(many.lost_bytes(), 5000u);
  const auto issues = many.take_issues();
  EXPECT_EQ(issues.size(), 1001u);
  EXPECT_NE(issues.back().detail.find("4000"), std::string::npos);
}

}  // namespace
}  // namespace evtriage
