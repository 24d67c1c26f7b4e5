// Records: what becomes a segment of its own, and under which name.
#include "extractors/plain/records.h"

#include <gtest/gtest.h>

#include "tests/extractors/plain/run_plain.h"

namespace evtriage {
namespace {

void value(Records& records, std::string_view text) {
  MappedText& out = records.begin_value({}, Records::no_index);
  out.text.append(text).append(1, '\n');
  out.map.append(text.size() + 1, {0, 1}, 0, 0);
  records.end_value();
}

void unit(Records& records, std::string_view key, std::uint64_t index, std::string_view text, bool is_record, bool begins_list) {
  records.open(key, index, records.depth() > 0 && records.children() >= Records::many_children);
  value(records, text);
  records.close(is_record, begins_list);
}

TEST(Records, KeepsAFewPartsTogether) {
  FakeEmit emit(1);
  Records records(emit, Records::Style::json);
  records.open({}, Records::no_index, false);
  value(records, "Ama");
  for (std::uint64_t i = 0; i < 3; ++i) unit(records, {}, i, "number", true, false);
  records.close(false, false);
  EXPECT_EQ(outline(emit), "<$> Ama\nnumber\nnumber\nnumber\n|");
}

TEST(Records, SplitsWhatIsMany) {
  FakeEmit emit(1);
  Records records(emit, Records::Style::json);
  records.open({}, Records::no_index, false);
  value(records, "title");
  records.open("rows", Records::no_index, false);
  for (std::uint64_t i = 0; i < 10; ++i) unit(records, {}, i, "r" + std::to_string(i), true, false);
  records.close(false, false);
  value(records, "end");
  records.close(false, false);
  records.finish();
  ASSERT_EQ(emit.texts.size(), 12u);
  EXPECT_EQ(emit.texts[0].place, "$");
  EXPECT_EQ(emit.texts[1].place, "$.rows[0]");
  EXPECT_EQ(emit.texts[10].place, "$.rows[9]");
  EXPECT_EQ(emit.texts[10].utf8.chars(), "r9\n");
  EXPECT_EQ(emit.texts[11].utf8.chars(), "end\n");
}

TEST(Records, JoinsSmallUnitsOfAList) {
  FakeEmit emit(1);
  Records records(emit, Records::Style::slash);
  records.open("a", Records::no_index, false);
  records.make_list();
  for (std::uint64_t i = 1; i < 6; ++i) unit(records, "p", i, "x", i == 4, false);
  records.close(false, false);
  EXPECT_EQ(outline(emit), "<a/p .. a/p[3]> x\nx\nx\n|<a/p[4]> x\n|<a/p[5]> x\n|");
}

TEST(Records, CountsWhatIsTooDeep) {
  FakeEmit emit(1);
  Records records(emit, Records::Style::keys);
  for (std::size_t i = 0; i < 300'000; ++i) records.open("k", Records::no_index, false);
  value(records, "deep");
  for (std::size_t i = 0; i < 300'000; ++i) records.close(false, false);
  EXPECT_EQ(records.depth(), 0u);
  ASSERT_EQ(emit.texts.size(), 1u);
  EXPECT_TRUE(emit.texts[0].utf8.chars() == "deep\n");
}

TEST(Records, BoundsItsSegments) {
  FakeEmit emit(1);
  Records records(emit, Records::Style::keys);
  records.open({}, Records::no_index, false);
  for (int i = 0; i < 10'000; ++i) value(records, "0123456789");
  records.close(false, false);
  std::uint64_t total = 0;
  for (const TextSegment& segment : emit.texts) {
    EXPECT_LE(segment.utf8.size(), Records::segment_bytes + 16);
    total += segment.utf8.size();
  }
  EXPECT_EQ(total, 110'000u);
}

}  // namespace
}  // namespace evtriage
