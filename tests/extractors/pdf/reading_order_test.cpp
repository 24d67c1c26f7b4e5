// Reading order: what the library writes for a line, and how the line was typed (UAX 9 in a browser as the oracle).
#include <gtest/gtest.h>

#include "extractors/pdf/reading_order.h"

namespace evtriage {
namespace {

const std::string rle = "\xE2\x80\xAB", lre = "\xE2\x80\xAA", pop = "\xE2\x80\xAC";

TEST(ReadingOrder, NumbersInsideArabic) {
  // Left-to-right page: runs stand where they are seen, each turned by itself.
  EXPECT_EQ(in_reading_order(rle + " ثانية" + pop + "0142 555 91 218+ " + rle + "اتصل" + pop + "\n"), "اتصل +218 91 555 0142 ثانية\n");
  // Right-to-left page: the whole line is one embedding.
  EXPECT_EQ(in_reading_order(rle + "اتصل +" + lre + "0142 555 91 218" + pop + " ثانية" + pop), "اتصل +218 91 555 0142 ثانية");
  EXPECT_EQ(in_reading_order(rle + "اتصل " + lre + "+218 91 555 0142" + pop + " ثانية" + pop), "اتصل +218 91 555 0142 ثانية") << "typed left to right";
  EXPECT_EQ(in_reading_order(rle + "اتصل " + lre + "091 555 2142" + pop + pop), "اتصل 091 555 2142") << "a leading 0 stands first";
  EXPECT_EQ(in_reading_order(rle + "يوم " + lre + "15/01/2026" + pop + pop), "يوم 15/01/2026");
}

TEST(ReadingOrder, MixedLines) {
  EXPECT_EQ(in_reading_order("The word " + rle + " مرحبا" + pop + "stands"), "The word مرحبا stands");
  EXPECT_EQ(in_reading_order(rle + "زوروا " + lre + "example.org 24" + pop + " اليوم" + pop), "زوروا example.org 24 اليوم");
  EXPECT_EQ(in_reading_order("no marks, nothing to do\n\n"), "no marks, nothing to do\n\n");
}

TEST(ReadingOrder, AnyMarksEndWell) {
  EXPECT_EQ(in_reading_order(rle), "");
  EXPECT_EQ(in_reading_order(pop + "a" + lre + "b" + rle + "c"), "abc");
  std::string many;
  for (int i = 0; i < 200'000; ++i) many += rle + "ا1 a";
  EXPECT_EQ(in_reading_order(many).size(), 200'000u * 5);
}

TEST(SoftBreaks, AreJoined) {
  EXPECT_EQ(without_soft_breaks("reten\xC2\xAD\xE2\x80\x90\ntion x\xC2\xAD\ny in\xC2\xADside"), "retention xy in\xC2\xADside");
  EXPECT_EQ(without_soft_breaks("\xC2\xAD"), "\xC2\xAD");
}

}  // namespace
}  // namespace evtriage
