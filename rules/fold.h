// Folded text: what rules are matched on.
//
// One byte string that is pure ASCII, made in one pass:
//   a-z 0-9     Latin letters without case and accents, digits of every script
//   A-Z _       letters of other scripts: two upper-case letters stand for one Arabic (Greek, Cyrillic ...)
//               letter, so `\b` and `\w` of RE2 hold for them too; scripts without a code become `_`
//   . ! ? ; $   kept, because sentences and amounts need them; a line break is '\n'
//   blank       all other punctuation, symbols and blanks (not collapsed)
// Marks, Arabic vowels, tatweel, soft hyphens, zero-width and direction characters fall away.
// Currency signs become their ISO code.  fold_table.inc is made by make_fold_table.py from Unicode data.
// Tested by tests/rules/fold_test.cpp.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace evtriage {

constexpr std::size_t kFoldPadding = 64;  // readable blanks behind the text

class FoldedText {  // a buffer that is used again; not for sharing between threads
 public:
  // Precondition: valid UTF-8 of less than 1 GiB.  The view into `utf8` is not kept.
  void assign(std::string_view utf8);
  std::string_view text() const { return {buffer_.get(), size_}; }
  // Offset in the original of the character that made the folded byte at `folded` (size() gives the end).
  // Where several characters fell away in front of it, the offset behind them.
  std::uint32_t original(std::uint32_t folded) const;
  // The inverse: the folded byte that the character at or before `original` made.
  std::uint32_t folded(std::uint32_t original) const;
  std::size_t breakpoint_count() const { return breaks_.size(); }

 private:
  struct Break {
    std::uint32_t folded, original;
  };
  std::size_t fold_character(std::string_view utf8, std::size_t at);
  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_ = 0, size_ = 0;
  std::vector<Break> breaks_;  // only where the distance between the two offsets changes
};

// For short texts at load: words of rules go through the same table.
std::string fold(std::string_view utf8);

inline constexpr std::array<bool, 256> kWordBytes = [] {
  std::array<bool, 256> table{};
  for (unsigned c = 0; c < 256; ++c)
    table[c] = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
  return table;
}();
// Letters and digits of folded text; all else parts words.
inline constexpr bool is_word_byte(char c) { return kWordBytes[static_cast<unsigned char>(c)]; }

// The letters of the Arabic proclitics in folded text, two bytes each.
struct ArabicLetters {
  std::string_view alef, lam, waw, feh, beh, kaf;
};
ArabicLetters arabic_letters();

// The Unicode version that the table was made from: "14.0.0".
std::string_view fold_unicode_version();

}  // namespace evtriage
