// The anchor pass against its rules written as a loop over bytes, on random and on natural text.
#include "extractors/contacts/anchors.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

namespace evtriage::contacts {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool word(char c) { return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0; }

// Value of a digit of two bytes, or -1.
int wide(const std::string& t, std::size_t i) {
  if (i + 1 >= t.size()) return -1;
  const auto a = static_cast<unsigned char>(t[i]), b = static_cast<unsigned char>(t[i + 1]);
  if (a == 0xD9 && b >= 0xA0 && b <= 0xA9) return b - 0xA0;
  if (a == 0xDB && b >= 0xB0 && b <= 0xB9) return b - 0xB0;
  return -1;
}

std::vector<Anchor> slow(const std::string& t, bool runs) {
  std::vector<Anchor> out;
  for (std::size_t i = 0; i < t.size(); ++i) {
    const char c = t[i], before = i > 0 ? t[i - 1] : '\0', after = i + 1 < t.size() ? t[i + 1] : '\0';
    if (c == '@') out.push_back({i, AnchorKind::at});
    if (c == ':' && (after == '/' || after == '\\' || before == 'l' || before == 'L')) out.push_back({i, AnchorKind::colon});
    if (c == '.' && word(before) && word(after)) out.push_back({i, AnchorKind::dot});
    if (c == '+') out.push_back({i, AnchorKind::plus});
    const bool first = digit(c) && !digit(before);
    const bool first_wide = wide(t, i) >= 0 && !digit(before) && !(i >= 2 && wide(t, i - 2) >= 0);
    if ((first && c == '0' && after == '0') || (first_wide && wide(t, i) == 0 && wide(t, i + 2) == 0)) {
      out.push_back({i, AnchorKind::zeros});
    } else if (runs && (first || first_wide)) {
      out.push_back({i, AnchorKind::digit});
    }
  }
  return out;
}

std::vector<Anchor> fast(const std::string& t, bool runs) {
  std::vector<Anchor> all, some;
  AnchorPass pass(t, runs);
  while (pass.next(some)) all.insert(all.end(), some.begin(), some.end());
  return all;
}

TEST(Anchors, AgreeWithTheSlowLoopOnRandomText) {
  std::mt19937 random(7);
  const std::vector<std::string> pieces = {"@", ":", "/", "\\", ".", "+", "0", "00", "1", "l", "L", "a", " ", "é", "٠", "٠٠", "٧", "۰۰", "م", "\n", "tel:", "://"};
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    const std::size_t size = random() % 300;
    while (text.size() < size) text += pieces[random() % pieces.size()];
    for (const bool runs : {false, true}) ASSERT_EQ(fast(text, runs), slow(text, runs)) << text;
  }
}

TEST(Anchors, AgreeAtEveryPlaceRelativeToABlock) {
  for (const std::string piece : {"a.b", "://", "tel:", "00", "x00", "٠٠", "a@b", "+1"}) {
    for (std::size_t before = 0; before < 200; ++before) {
      const std::string text = std::string(before, 'x') + " " + piece + " " + std::string(before % 7, 'y');
      ASSERT_EQ(fast(text, true), slow(text, true)) << before << piece;
      const std::string end = std::string(before, ' ') + piece;
      ASSERT_EQ(fast(end, false), slow(end, false)) << before << piece;
    }
  }
}

TEST(Anchors, AgreeOnTheSourcesOfThisProgram) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(EVTRIAGE_SOURCE_DIR "/extractors/contacts")) {
    std::ifstream file(entry.path());
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    ASSERT_EQ(fast(text, true), slow(text, true));
    ++files;
  }
  EXPECT_GT(files, 10u);
}

TEST(Anchors, ProseRaisesNone) { EXPECT_TRUE(fast("Il est 12:30. Le prix: 1,5 million. Fin. Voir p. 20", false).empty()); }

}  // namespace
}  // namespace evtriage::contacts
