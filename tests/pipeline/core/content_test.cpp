// Blob and Resident: slices outlive their origin and clamp; reads past the end are values.
#include "pipeline/core/content.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace evtriage
