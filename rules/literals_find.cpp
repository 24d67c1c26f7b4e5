// The search of the literal matcher.  A word of natural text costs two multiplications and two loads from bitmaps
// that fit the first-level cache, and no branch that depends on it: the words of a kilobyte are written down first,
// then filtered, and only what passes is looked at one by one.
// Tested by tests/rules/engines_test.cpp against a naive search.
#include <algorithm>
#include <bit>

#include "rules/literals.h"
#include "rules/word_keys.h"

namespace evtriage {
namespace {

constexpr std::size_t kAtOnce = 8;  // bits of a block that are written down without asking whether they are there

bool is_arabic(char first) { return static_cast<unsigned char>(first - 'A') < 13; }

// Appends where the set bits of a block stand.  May write kAtOnce places more than it counts.
std::size_t flatten(std::uint64_t bits, std::uint32_t base, std::uint32_t* out) {
  const auto count = static_cast<std::size_t>(std::popcount(bits));
  for (std::size_t done = 0; done < count; done += kAtOnce)
    for (std::size_t i = 0; i < kAtOnce; ++i) {
      out[done + i] = base + static_cast<std::uint32_t>(std::countr_zero(bits));
      bits &= bits - 1;
    }
  return count;
}

std::uint64_t word_at(std::string_view text, std::uint32_t begin, std::uint32_t length) {
  return load8(text.data() + begin) & low_bytes(length);
}

}  // namespace

struct LiteralMatcher::Batch {
  static constexpr std::size_t kMost = kBatchBlocks * 32 + kAtOnce;  // a word and a blank take two bytes
  struct Pair {
    std::uint32_t second = 0;
    std::uint64_t hash = 0;
  };
  std::uint32_t words[kMost], singles[kMost];
  Pair pairs[kMost];
  std::size_t count = 0, single_count = 0, pair_count = 0;
};

bool WordSet::holds(std::string_view word) const {
  if (word.size() <= 8 && std::binary_search(small.begin(), small.end(), load8(word.data()) & low_bytes(static_cast<std::uint32_t>(word.size())))) return true;
  return std::any_of(others.begin(), others.end(), [&](const Form& form) { return matches(form, word); });
}

bool literal_at(const Literal& literal, std::string_view text, std::uint32_t begin, std::uint32_t end, Span& span) {
  const auto& tokens = literal.tokens;
  const std::uint32_t anchor = literal.anchor.token;
  if (!tokens[anchor].holds(text.substr(begin, end - begin))) return false;
  std::size_t from = begin, to = end;
  for (std::uint32_t t = anchor; t-- > 0;) {
    std::size_t stop = from;
    while (stop > 0 && from - stop < kMaxWordGap + 1 && !is_word_byte(text[stop - 1])) --stop;
    if (stop == from || from - stop > kMaxWordGap) return false;
    std::size_t start = stop;
    while (start > 0 && is_word_byte(text[start - 1])) --start;
    if (!tokens[t].holds(text.substr(start, stop - start))) return false;
    from = start;
  }
  for (std::size_t t = anchor + 1; t < tokens.size(); ++t) {
    std::size_t start = to;
    while (start < text.size() && start - to < kMaxWordGap + 1 && !is_word_byte(text[start])) ++start;
    if (start == to || start - to > kMaxWordGap) return false;
    std::size_t stop = start;
    while (stop < text.size() && is_word_byte(text[stop])) ++stop;
    if (!tokens[t].holds(text.substr(start, stop - start))) return false;
    to = stop;
  }
  span.begin = static_cast<std::uint32_t>(from);
  span.end = static_cast<std::uint32_t>(to);
  return true;
}

// The words beside [begin, end); at the edges of the text the empty word.
LiteralMatcher::Neighbours LiteralMatcher::neighbours(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  Neighbours out;
  std::uint32_t next = end;
  while (next < text.size() && next - end < kMaxWordGap && !is_word_byte(text[next])) ++next;
  std::uint32_t letters = 0;
  while (letters < 8 && next + letters < text.size() && is_word_byte(text[next + letters])) ++letters;
  out.after.add(word_at(text, next, letters));
  std::uint32_t stop = begin;
  while (stop > 0 && begin - stop <= kMaxWordGap && !is_word_byte(text[stop - 1])) --stop;
  std::uint32_t start = stop;
  while (start > 0 && is_word_byte(text[start - 1])) --start;
  out.before.add(word_at(text, start, stop - start));
  return out;
}

// Could the words beside be those that the candidate wants?
bool LiteralMatcher::fits(const Candidate& one, Word& word) {
  if ((one.before.first & one.before.second & one.after.first & one.after.second) == ~0ull) return true;
  if (!word.beside) word.beside = neighbours(word.text, word.begin, word.end);
  return one.before.hold(word.beside->before) && one.after.hold(word.beside->after);
}

void LiteralMatcher::probe(std::uint64_t hash, Word& word, std::vector<GroupHit>& out) const {
  const std::uint32_t tag = static_cast<std::uint32_t>(hash) | 1;
  for (std::size_t at = hash >> slot_shift_; slots_[at].tag != 0; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].tag != tag) continue;
    for (const Candidate* one = &candidates_[slots_[at].first];; ++one) {
      GroupHit hit;
      hit.span = {word.begin, word.end, 0, 0};
      const bool is_there = one->whole != 0 ? one->whole == word.bytes && word.end - word.begin <= 8
                                            : fits(*one, word) && literal_at(pool_[one->literal], word.text, word.begin, word.end, hit.span);
      if (is_there) {
        hit.group = pool_[one->literal].group;
        out.push_back(hit);
      }
      if (one->is_last) break;
    }
  }
}

