// Text in any encoding: the same sentence in each, as iconv writes it, comes out alike with its bytes.
#include <gtest/gtest.h>

#include "extractors/builtin.h"
#include "tests/support/fake_emit.h"

namespace evtriage {
namespace {

FakeEmit extract(const std::string& bytes, std::string_view claimed = "") {
  FakeEmit emit(bytes.size());
  const auto text = make_text_extractor();
  const auto plan = text->plan(as_bytes(bytes), bytes.size(), {"text/plain", claimed, "a.txt"});
  EXPECT_TRUE(plan);
  if (plan) text->extract({Blob::own(bytes), 0, {0, bytes.size()}, bytes.size()}, *plan, emit);
  return emit;
}

const std::string kSentence = "Le passeport a \xC3\xA9t\xC3\xA9 gard\xC3\xA9 \xC3\xA0 la fronti\xC3\xA8re, merci de me t\xC3\xA9l\xC3\xA9phoner bient\xC3\xB4t.";

TEST(Text, Utf8IsASliceOfTheWholeItem) {
  const FakeEmit emit = extract(kSentence);
  EXPECT_EQ(emit.all("body"), kSentence);
  EXPECT_TRUE(emit.texts.at(0).is_whole_item);
  EXPECT_EQ(emit.texts.at(0).language, "fr");
}

TEST(Text, Latin1AndUtf16) {
  std::string latin, wide = "\xFF\xFE";
  for (std::size_t i = 0; i < kSentence.size();) {
    const Character c = decode_utf8(kSentence, i);
    latin += static_cast<char>(c.code);
    wide += static_cast<char>(c.code & 0xff);
    wide += static_cast<char>(c.code >> 8);
    i += c.length;
  }
  EXPECT_EQ(extract(latin).all("body"), kSentence);
  EXPECT_EQ(extract(latin).source_of("gard\xC3\xA9", latin), "gard\xE9");
  EXPECT_EQ(extract(wide).all("body"), kSentence);
  EXPECT_EQ(extract(wide).source_of("la", wide), std::string("l\0a\0", 4));
}

TEST(Text, PagesOwnEachCharacterOnce) {
  std::string bytes;
  for (int i = 0; i < 40; ++i) bytes += kSentence + "\n";
  const auto text = make_text_extractor();
  for (const std::size_t cut : {1ul, 17ul, 500ul, 1001ul}) {
    std::string all;
    for (const ByteRange owned : {ByteRange{0, cut}, ByteRange{cut, bytes.size()}}) {
      FakeEmit emit(bytes.size());
      text->extract({Blob::own(bytes), 0, owned, bytes.size()}, "utf-8", emit);
      for (const TextSegment& s : emit.texts) all += s.utf8.chars().substr(s.owned.begin, s.owned.size());
    }
    EXPECT_EQ(all, bytes) << cut;
  }
}

// The engine plans with the first MiB; a log that begins in English may go on in anything.
TEST(Text, WhatFollowsAnAsciiStartIsJudgedByItself) {
  const std::string plain(3 << 20, 'a'), arabic = "\xCC\xE6\xC7\xD2 \xC7\xE1\xD3\xDD\xD1 \xE3\xDA \xC7\xE1\xE6\xDF\xED\xE1 ";  // windows-1256
  std::string bytes = plain + "\n";
  for (int i = 0; i < 40; ++i) bytes += arabic;
  const auto text = make_text_extractor();
  const auto plan = text->plan(as_bytes(bytes).first(1 << 20), bytes.size(), {"text/plain", "", "a.txt"});
  ASSERT_EQ(plan, "utf-8");
  FakeEmit emit(bytes.size());
  text->extract({Blob::own(bytes), 0, {0, bytes.size()}, bytes.size()}, *plan, emit);
  EXPECT_NE(emit.all("body").find("\xD8\xAC\xD9\x88\xD8\xA7\xD8\xB2"), std::string::npos);
  EXPECT_EQ(emit.all("body").find("\xEF\xBF\xBD"), std::string::npos);
  EXPECT_EQ(emit.source_of("\xD8\xAC\xD9\x88\xD8\xA7\xD8\xB2", bytes), "\xCC\xE6\xC7\xD2");
}

TEST(Text, BinaryIsRefused) {
  const std::string bytes("\x7f" "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0", 20);
  EXPECT_FALSE(make_text_extractor()->plan(as_bytes(bytes), bytes.size(), {"application/x-executable", "", "a"}));
}

}  // namespace
}  // namespace evtriage
