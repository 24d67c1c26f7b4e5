// What is canonical is read; every other way to say the same is refused.
#include "pipeline/custody/canonical_json.h"

#include <gtest/gtest.h>

namespace evtriage {
namespace {

TEST(CanonicalJson, ReadsWhatIsCanonical) {
  for (const char* text : {"{}", "[]", "0", "18446744073709551615", R"({"a":"x\n\"\\\u0001","b":[1,{"c":""}]})",
                           "\"\xd9\x85\xf0\x9f\x98\x80\""}) {
    auto value = read_canonical(text);
    ASSERT_TRUE(value) << text;
    EXPECT_EQ(write_canonical(*value), text);
  }
  EXPECT_EQ(read_canonical(R"({"a":"x"})")->text_of("a"), "x");
}

TEST(CanonicalJson, RefusesAllElse) {
  for (const char* text : {"", " {}", "{} ", R"({"b":1,"a":2})", R"({"a":1,"a":1})", R"("\u0041")", R"("\/")", "01", "-1",
                           "1.0", "18446744073709551616", "null", "[1,]", "{\"a\"}", "\"\x01\"", "\"\xff\"", "\"a",
                           R"("\u001F")", "[[[[[[[[[[1]]]]]]]]]]"}) {
    EXPECT_FALSE(read_canonical(text)) << text;
  }
}

}  // namespace
}  // namespace evtriage
