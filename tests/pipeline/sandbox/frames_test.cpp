// Frames: what was said comes out again, in pieces of any size; every truncation and every flipped byte is refused or
// is another valid saying, never a broken one (FakeEmit asserts the contract of each call).
#include <gtest/gtest.h>

#include "pipeline/sandbox/frame_player.h"
#include "pipeline/sandbox/frame_writer.h"
#include "tests/pipeline/sandbox/cage_support.h"

namespace evtriage::sandbox {
namespace {

using test::dump;
using Verdict = FramePlayer::Verdict;

const std::string item = "0123456789abcdef";

struct Collected final : FrameSink {
  void put(std::string_view piece) override { bytes += piece; }
  void frame_ends() override { ends.push_back(bytes.size()); }
  std::string bytes;
  std::vector<std::size_t> ends;
};

struct Said {
  Verdict verdict = Verdict::fine;
  std::string dump, fault;
  bool whole = false;
};

Said play(std::string_view bytes, std::size_t piece = ~std::size_t{0}, std::uint64_t budget = 1 << 20) {
  const auto content = resident(item);
  FakeEmit emit(item.size());
  FramePlayer player(*content, emit, budget, "test");
  Said said;
  while (!bytes.empty() && said.verdict == Verdict::fine) {
    said.verdict = player.take(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
  said.dump = dump(emit);
  said.fault = player.fault();
  said.whole = player.is_between_frames();
  return said;
}

// A saying of every kind; with it the same said directly.
Collected everything(FakeEmit& directly) {
  Collected out;
  FrameWriter writer(out, item.size());
  OffsetMap map;
  map.append(4, {0, 2}, 2, 1);
  map.append(3, {3, 9}, 0, 0);
  TextSegment segment = TextSegment::of(Blob::own(std::string("\xc3\xa9\xc3\xa8" "abc")), map, "body");
  segment.place = "page 1";
  segment.is_message = true;
  TextSegment whole = TextSegment::of(Blob::own(item), OffsetMap::identity(item.size()), "body");
  whole.is_whole_item = true;
  Child child;
  child.step = {StepKind::part, 1, 512, "raw \xff"};
  child.kind = ItemKind::attachment;
  child.modified_ns = -7;
  child.extent = ByteRange{2, 5};
  Child second;
  second.step = {StepKind::member, 2, {}, "second"};
  const MessageRecord message{"sms", "c", "s", {"r", "q"}, 5, "in", "b", true, {"a"}};
  const Issue issue{Code::encrypted, "stage", "detail", ByteRange{1, 2}, false};
  for (const TextSegment* text : {&segment, &whole}) {
    writer.text(*text);
    directly.text(*text);
  }
  writer.child(child, ChildBytes::extent);
  directly.child(child, resident("234"));
  writer.spool_open(5);
  writer.spool_open(6);
  writer.spool_data(5, "spo");
  writer.spool_data(5, "oled");
  writer.spool_drop(6);
  writer.child(second, ChildBytes::spool, {.slot = 5});
  directly.child(second, resident("spooled"));
  second.step.number = 3;
  writer.child(second, ChildBytes::here, {.bytes = "here"});
  directly.child(second, resident("here"));
  second.step.number = 4;
  writer.child(second, ChildBytes::none);
  directly.child(second, nullptr);
  writer.property("dc:title", "a title");
  directly.property("dc:title", "a title");
  writer.message(message);
  directly.message(message);
  writer.issue(issue);
  directly.issue(issue);
  writer.encrypted();
  directly.encrypted();
  return out;
}

TEST(Frames, RoundTripInPiecesOfAnySize) {
  FakeEmit directly(item.size());
  const Collected said = everything(directly);
  for (const std::size_t piece : {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{100}, ~std::size_t{0}}) {
    const Said heard = play(said.bytes, piece);
    EXPECT_EQ(heard.verdict, Verdict::fine) << heard.fault;
    EXPECT_EQ(heard.dump, dump(directly));
    EXPECT_TRUE(heard.whole);
  }
}

TEST(Frames, EveryTruncationLosesOnlyTheLastFrame) {
  FakeEmit directly(item.size());
  const Collected said = everything(directly);
  for (std::size_t size = 0; size <= said.bytes.size(); ++size) {
    const Said heard = play(std::string_view(said.bytes).substr(0, size));
    EXPECT_EQ(heard.verdict, Verdict::fine);
    const bool at_end = size == 0 || std::find(said.ends.begin(), said.ends.end(), size) != said.ends.end();
    EXPECT_EQ(heard.whole, at_end) << size;
  }
}

TEST(Frames, TruncatedPayloadsAreMalformed) {
  FakeEmit directly(item.size());
  const Collected said = everything(directly);
  std::size_t begin = 0, checked = 0;
  for (const std::size_t end : said.ends) {
    const std::string frame = said.bytes.substr(begin, end - begin);
    const auto kind = static_cast<FrameKind>(frame[0]);
    // What ends in bytes of any length cannot show that some are missing, except for its fields.
    const bool open_ended = kind == FrameKind::spool_data || (kind == FrameKind::child && frame.ends_with("here"));
    for (std::size_t cut = 1; !open_ended && cut + frame_header <= frame.size(); ++cut) {
      std::string shorter = frame.substr(0, frame.size() - cut);
      shorter[1] = static_cast<char>(shorter.size() - frame_header);
      const Said heard = play(said.bytes.substr(0, begin) + shorter);
      if (kind != FrameKind::text || cut > item.size()) {
        EXPECT_EQ(heard.verdict, Verdict::malformed) << static_cast<int>(kind) << " " << cut;
      }
      ++checked;
    }
    begin = end;
  }
  EXPECT_GT(checked, 150u);
}

TEST(Frames, EveryFlippedByteIsSafe) {
  FakeEmit directly(item.size());
  const Collected said = everything(directly);
  std::size_t refused = 0;
  for (std::size_t at = 0; at < said.bytes.size(); ++at) {
    for (const int flip : {0x01, 0x02, 0x10, 0x80, 0xff, 0x7f}) {
      std::string bytes = said.bytes;
      bytes[at] = static_cast<char>(bytes[at] ^ flip);
      refused += play(bytes).verdict == Verdict::malformed ? 1 : 0;
    }
  }
  EXPECT_GT(refused, said.bytes.size());
}

TEST(Frames, BudgetCountsRowsAndRefusedBytes) {
  Collected out;
  FrameWriter writer(out, item.size());
  for (int i = 0; i < 100; ++i) writer.encrypted();
  EXPECT_EQ(play(out.bytes, 50, 6400).verdict, Verdict::fine);
  EXPECT_EQ(play(out.bytes, 50, 6399).verdict, Verdict::over_budget);
  out.bytes.clear();
  writer.property("n", std::string(10'000, 'x'));
  EXPECT_EQ(play(out.bytes, 500, 9'999).verdict, Verdict::over_budget);
  out.bytes.clear();
  writer.spool_open(0);
  writer.spool_data(0, std::string(100'000, 'x'));
  EXPECT_EQ(play(out.bytes, 500, 10'000).verdict, Verdict::fine);
}

std::string fault_of(std::string_view payload, FrameKind kind) {
  std::string bytes(1, static_cast<char>(kind));
  for (unsigned i = 0; i < 4; ++i) bytes += static_cast<char>(payload.size() >> (8 * i) & 0xff);
  const Said said = play(bytes + std::string(payload));
  EXPECT_EQ(said.verdict, Verdict::malformed);
  EXPECT_EQ(said.dump, "");
  return said.fault;
}

TEST(Frames, FaultsAreNamed) {
  EXPECT_EQ(fault_of("x", FrameKind::encrypted), "a frame with bytes left over");
  EXPECT_EQ(fault_of("", static_cast<FrameKind>(0)), "a frame of unknown kind");
  EXPECT_EQ(fault_of("", static_cast<FrameKind>(10)), "a frame of unknown kind");
  EXPECT_EQ(fault_of("\x01", FrameKind::property), "a frame with a broken field");
  EXPECT_EQ(fault_of("\x01\xff\x01" "a", FrameKind::property), "a string that is not UTF-8");
  EXPECT_EQ(fault_of("\x20", FrameKind::spool_open), "a spool that cannot be");
  EXPECT_EQ(fault_of("\x02", FrameKind::spool_drop), "a spool that is not open");
  EXPECT_EQ(fault_of("\x02" "abc", FrameKind::spool_data), "bytes for a spool that is not open");
  EXPECT_EQ(fault_of(std::string_view("\x08\x00\x00\x00", 4), FrameKind::issue), "a value outside its list");
  EXPECT_EQ(fault_of(std::string_view("\x00\x03\x00\x00\x11\x00", 6), FrameKind::issue), "a range outside of what it is a range of");
  const std::string huge("\x06\xff\xff\xff\xff", 5);
  EXPECT_EQ(play(huge).fault, "a frame that is too long");
}

TEST(Frames, LongTextsAreCutAtLineEnds) {
  Collected out;
  FrameWriter writer(out, item.size());
  std::string text;
  while (text.size() < 10'000'000) text += "a line of \xe2\x82\xac uros\n";
  OffsetMap map;
  map.append(text.size(), {1, 9}, 0, 0);
  TextSegment segment = TextSegment::of(Blob::own(text), map, "body");
  segment.owned = {5, text.size() - 5};
  writer.text(segment);
  const auto content = resident(item);
  FakeEmit emit(item.size());
  FramePlayer player(*content, emit, 1 << 30, "test");
  EXPECT_EQ(player.take(out.bytes), Verdict::fine);
  std::string joined;
  std::uint64_t owned = 0;
  for (const TextSegment& part : emit.texts) {
    EXPECT_TRUE(part.utf8.chars().ends_with('\n'));
    EXPECT_EQ(part.map.to_source({0, 1}), (ByteRange{1, 9}));
    joined += part.utf8.chars();
    owned += part.owned.size();
  }
  EXPECT_EQ(joined, text);
  EXPECT_EQ(owned, text.size() - 10);
  EXPECT_EQ(emit.texts.size(), 3u);
  EXPECT_TRUE(emit.issues.empty());
}

TEST(Frames, CutMapsLeadWhereTheWholeOneLed) {
  Collected out;
  const std::uint64_t size = 30'000'000;
  FrameWriter writer(out, size);
  const std::string text(9'000'001, 'x');
  OffsetMap map;
  for (std::uint64_t at = 0; at < text.size(); at += 3) {  // three million runs, units of every sort
    const std::uint64_t n = std::min<std::uint64_t>(3, text.size() - at);
    map.append(n, {3 * at, 3 * at + n}, static_cast<std::uint8_t>(at % 4), static_cast<std::uint8_t>(at % 4));
  }
  writer.text(TextSegment::of(Blob::own(text), map, "body"));
  const auto content = resident(std::string(size, ' '));
  FakeEmit emit(size);
  FramePlayer player(*content, emit, 1 << 30, "test");
  EXPECT_EQ(player.take(out.bytes), Verdict::fine) << player.fault();
  std::uint64_t at = 0;
  for (const TextSegment& part : emit.texts) {
    for (std::uint64_t i = 0; i < part.utf8.size(); i += 997) {
      ASSERT_EQ(part.map.to_source({i, i + 1}), map.to_source({at + i, at + i + 1})) << at << "+" << i;
    }
    at += part.utf8.size();
  }
  EXPECT_EQ(at, text.size());
}

}  // namespace
}  // namespace evtriage::sandbox
