// Finds all phrases in a folded text in one pass.
//
// Every phrase is anchored at the longest of its words.  The filters are a bitmap over a hash of that word's
// first four bytes, asked once for each word of the text, and one over its first eight (three to eight for a
// stem); the few words that pass are looked up and the whole phrase is compared.
// Constant after construction; a LiteralScan belongs to one worker.
// Tested by tests/rules/literals_test.cpp against a naive search.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "rules/lexicon.h"

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

struct Literal {
  Phrase phrase;
  std::uint32_t group = 0;  // list or phrase condition that it belongs to
};

struct Span {  // folded offsets, and the ranks of the first and the last word
  std::uint32_t begin = 0, end = 0, first_word = 0, last_word = 0;
  auto operator<=>(const Span&) const = default;
};
struct GroupHit {
  std::uint32_t group = 0;
  Span span;
  auto operator<=>(const GroupHit&) const = default;
};

class LiteralMatcher {
 public:
  explicit LiteralMatcher(std::vector<Literal> literals);
  // Appends every match whose anchor word begins in [from, to), each (group, span) once, in no promised order.
  void find(std::string_view folded, const WordIndex& words, std::uint32_t from, std::uint32_t to,
            std::vector<GroupHit>& out) const;
  const std::vector<Literal>& literals() const { return literals_; }
  // The span of literal `id` with its anchor word at [begin, end), if it is there.
  bool verify(std::uint32_t id, std::string_view text, std::uint32_t begin, std::uint32_t end, Span& span) const;

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t first = 0, count = 0;  // in candidates_; count 0: empty
    std::uint8_t length_class = 0;
  };
  struct Marks {                         // two sets of hashes of words; a word passes if both hold it
    std::uint64_t first = 0, second = 0;
    void add(std::uint64_t word);
    bool hold(const Marks& one) const { return (first & one.first) != 0 && (second & one.second) != 0; }
  };
  struct Candidate {
    Marks before, after;                 // what the words beside the anchor may be
    std::uint32_t literal = 0;
  };
  struct Neighbours {
    Marks before, after;                 // of the one word on each side
  };
  struct Word {
    std::string_view text;
    std::uint32_t begin = 0, end = 0;
    Neighbours beside;
  };
  static constexpr unsigned kHeadShift = 32 - 15;
  static std::uint64_t mix(std::uint64_t key, std::size_t length_class);
  void add_keys();
  void add_head(const Form& form);
  static Marks marks_of(const Token& token);
  Candidate candidate_of(std::uint32_t id) const;
  static Neighbours neighbours(std::string_view text, std::uint32_t begin, std::uint32_t end);
  void probe(std::uint64_t key, std::size_t length_class, const Word& word, std::vector<GroupHit>& out) const;
  void candidate(std::string_view text, std::uint32_t begin, std::uint32_t end, std::vector<GroupHit>& out) const;
  std::size_t known_heads(const char* text, const WordIndex& words, std::size_t block, std::uint64_t starts,
                          std::uint32_t* out) const;
  bool may_match(std::uint64_t word, std::uint32_t length) const;

  std::vector<Literal> literals_;
  std::vector<std::uint32_t> anchors_;        // index of each literal's anchor token
  std::vector<Candidate> candidates_;         // grouped by key
  std::vector<Slot> slots_;
  std::vector<std::uint64_t> heads_ = std::vector<std::uint64_t>(std::size_t{1} << (15 - 6));
  std::vector<std::uint64_t> bitmap_;
  unsigned slot_shift_ = 0, bit_shift_ = 0;
  bool has_class_[5] = {};                    // 0: whole words; 1..4: stems of 3, 4, 6, 8 bytes
  bool has_clitics_ = false;
};

}  // namespace evtriage
