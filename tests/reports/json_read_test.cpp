// The JSON reader: round trip through the canonical writer, refusal of what is no JSON.
#include "reports/json_read.h"

#include <gmock/gmock.h>

#include "pipeline/core/json.h"

namespace evtriage::reports {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(JsonRead, RoundTripThroughTheWriter) {
  const std::string odd = "a\"\\\n\t\x01 é \xF0\x9F\x98\x80 </script>";
  std::string line;
  JsonWriter(line).begin_object().key("a").value(odd).key("b").begin_array().value("x,]").value(odd).end_array().key("c").value(-5).key("d").value(true).end_object();
  const auto row = read_json_object(line);
  ASSERT_TRUE(row);
  EXPECT_EQ(field(*row, "a"), odd);
  EXPECT_THAT(read_json_texts(field(*row, "b")), ElementsAre("x,]", odd));
  EXPECT_EQ(field(*row, "c"), "-5");
  EXPECT_EQ(field(*row, "d"), "true");
  EXPECT_EQ(field(*row, "none"), "");
}

TEST(JsonRead, EscapesOfOthers) {
  const auto row = read_json_object(R"({"k" : "\u00e9\ud83d\ude00\/\ud800"})");
  ASSERT_TRUE(row);
  EXPECT_EQ(field(*row, "k"), "é😀/\ufffd");
}

TEST(JsonRead, NestedValuesStayAsTheyStand) {
  const auto row = read_json_object(R"({"o":{"x":"}"},"n":[[1],{}]})");
  ASSERT_TRUE(row);
  EXPECT_EQ(field(*row, "o"), R"({"x":"}"})");
  EXPECT_EQ(field(*row, "n"), "[[1],{}]");
}

TEST(JsonRead, EveryTruncationIsRefused) {
  const std::string whole = R"({"a":"x\u0041","b":["y",1],"c":{"d":2}})";
  ASSERT_TRUE(read_json_object(whole));
  for (std::size_t n = 0; n < whole.size(); ++n) EXPECT_FALSE(read_json_object(std::string_view(whole).substr(0, n))) << n;
  EXPECT_FALSE(read_json_object(whole + "x"));
}

TEST(JsonRead, WhatIsNoListIsEmpty) {
  for (const auto* text : {"", "[]", "{}", "x", "[\"a", "null"}) EXPECT_THAT(read_json_texts(text), IsEmpty()) << text;
}

}  // namespace
}  // namespace evtriage::reports
