// The anchor pass against its rules written as a loop over bytes, on random and on natural text.
#include "extractors/contacts/anchors.h"

#include <gtest/gtest.h>

#include <algorithm>
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

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool capital(char c) { return c >= 'A' && c <= 'Z'; }
bool high(char c) { return (c & 0x80) != 0; }

class Slow {  // the rules of anchors.h, byte by byte
 public:
  explicit Slow(const std::string& text) : t_(text) {}

  std::vector<AnchorKind> at(std::size_t i, bool runs) const {
    std::vector<AnchorKind> kinds;
    const auto add = [&](bool yes, AnchorKind kind) {
      if (yes) kinds.push_back(kind);
    };
    const char c = t_[i], before = get(i, -1), after = get(i, 1);
    const bool first = digit(c) && !digit(before), last = digit(c) && !digit(after);
    const bool first_wide = wide(t_, i) >= 0 && !digit(before) && !(i >= 2 && wide(t_, i - 2) >= 0);
    const bool zeros = (first && c == '0' && (after == '0' || (after == '1' && get(i, 2) == '1'))) || (first_wide && wide(t_, i) == 0 && wide(t_, i + 2) == 0);
    add(c == '@', AnchorKind::at);
    add(c == ':' && (after == '/' || after == '\\' || letter(before) || get(i, -1) == ':' || get(i, -2) == ':' || get(i, -5) == ':' ||
                     (get(i, -3) == ':' && get(i, -6) == ':')),
        AnchorKind::colon);
    add(c == '.' && word(before) && word(after), AnchorKind::dot);
    add(c == '+', AnchorKind::plus);
    add(zeros, AnchorKind::zeros);
    add(!zeros && runs && (first || first_wide), AnchorKind::digit);
    add(last && four(i) && get(i, -4) != '\0' && i >= 5 && four(i - 5), AnchorKind::fours);
    const auto mark = [](char b) { return capital(b) || b == '$' || high(b); };
    add(first && (mark(before) || ((before == ' ' || before == '-') && mark(get(i, -2)))), AnchorKind::before);
    const char second = get(i, 2);
    add(last && may_be_money(i) && (after == '$' || high(after) || (after | 0x20) == 'k' || (after | 0x20) == 'm' || (after == ' ' && (letter(second) || second == '$' || high(second))) ||
                 (letter(after) && run(i, digit) >= 3)),
        AnchorKind::after);
    add(run(i, [](char b) { return digit(b) || capital(b); }) == 5, AnchorKind::caps);
    add(run(i, [](char b) { return digit(b) || letter(b); }) == 26, AnchorKind::long_run);
    add(c == '<' && after == '<' && (digit(before) || capital(before)), AnchorKind::angle);
    add((c == '\xB0' || c == '\xBA') && before == '\xC2' && digit(get(i, -2)), AnchorKind::degree);
    return kinds;
  }

 private:
  bool may_be_money(std::size_t i) const {
    static const std::vector<std::string> kBegin = {"ce", "cf", "cv", "da", "di", "do", "dh", "dz", "eu", "es", "fr", "fc", "gh", "gn", "gm",
                                                    "le", "lr", "mi", "mr", "na", "ng", "ou", "sl", "tn", "us", "xo", "xa"};
    const int from = get(i, 1) == ' ' ? 2 : 1;
    const char one = get(i, from);
    const char two = letter(get(i, from + 1)) ? static_cast<char>(get(i, from + 1) | 0x20) : '\0';
    if (!letter(one) || capital(one)) return true;
    if (two == '\0') return one == 'f' || one == 'k' || one == 'm';
    return std::find(kBegin.begin(), kBegin.end(), std::string{one, two}) != kBegin.end();
  }
  char get(std::size_t i, int by) const {
    const auto at = static_cast<std::ptrdiff_t>(i) + by;
    return at >= 0 && static_cast<std::size_t>(at) < t_.size() ? t_[static_cast<std::size_t>(at)] : '\0';
  }
  template <typename Class>
  std::size_t run(std::size_t i, Class is) const {  // bytes of the class that end here
    std::size_t count = 0;
    while (count <= i && is(t_[i - count])) ++count;
    return count;
  }
  bool four(std::size_t i) const { return run(i, digit) == 4; }

  const std::string& t_;
};

std::vector<Anchor> slow(const std::string& t, bool runs) {
  std::vector<Anchor> out;
  const Slow rules(t);
  for (std::size_t i = 0; i < t.size(); ++i) {
    for (const auto kind : rules.at(i, runs)) out.push_back({i, kind});
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
  const std::vector<std::string> pieces = {"@", ":", "/", "\\", ".", "+", "0", "00", "1", "l", "L", "a", " ", "é", "٠", "٠٠", "٧", "۰۰", "م", "\n", "tel:", "://", "A", "ZZ", "1234", "56789", "$", "-", "<", "<<", "°", "º", "abcdefgh", "f", "mi", "k", "eu", "::", "ab:cd:ef:", "M", "K"};
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    const std::size_t size = random() % 300;
    while (text.size() < size) text += pieces[random() % pieces.size()];
    for (const bool runs : {false, true}) ASSERT_EQ(fast(text, runs), slow(text, runs)) << text;
  }
}

TEST(Anchors, AgreeAtEveryPlaceRelativeToABlock) {
  for (const std::string piece : {"a.b", "://", "tel:", "00", "x00", "011", "٠٠", "a@b", "+1", "1234 5678", "ABCDEF", "A 12", "12 €", "A<<B", "1°", "1:2::3", "12345678901234567890123456789", "1:22:33:44"}) {
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

TEST(Anchors, ProseRaisesNone) { EXPECT_TRUE(fast("Il est 12:30. Le prix , 1,5; million. Fin. Voir p. 20. Paris 2024, Mai 7.", false).empty()); }

}  // namespace
}  // namespace evtriage::contacts
