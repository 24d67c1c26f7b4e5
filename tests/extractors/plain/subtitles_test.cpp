// Subtitles of five kinds: cues with their times, marks of style dropped, names of speakers kept.
#include <gtest/gtest.h>

#include "tests/extractors/plain/run_plain.h"

namespace evtriage {
namespace {

FakeEmit subtitles(const std::string& bytes) { return run_plain(extract_subtitles, bytes, "a.srt"); }

TEST(Subtitles, SubRip) {
  const std::string bytes = "\xEF\xBB\xBF" "1\r\n00:01:02,000 --> 00:01:04,500\r\n<i>Pay</i> first\r\n{\\an8}then go\r\n\r\n2\r\n00:01:05,000 --> 00:01:06,000\r\n1000\r\n";
  const FakeEmit emit = subtitles(bytes);
  EXPECT_EQ(outline(emit), "<00:01:02,000> Pay first\nthen go|<00:01:05,000> 1000|");
  EXPECT_EQ(emit.source_of("then go", bytes), "then go");
}

TEST(Subtitles, WebVtt) {  // WebVTT, sections 1.1 and 1.4
  EXPECT_EQ(outline(subtitles("WEBVTT\n\nid-1\n00:11.000 --> 00:13.000 align:start\n<v Roger Bingham>We are in New York City &amp; more\n\nNOTE a remark\n")),
            "<> WEBVTT|<> id-1|<00:11.000> Roger Bingham: We are in New York City & more|<> NOTE a remark|");
}

TEST(Subtitles, SubStation) {
  EXPECT_EQ(outline(subtitles("[Script Info]\nTitle: Film\n\n[Events]\nFormat: Layer, Start\nDialogue: 0,0:00:01.00,0:00:03.00,Default,Ama,0,0,0,,{\\i1}Bring{\\i0} the papers,\\Nall of them\n")),
            "<> [Script Info]\nTitle: Film|<> [Events]\nFormat: Layer, Start|<0:00:01.00> Ama: Bring the papers,\nall of them|");
}

TEST(Subtitles, Frames) {
  EXPECT_EQ(outline(subtitles("{10}{50}{y:i}First|second line\n{60}{90}Third\n")), "<frame 10> First\nsecond line|<frame 60> Third|");
  EXPECT_EQ(outline(subtitles("00:00:01.00,00:00:04.00\nGo now\n")), "<00:00:01.00> Go now|");
}

TEST(Subtitles, AnyTextIsRead) {
  EXPECT_EQ(all_text(subtitles("A letter, no film.\nCall 5:30 at home.")), "A letter, no film.\nCall 5:30 at home.");
  torment(extract_subtitles, "1\n00:01:02,000 --> 00:01:04\n<v A>&lt;{\\b}|\\N\n\n{1}{2}x|y\nDialogue: 0,0:00:01.00,,,,,,,,z\n");
}

}  // namespace
}  // namespace evtriage
