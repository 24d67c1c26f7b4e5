// Where words begin and end in a folded text, as one bit a byte: words are counted and measured by masks, with no
// branch that depends on a letter.
// Tested by tests/rules/engines_test.cpp, through both engines.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace evtriage {

// Word starts of a text as bits, with ranks: words are counted, not characters.
class WordIndex {
 public:
  // `text` must be readable for kFoldPadding bytes behind its end.
  void build(std::string_view text);
  // Words that begin in [0, position]; a byte inside the first word has rank 1.
  std::uint32_t rank(std::uint32_t position) const;
  // Where the count-th word before `position` begins; 0 if there are fewer.  count > 0.
  std::uint32_t back(std::uint32_t position, std::uint32_t count) const;
  // Behind the first byte of the count-th word that begins at or after `position`; the end if there are fewer.
  std::uint32_t forth(std::uint32_t position, std::uint32_t count) const;
  // Length of the word at a word start, at most 64.
  std::uint32_t word_length(std::uint32_t start) const;
  std::size_t block_count() const { return starts_.size(); }
  std::uint64_t starts(std::size_t block) const { return starts_[block]; }
  // One bit for each byte of a word, from `bit` of a block on, 64 bytes far.
  std::uint64_t bits_at(std::size_t block, unsigned bit) const {
    return words_[block] >> bit | words_[block + 1] << 1 << (63 - bit);
  }

 private:
  std::vector<std::uint64_t> words_, starts_;   // one bit a byte
  std::vector<std::uint32_t> before_;           // word starts before each block of 64
  std::uint32_t size_ = 0;                      // of the text
};

}  // namespace evtriage
