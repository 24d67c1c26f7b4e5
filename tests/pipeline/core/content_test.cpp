// Blob and Resident: slices outlive their origin and clamp; reads past the end are values.
#include "pipeline/core/content.h"

#include <gtest/gtest.h>

#include <utility>

#include "pipeline/core/range_content.h"

namespace evtriage {
namespace {

TEST(Blob, ASliceOutlivesItsOrigin) {
  Blob slice;
  {
    const Blob whole = Blob::own(std::string("a passport held until the debt is paid, far beyond small strings"));
    slice = whole.slice(2, 8);
  }
  EXPECT_EQ(slice.chars(), "passport");
}

TEST(Blob, SlicesClamp) {
  const Blob blob = Blob::own(std::string("abc"));
  EXPECT_EQ(blob.slice(1, 99).chars(), "bc");
  EXPECT_EQ(blob.slice(99, 1).chars(), "");
  EXPECT_EQ(blob.slice(1, ~std::uint64_t{0}).chars(), "bc");
  EXPECT_TRUE(Blob().empty());
}

TEST(Resident, ReadsExactlyOrSaysWhy) {
  const ContentPtr content = resident("abcdef");
  EXPECT_EQ(content->size(), 6u);
  EXPECT_EQ((*content->read({2, 4})).chars(), "cd");
  EXPECT_EQ((*content->read({6, 6})).chars(), "");
  const auto past = content->read({4, 7});
  ASSERT_FALSE(past);
  EXPECT_EQ(past.error().code, Code::truncated);
  EXPECT_FALSE(content->read({4, 3}));
}

TEST(RangeContent, IsTheRangeAndNothingElse) {
  const ContentPtr whole = resident(std::string("0123456789"));
  const RangeContent part(*whole, {2, 7});
  EXPECT_EQ(part.size(), 5u);
  EXPECT_EQ(part.read({0, 5})->chars(), "23456");
  EXPECT_EQ(part.read({4, 4})->chars(), "");
  EXPECT_EQ(part.read({0, 6}).error().code, Code::truncated);
  EXPECT_EQ(part.read({3, 2}).error().code, Code::truncated);
}

TEST(RangeContent, KeepsItsGroundIfAsked) {
  ContentPtr whole = resident(std::string("0123456789"));
  const RangeContent part(std::exchange(whole, nullptr), {8, 10});
  EXPECT_EQ(part.read({0, 2})->chars(), "89");
}

}  // namespace
}  // namespace evtriage
