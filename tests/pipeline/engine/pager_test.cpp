// Pages tile the item, hold their margins, never cut a character, and a file read in order is cut at the
// same places as the same bytes in memory.
#include "pipeline/engine/pager.h"

#include <gtest/gtest.h>

#include <random>

#include "pipeline/core/text.h"

namespace evtriage {
namespace {

std::vector<Page> resident_pages(const std::string& bytes, const Limits& limits, PageUnits units) {
  std::vector<Page> pages;
  each_page(Blob::own(bytes), limits, units, [&](Page page) { pages.push_back(std::move(page)); });
  return pages;
}

std::string random_text(std::mt19937& random, std::size_t characters) {
  constexpr const char32_t alphabet[] = {U'a', U'b', U' ', U'\n', U'é', U'ع', U'中', U'😀'};
  std::string text;
  for (std::size_t i = 0; i < characters; ++i) append_utf8(text, alphabet[random() % 8]);
  return text;
}

TEST(Pager, PagesTileAndKeepCharactersAndMargins) {
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    Limits limits;
    limits.page_bytes = 4 + random() % 200;
    limits.margin_bytes = random() % 100;
    const std::string text = random_text(random, random() % 600);
    std::uint64_t at = 0;
    for (const Page& page : resident_pages(text, limits, PageUnits::utf8)) {
      ASSERT_EQ(page.owned.begin, at);
      ASSERT_GT(page.owned.end, at);
      ASSERT_LE(page.owned.size(), limits.page_bytes);
      ASSERT_EQ(page.item_size, text.size());
      ASSERT_EQ(page.bytes.chars(), std::string_view(text).substr(page.begin, page.bytes.size()));
      ASSERT_TRUE(is_valid_utf8(page.bytes.chars()));
      ASSERT_TRUE(is_valid_utf8(std::string_view(text).substr(at, page.owned.size())));
      ASSERT_LE(page.begin, page.owned.begin - std::min(page.owned.begin, limits.margin_bytes));
      ASSERT_GE(page.begin + page.bytes.size() + 4, std::min<std::uint64_t>(text.size(), page.owned.end + limits.margin_bytes));
      at = page.owned.end;
    }
    ASSERT_EQ(at, text.size());
  }
}

TEST(Pager, ReadingInOrderCutsAtTheSamePlaces) {
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    Limits limits;
    limits.page_bytes = 1 + random() % 300;
    limits.margin_bytes = random() % 120;
    std::string bytes = random_text(random, random() % 500);
    if (round % 3 == 0) for (char& c : bytes) c = static_cast<char>(random() % 3 == 0 ? 0 : random());
    const PageUnits units = static_cast<PageUnits>(round % 6);
    const auto expected = resident_pages(bytes, limits, units);
    const Resident content(Blob::own(bytes));
    ReadLog log;
    std::string seen;
    PageReader reader(content, limits, units, log, [&](ByteView chunk) { seen += as_chars(chunk); });
    std::size_t count = 0;
    while (const auto page = reader.next()) {
      ASSERT_LT(count, expected.size());
      ASSERT_EQ(page->owned, expected[count].owned) << "round " << round << " page " << count;
      ASSERT_EQ(page->begin, expected[count].begin);
      ASSERT_EQ(page->bytes.chars(), expected[count].bytes.chars());
      ++count;
    }
    ASSERT_EQ(count, expected.size());
    ASSERT_EQ(seen, bytes);  // every byte once, in order
  }
}

TEST(Pager, CutsAtLineEndsElseAfterZeros) {
  Limits limits;
  limits.page_bytes = 16;
  limits.margin_bytes = 8;
  const auto lines = resident_pages("0123456789\nabcdefghijklm\nopq", limits, PageUnits::utf8);
  ASSERT_GE(lines.size(), 2u);
  EXPECT_EQ(lines[0].owned, (ByteRange{0, 11}));
  EXPECT_EQ(lines[1].owned, (ByteRange{11, 25}));
  const auto zeros = resident_pages(std::string("0123456789") + std::string(4, '\0') + "abcdefghijklmnop", limits, PageUnits::bytes);
  EXPECT_EQ(zeros[0].owned, (ByteRange{0, 14}));
}

TEST(Pager, Utf16IsCutAtUnitsAndNotInsidePairs) {
  Limits limits;
  limits.page_bytes = 7;
  limits.margin_bytes = 3;
  std::string text;
  for (int i = 0; i < 20; ++i) text += std::string("\x3d\xd8\x00\xde", 4);  // U+1F600, little endian
  for (const Page& page : resident_pages(text, limits, PageUnits::utf16le)) {
    EXPECT_EQ(page.owned.begin % 4, 0u);
    EXPECT_EQ(page.begin % 2, 0u);
  }
  EXPECT_EQ(page_units("UTF-16LE"), PageUnits::utf16le);
  EXPECT_EQ(page_units("utf16be"), PageUnits::utf16be);
  EXPECT_EQ(page_units("windows-1252"), PageUnits::bytes);
}

}  // namespace
}  // namespace evtriage
