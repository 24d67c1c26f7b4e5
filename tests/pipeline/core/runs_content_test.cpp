// Contents made of parts, byte by byte against strings, for every range.
#include "pipeline/core/runs_content.h"

#include <gtest/gtest.h>

#include <limits>

namespace evtriage {
namespace {

std::string bytes_of(const Content& content, ByteRange range) {
  const Result<Blob> bytes = content.read(range);
  return bytes ? std::string(bytes->chars()) : "error";
}

void expect_is(const Content& content, const std::string& wanted) {
  ASSERT_EQ(content.size(), wanted.size());
  for (std::uint64_t begin = 0; begin <= wanted.size(); ++begin) {
    for (std::uint64_t end = begin; end <= wanted.size(); ++end) {
      ASSERT_EQ(bytes_of(content, {begin, end}), wanted.substr(begin, end - begin));
    }
  }
  EXPECT_EQ(bytes_of(content, {0, wanted.size() + 1}), "error");
  EXPECT_EQ(bytes_of(content, {2, 1}), "error");
  EXPECT_EQ(bytes_of(content, {std::numeric_limits<std::uint64_t>::max() - 1, std::numeric_limits<std::uint64_t>::max()}), "error");
}

TEST(RunsContent, IsItsRunsOneAfterTheOther) {
  const ContentPtr whole = resident(std::string("abcdefghij"));
  const RunsContent runs(*whole, {{3, 4}, {0, 1}, {2, std::nullopt}, {1, 0}, {2, 1}, {1, 3}});
  expect_is(runs, std::string("efg\0\0abcd", 9));
  EXPECT_EQ(runs.runs(), (std::vector<DataRun>{{3, 4}, {2, std::nullopt}, {4, 0}}));
}

TEST(RunsContent, MayBeEmpty) { expect_is(RunsContent(*resident(std::string("abc")), {}), ""); }

TEST(RunsContent, ARunThatGoesOnIsNotCopied) {
  const ContentPtr whole = resident(std::string("abcdefghij"));
  const RunsContent runs(*whole, {{3, 0}, {3, 3}});
  EXPECT_EQ(runs.read({1, 5})->view().data(), whole->read({1, 2})->view().data());
}

TEST(JoinedContent, IsItsPartsOneAfterTheOther) {
  expect_is(JoinedContent({resident(std::string("abc")), resident(std::string()), resident(std::string("d")), resident(std::string("efgh"))}), "abcdefgh");
  expect_is(JoinedContent({}), "");
}

}  // namespace
}  // namespace evtriage
