// Finds all phrases of some groups in a folded text in one pass.
//
// Every phrase is anchored at its rarest word, or, where that is a frequent one, at its rarest two neighbours.
// The filters, asked once for each word of the text, are a bitmap over a hash of the word's first four bytes and
// one over this word and the one before; single words go on to a bitmap over their first eight bytes (three to
// eight for a stem).  The few that pass are looked up and the whole phrase is compared.
// Constant after construction.
// Tested by tests/rules/engines_test.cpp against a naive search.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/lexicon.h"
#include "rules/word_index.h"

namespace evtriage {

struct Anchor {
  std::uint32_t token = 0;      // of a pair the second
  bool is_pair = false;
};
// A token to be compared fast: forms of at most eight bytes as numbers, sorted, the others as they are.
struct WordSet {
  explicit WordSet(const Token& token);
  bool holds(std::string_view word) const;  // readable for eight bytes behind its end
  std::vector<std::uint64_t> small;
  std::vector<Form> others;
};
struct Literal {
  Literal(Phrase words, std::uint32_t of_group);
  Phrase phrase;
  std::vector<WordSet> tokens;  // of the phrase
  std::uint32_t group = 0;      // list or phrase condition that it belongs to
  Anchor anchor;
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
  // Looks for pool[id] of each id.  The pool's elements must stay where they are as long as this lives.
  LiteralMatcher(const std::vector<Literal>& pool, const std::vector<std::uint32_t>& ids);
  // Appends every match whose anchor word begins in [from, to), in no promised order, some more than once.
  // `folded` must be readable for kFoldPadding bytes behind its end; `words` is its index.
  void find(std::string_view folded, const WordIndex& words, std::uint32_t from, std::uint32_t to,
            std::vector<GroupHit>& out) const;

 private:
  struct Marks {                         // two sets of hashes of words; a word passes if both hold it
    std::uint64_t first = 0, second = 0;
    void add(std::uint64_t word);
    bool hold(const Marks& one) const { return (first & one.first) != 0 && (second & one.second) != 0; }
  };
  struct Candidate {
    Marks before, after;                 // what the words beside the anchor may be
    std::uint64_t whole = 0;             // the literal is this one word of at most eight bytes; 0: it is more
    std::uint32_t literal = 0;           // in the pool
    bool is_last = false;                // of its slot
  };
  struct Neighbours {
    Marks before, after;                 // of the one word on each side
  };
  struct Slot {
    std::uint32_t tag = 0;               // of the key; 0: empty
    std::uint32_t first = 0;             // in candidates_
  };
  class Bits {                           // a set of hashes, told by their highest bits; answers 1 or 0
   public:
    void resize(std::size_t keys, unsigned least, unsigned most);
    void set(std::uint64_t hash) { words_[hash >> shift_ >> 6] |= 1ull << (hash >> shift_ & 63); }
    std::uint64_t has(std::uint64_t hash) const { return words_[hash >> shift_ >> 6] >> (hash >> shift_ & 63) & 1; }
   private:
    std::vector<std::uint64_t> words_;
    unsigned shift_ = 63;
  };
  struct Key {                           // what an anchor is looked up by
    std::uint64_t hash = 0;
    std::uint32_t literal = 0;
    std::uint64_t whole = 0;             // as in Candidate
    auto operator<=>(const Key&) const = default;
  };
  struct Batch;                          // words of a kilobyte of text, and which of them passed a filter
  static constexpr std::size_t kBatchBlocks = 16;

  void add_single(std::uint32_t id, std::vector<Key>& keys);
  void add_pairs(std::uint32_t id, std::vector<Key>& keys);
  void add_slots(std::vector<Key>& keys);
  void add_head(const Form& form);
  static Marks marks_of(const Token& token);
  Candidate candidate_of(const Key& key) const;
  static Neighbours neighbours(std::string_view text, std::uint32_t begin, std::uint32_t end);
  bool may_match(std::uint64_t word, std::uint32_t length) const;
  std::uint64_t filter(const char* text, const WordIndex& words, std::uint64_t before, Batch& batch) const;
  void single(std::string_view text, std::uint32_t begin, std::uint32_t end, std::vector<GroupHit>& out) const;
  struct Word {                          // of a text, and what stands beside it, once that was asked for
    std::string_view text;
    std::uint32_t begin = 0, end = 0;
    std::uint64_t bytes = 0;             // its first eight
    std::optional<Neighbours> beside;
  };
  static bool fits(const Candidate& one, Word& word);
  void probe(std::uint64_t hash, Word& word, std::vector<GroupHit>& out) const;

  const Literal* pool_;
  std::vector<Candidate> candidates_;         // grouped by key
  std::vector<Slot> slots_;
  unsigned slot_shift_ = 0;
  Bits heads_, pairs_, singles_;
  bool has_class_[5] = {};                    // 0: whole words; 1..4: stems of 3, 4, 6, 8 bytes
  bool has_clitics_ = false;
};

// The span of a literal whose anchor word stands at [begin, end), if the whole phrase is there.
bool literal_at(const Literal& literal, std::string_view text, std::uint32_t begin, std::uint32_t end, Span& span);

}  // namespace evtriage
