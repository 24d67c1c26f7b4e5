#include "pipeline/partner/row_fields.h"

#include <gtest/gtest.h>

#include "pipeline/core/json.h"

namespace evtriage {
namespace {

TEST(RowFields, NamesAndValuesAsTheyStand) {
  const auto fields = row_fields(R"({"a":"x,}\"]","b":[1,"]",{"c":"}"}],"d":-5,"e":false,"f":{}})");
  ASSERT_EQ(fields.size(), 5u);
  EXPECT_EQ(fields[0].value, R"("x,}\"]")");
  EXPECT_EQ(fields[1].value, R"([1,"]",{"c":"}"}])");
  EXPECT_EQ(fields[2].value, "-5");
  EXPECT_EQ(row_value(fields, "e"), "false");
  EXPECT_EQ(row_value(fields, "f"), "{}");
  EXPECT_EQ(row_value(fields, "g"), "");
  EXPECT_TRUE(row_fields("{}").empty());
}

TEST(RowFields, WhatIsNoObjectGivesNothing) {
  for (const char* line : {"", "{", "}", "[]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}x", "{\"a\":\"}", "{\"a\":1\"b\":2}", "{\"a\":[1}", "{\"a\\", "{\"a\\\":1}", "{\"a\":]}"}) {
    for (const auto& field : row_fields(line)) EXPECT_FALSE(field.name.empty()) << line;
  }
  EXPECT_TRUE(row_fields("{\"a\":1").empty());
  EXPECT_TRUE(row_fields("{\"a\":1,\"b\"}").empty());
}

}  // namespace
}  // namespace evtriage
