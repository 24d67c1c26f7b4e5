// Result: value or error, also for void; the eight codes have the contract's names.
#include "pipeline/core/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace evtriage {
namespace {

TEST(Result, CarriesAValueOrAnError) {
  Result<std::unique_ptr<int>> good(std::make_unique<int>(7));
  ASSERT_TRUE(good);
  const std::unique_ptr<int> taken = *std::move(good);
  EXPECT_EQ(*taken, 7);
  const Result<int> bad = Error{Code::limit, "too deep"};
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().detail, "too deep");
  EXPECT_TRUE(Result<void>());
  EXPECT_EQ(Result<void>(Error{Code::io_read, "x"}).error().code, Code::io_read);
}

TEST(Code, HasTheContractsNames) {
  EXPECT_EQ(to_string(Code::io_read), "io_read");
  EXPECT_EQ(to_string(Code::corrupt), "corrupt");
  EXPECT_EQ(to_string(Code::truncated), "truncated");
  EXPECT_EQ(to_string(Code::unsupported), "unsupported");
  EXPECT_EQ(to_string(Code::encrypted), "encrypted");
  EXPECT_EQ(to_string(Code::limit), "limit");
  EXPECT_EQ(to_string(Code::crash), "crash");
  EXPECT_EQ(to_string(Code::internal), "internal");
}

}  // namespace
}  // namespace evtriage
