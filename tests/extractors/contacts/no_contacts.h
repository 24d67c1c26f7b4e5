// Ten kinds of text that hold no contact at all, made by a seeded generator: what is found in them is wrong.
//
// The kinds are those whose numbers look most like contacts.  The same seed gives the same text on every machine
// (std::mt19937 and remainders only).
#pragma once
#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace evtriage::contacts {

class Generator {
 public:
  explicit Generator(std::uint32_t seed) : random_(seed) {}
  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_() % limit); }
  std::string digits(std::size_t count) { return of("0123456789", count); }
  std::string of(std::string_view alphabet, std::size_t count) {
    std::string out;
    while (out.size() < count) out += alphabet[below(static_cast<std::uint32_t>(alphabet.size()))];
    return out;
  }
  std::string two(std::uint32_t limit) {
    const std::uint32_t value = below(limit);
    return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
  }
  std::string word() {
    constexpr std::string_view kWords[] = {"bateau", "route", "night", "water", "total", "index", "value", "porto", "state", "carga", "Nord", "Table", "figure", "queue"};
    return std::string(kWords[below(14)]);
  }

 private:
  std::mt19937 random_;
};

inline constexpr std::array<std::string_view, 10> kKinds = {"log", "source", "spreadsheet", "timetable", "invoice", "science", "digits", "base64", "uuid", "hexdump"};

inline std::string line_of(std::string_view kind, Generator& g) {
  const auto n = [&](std::uint32_t limit) { return std::to_string(g.below(limit)); };
  const auto date = [&] { return "20" + g.two(27) + '-' + "0" + std::to_string(1 + g.below(9)) + "-1" + n(10); };
  const auto time = [&] { return g.two(24) + ':' + g.two(60) + ':' + g.two(60); };
  if (kind == "log") {
    return date() + 'T' + time() + '.' + g.digits(6) + "+01:00 host-" + n(99) + " kernel[" + n(99999) + "]: [" + n(99999) + '.' + g.digits(6) + "] " + g.word() + " pid=" + n(99999) +
           " addr=0x" + g.of("0123456789abcdef", 16) + " status " + n(600) + " bytes " + n(9999999) + " in " + n(999) + " ms v" + n(9) + '.' + n(20) + '.' + n(99);
  }
  if (kind == "source") {
    return "  if (std::" + g.word() + "::" + g.word() + "(a_" + n(99) + ") << " + n(64) + " && x." + g.word() + "[" + n(4096) + "] == 0x" + g.of("0123456789ABCDEF", 8) + "u) return k" + g.word() +
           " + " + n(100000) + " * 1e-" + n(9) + ";  // $" + n(9) + " @param " + g.word() + ": see RFC " + n(9999);
  }
  if (kind == "spreadsheet") {
    std::string row = n(99999);
    for (int i = 0; i < 9; ++i) row += '\t' + (g.below(2) == 0 ? g.digits(1 + g.below(9)) : n(9999) + "," + g.digits(2));
    return row;
  }
  if (kind == "timetable") {
    std::string row = g.word() + " " + n(999);
    for (int i = 0; i < 8; ++i) row += "  " + g.two(24) + (g.below(2) == 0 ? ":" : ".") + g.two(60);
    return row;
  }
  if (kind == "invoice") {  // without amounts: those are found, rightly
    return "No " + g.digits(8) + "  art. " + g.digits(4) + '-' + g.digits(4) + "  EAN " + g.digits(13) + "  lot " + g.of("ABCDEFGHKLMNPRST", 2) + g.digits(6) + "  qty " + n(999) + "  " + n(99999) + '.' + g.digits(2) +
           "  order " + g.digits(10) + " / " + g.two(28) + '.' + g.two(12) + ".2024";
  }
  if (kind == "science") {
    std::string row = n(9) + '.' + g.digits(5);
    for (int i = 0; i < 6; ++i) row += (g.below(2) == 0 ? "  " : ", ") + std::string(g.below(3) == 0 ? "-" : "") + n(99) + '.' + g.digits(1 + g.below(6)) + (g.below(4) == 0 ? "e+0" + n(9) : "");
    return row + " +/- 0." + g.digits(4);
  }
  if (kind == "digits") {
    std::string row;
    for (int i = 0; i < 8; ++i) row += g.digits(1 + g.below(20)) + ' ';
    return row;
  }
  if (kind == "base64") return g.of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 76);
  constexpr std::string_view kHex = "0123456789abcdef";
  if (kind == "uuid") return g.of(kHex, 8) + '-' + g.of(kHex, 4) + '-' + g.of(kHex, 4) + '-' + g.of(kHex, 4) + '-' + g.of(kHex, 12) + "  " + g.of(kHex, 40) + "  " + g.of(kHex, 64);
  std::string row = g.of(kHex, 8) + " ";
  for (int i = 0; i < 16; ++i) row += (i % 8 == 0 ? " " : "") + g.of(kHex, 2) + ' ';
  return row + " |" + g.of("abcdefgh!", 16) + '|';
}

inline std::string text_without_contacts(std::string_view kind, std::size_t size) {
  Generator generator(static_cast<std::uint32_t>(2026 + kind[0] * 31 + kind[1]));
  std::string text;
  while (text.size() < size) text += line_of(kind, generator) + '\n';
  return text;
}

}  // namespace evtriage::contacts
