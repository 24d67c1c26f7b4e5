// A line is canonical, carries its own digest, and no byte of it can change unseen.
#include "pipeline/custody/event_line.h"

#include <gtest/gtest.h>

namespace evtriage {
namespace {

TEST(EventLine, FormAndDigest) {
  auto line = event_line({"opened", {{"label", "EX1"}, {"name", "a\xff"}}}, 1, first_prev, 0);
  ASSERT_TRUE(line);
  const std::string rest = R"({"action":"opened","label":"EX1","name":"a\\xFF","prev":")" + std::string(64, '0') +
                           R"(","seq":1,"time":"1970-01-01T00:00:00Z"})";
  std::string wanted = rest;
  wanted.insert(std::string(R"({"action":"opened")").size(), ",\"digest\":\"" + hex(sha256(rest)) + "\"");
  EXPECT_EQ(*line, wanted);
  EXPECT_TRUE(check_event_line(*line, 1, first_prev));
  EXPECT_FALSE(check_event_line(*line, 2, first_prev));
  EXPECT_FALSE(check_event_line(*line, 1, std::string(64, '1')));
  for (std::size_t i = 0; i < line->size(); ++i) {
    std::string flipped = *line;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    EXPECT_FALSE(check_event_line(flipped, 1, first_prev)) << i;
  }
}

TEST(EventLine, OwnNamesAreNotForFields) {
  for (const char* name : {"action", "digest", "prev", "seq", "time"}) {
    EXPECT_FALSE(event_line({"x", {{name, "y"}}}, 1, first_prev, 0)) << name;
  }
  EXPECT_FALSE(event_line({"x", {{"a", "1"}, {"a", "2"}}}, 1, first_prev, 0));
}

}  // namespace
}  // namespace evtriage