bool LiteralMatcher::may_match(std::uint64_t word, std::uint32_t length) const {
  std::uint64_t any = singles_.has(key_hash(word & low_bytes(length), 0));
  for (std::size_t c = 1; c < 5; ++c) {
    const std::uint64_t is_long_enough = length >= kStemBytes[c] ? 1 : 0;
    any |= singles_.has(key_hash(word & kLowBytes[kStemBytes[c]], c)) & is_long_enough;
  }
  return any != 0;
}

void LiteralMatcher::single(std::string_view text, std::uint32_t begin, std::uint32_t end,
                            std::vector<GroupHit>& out) const {
  std::uint32_t stems[1 + std::size(CliticOffsets{}.offsets)];
  std::size_t count = 0;
  const auto consider = [&](std::uint32_t from) {
    const std::uint64_t word = word_at(text, from, end - from);
    if (heads_.has(head_hash(word)) != 0 && may_match(word, end - from)) stems[count++] = from;
  };
  consider(begin);
  if (has_clitics_ && is_arabic(text[begin])) {
    const CliticOffsets clitics = clitic_offsets(text.substr(begin, end - begin));
    for (unsigned i = 0; i < clitics.count; ++i) consider(begin + clitics.offsets[i]);
  }
  if (count == 0) return;
  Word whole = {text, begin, end, word_at(text, begin, end - begin), std::nullopt};
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t length = end - stems[i];
    const std::uint64_t word = word_at(text, stems[i], length);
    for (std::size_t c = 0; c < 5; ++c) {
      if (!has_class_[c] || (c > 0 && length < kStemBytes[c])) continue;
      const std::uint64_t hash = key_hash(word & kLowBytes[kStemBytes[c]], c);
      if (singles_.has(hash) != 0) probe(hash, whole, out);
    }
  }
}

// `before`: the hash of the word before the first; returns that of the last.
std::uint64_t LiteralMatcher::filter(const char* text, const WordIndex& words, std::uint64_t before, Batch& batch) const {
  const Bits &heads = heads_, &pairs = pairs_;
  std::size_t singles = 0, twos = 0;
  for (std::size_t i = 0; i < batch.count; ++i) {
    const std::uint32_t place = batch.words[i];
    const std::uint64_t bits = words.bits_at(place / 64, place % 64);
    const std::uint64_t word = load8(text + place) & kLowBytes[static_cast<unsigned>(std::countr_zero(~bits | 0x100))];
    batch.singles[singles] = place;
    singles += heads.has(head_hash(word)) | (is_arabic(text[place]) ? 1 : 0);
    const std::uint64_t hash = word_hash(word);
    const std::uint64_t two = pair_hash(before, hash);
    batch.pairs[twos] = {place, two};
    twos += pairs.has(two);
    before = hash;
  }
  batch.single_count = singles;
  batch.pair_count = twos;
  return before;
}

void LiteralMatcher::find(std::string_view folded, const WordIndex& words, std::uint32_t from, std::uint32_t to,
                          std::vector<GroupHit>& out) const {
  if (from >= to) return;
  const std::size_t first_new = out.size();
  const std::uint32_t word_before = words.back(from, 1);
  std::uint64_t before = word_hash(word_at(folded, word_before, words.word_length(word_before)));
  const auto end_of = [&](std::uint32_t begin) {
    std::uint32_t end = begin + words.word_length(begin);
    while (end < folded.size() && is_word_byte(folded[end])) ++end;  // words of more than 64 bytes
    return end;
  };
  Batch batch;
  const std::size_t last = (to - 1) / 64;
  for (std::size_t block = from / 64; block <= last; block += kBatchBlocks) {
    batch.count = 0;
    for (std::size_t b = block; b <= last && b < block + kBatchBlocks; ++b) {
      std::uint64_t starts = words.starts(b);
      if (b == from / 64) starts &= ~0ull << (from % 64);
      if (b == to / 64) starts &= (1ull << (to % 64)) - 1;
      batch.count += flatten(starts, static_cast<std::uint32_t>(b * 64), batch.words + batch.count);
    }
    before = filter(folded.data(), words, before, batch);
    for (std::size_t i = 0; i < batch.single_count; ++i) single(folded, batch.singles[i], end_of(batch.singles[i]), out);
    for (std::size_t i = 0; i < batch.pair_count; ++i) {
      const auto& [second, hash] = batch.pairs[i];
      Word word = {folded, second, end_of(second), 0, std::nullopt};
      probe(key_hash(hash, kPairClass), word, out);
    }
  }
  for (std::size_t i = first_new; i < out.size(); ++i) {
    Span& span = out[i].span;
    span.first_word = words.rank(span.begin);
    span.last_word = words.rank(span.end - 1);
  }
}

}  // namespace evtriage
