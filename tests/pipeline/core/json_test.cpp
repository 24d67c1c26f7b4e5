// Canonical JSON: the string vector of RFC 8785 section 3.2.2.2, and structure.
#include "pipeline/core/json.h"

#include <gtest/gtest.h>

namespace evtriage {
namespace {

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

TEST(Json, EscapesAsRfc8785Does) {
  // RFC 8785, 3.2.2.2: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/" canonicalises to the line below.
  EXPECT_EQ(quoted("\xE2\x82\xAC$\x0F\nA'B\"\\\\\"/"), "\"\xE2\x82\xAC$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
  EXPECT_EQ(quoted(std::string_view("\0\b\t\f\r\x1f\x7f", 7)), "\"\\u0000\\b\\t\\f\\r\\u001f\x7f\"");
}

TEST(Json, InvalidBytesBecomeReplacementCharacters) {
  EXPECT_EQ(quoted("a\xff\xfe" "b"), "\"a\xEF\xBF\xBD\xEF\xBF\xBD" "b\"");
  EXPECT_EQ(quoted("\xC3"), "\"\xEF\xBF\xBD\"");
}

TEST(Json, WritesNestedStructures) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("a").begin_array().value(1).value(-2).value("x").begin_object().end_object().end_array();
  json.key("b").value(true).key("c").begin_array().end_array().key("d").value(~std::uint64_t{0}).end_object();
  EXPECT_EQ(out, R"({"a":[1,-2,"x",{}],"b":true,"c":[],"d":18446744073709551615})");
}

}  // namespace
}  // namespace evtriage
