// The interleaved digests against OpenSSL's: every length round the block's edges, any split, any start of the
// buffer; and a kernel that lies is found out, told, and never used again.
#include "pipeline/engine/stitch.h"

#include <gtest/gtest.h>

#include "pipeline/engine/digest.h"

namespace evtriage {
namespace {

std::string noise(std::size_t size) {
  std::string out(size, '\0');
  std::uint64_t x = 88172645463325252;
  for (char& c : out) {
    x ^= x << 13, x ^= x >> 7, x ^= x << 17;
    c = static_cast<char>(x);
  }
  return out;
}

Digests digest(Hasher& hasher, std::string_view text, std::size_t step) {
  hasher.start();
  for (std::size_t at = 0; at < text.size(); at += step) hasher.update(as_bytes(text.substr(at, step)));
  return hasher.finish();
}

void expect_same(const Digests& a, const Digests& b) {
  EXPECT_EQ(hex_text(*a.md5), hex_text(*b.md5));
  EXPECT_EQ(hex_text(*a.sha1), hex_text(*b.sha1));
  EXPECT_EQ(hex_text(*a.sha256), hex_text(*b.sha256));
}

class Stitch : public testing::Test {
 protected:
  void SetUp() override {
    if (stitched_kernel() == nullptr) GTEST_SKIP() << "this processor has no SHA extensions";
    fast_ = *Hasher::make({}, stitched_kernel());
    openssl_ = *Hasher::make({}, nullptr);
  }
  std::unique_ptr<Hasher> fast_, openssl_;
};

TEST_F(Stitch, IsInUseWhereTheProcessorAllows) {
  EXPECT_TRUE(fast_->interleaved());
  EXPECT_FALSE(openssl_->interleaved());
}

TEST_F(Stitch, EveryLengthRoundTheEdgesOfABlock) {
  const std::string text = noise(4096);
  for (std::size_t size = 0; size <= 300; ++size) {
    const std::string_view part = std::string_view(text).substr(size % 17, size);
    expect_same(digest(*fast_, part, size + 1), digest(*openssl_, part, size + 1));
  }
}

TEST_F(Stitch, AnySplit) {
  const std::string text = noise(100'003);
  const Digests whole = digest(*openssl_, text, text.size());
  for (const std::size_t step : {1, 3, 55, 56, 63, 64, 65, 127, 1000, 65536, 100'003}) {
    expect_same(digest(*fast_, text, step), whole);
  }
}

TEST_F(Stitch, LongStream) {  // the length field needs more than 32 bits
  const std::string block = noise(1u << 20);
  fast_->start();
  openssl_->start();
  for (int i = 0; i < 520; ++i) {
    fast_->update(as_bytes(block));
    openssl_->update(as_bytes(block));
  }
  expect_same(fast_->finish(), openssl_->finish());
}

void liar(StitchedState& state, const std::byte* blocks, std::size_t count) {
  stitched_blocks(state, blocks, count);
  state.sha256[3] ^= 1;
}

TEST_F(Stitch, AKernelThatFailsTheFirstTestIsNotUsed) {
  const auto hasher = *Hasher::make({}, liar);
  EXPECT_FALSE(hasher->interleaved());
  EXPECT_FALSE(hasher->take_disagreement());
  expect_same(digest(*hasher, "abc", 3), digest(*openssl_, "abc", 3));
}

thread_local std::size_t blocks_before_the_fault = 0;

void wears_out(StitchedState& state, const std::byte* blocks, std::size_t count) {
  stitched_blocks(state, blocks, count);
  if (blocks_before_the_fault < count) state.md5[0] ^= 1;
  blocks_before_the_fault -= std::min(blocks_before_the_fault, count);
}

TEST_F(Stitch, AFaultWhileRunningIsFoundByTheAuditAndTold) {
  blocks_before_the_fault = 2000;  // enough for the test at the start
  const auto hasher = *Hasher::make({}, wears_out);
  ASSERT_TRUE(hasher->interleaved());
  int told = 0;
  Digests last;
  for (int i = 0; i < 3000; ++i) {
    last = digest(*hasher, "abc", 3);
    told += hasher->take_disagreement() ? 1 : 0;
  }
  EXPECT_EQ(told, 1);
  EXPECT_FALSE(hasher->interleaved());
  expect_same(last, digest(*openssl_, "abc", 3));
}

}  // namespace
}  // namespace evtriage
