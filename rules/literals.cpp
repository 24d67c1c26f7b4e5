// The word-anchored literal matcher.  A word of natural text costs one multiplication and one load from a
// bitmap that fits the first-level cache; one word in five goes on to the bitmap of whole words and stems, and
// what passes there is compared with the neighbour words that its phrase wants before anything else.
// Tested by tests/rules/engines_test.cpp against a naive search.
#include "rules/literals.h"

#include <emmintrin.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <map>

#include "rules/frequency.h"

namespace evtriage {
namespace {

constexpr std::uint32_t kStemBytes[5] = {8, 3, 4, 6, 8};

// Tables instead of shifts with a case for the whole word: lengths of words are what no branch predictor knows.
constexpr auto kLowBytes = [] {
  std::array<std::uint64_t, 9> table{};
  for (unsigned n = 1; n < table.size(); ++n) table[n] = table[n - 1] << 8 | 0xff;
  return table;
}();
std::uint64_t low_bytes(std::uint32_t n) { return kLowBytes[std::min(n, 8u)]; }

std::uint64_t load8(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, 8);
  return word;
}

std::uint64_t key_of(std::string_view bytes, std::uint32_t limit) {
  char buffer[8] = {};
  std::memcpy(buffer, bytes.data(), std::min<std::size_t>(bytes.size(), limit));
  return load8(buffer);
}

std::size_t class_of(const Form& form) {
  if (!form.prefix) return 0;
  const std::size_t n = form.bytes.size();
  return n >= 8 ? 4 : n >= 6 ? 3 : n >= 4 ? 2 : 1;
}

// Bytes that are letters or digits: at or above '@', or a digit ('_' and letters lie above '@').
std::uint32_t word_bits(const char* at) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  const __m128i letter = _mm_cmpgt_epi8(bytes, _mm_set1_epi8('@' - 1));
  const __m128i digit = _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8('0' - 1)), _mm_cmplt_epi8(bytes, _mm_set1_epi8('9' + 1)));
  return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(letter, digit)));
}

// How many bytes of a word the first bitmap looks at.
constexpr std::uint32_t kHeadBytes = 4;
// By the word bits of these bytes: what belongs to the word.
constexpr auto kHeadMasks = [] {
  std::array<std::uint32_t, 1u << kHeadBytes> table{};
  for (unsigned bits = 0; bits < table.size(); ++bits)
    table[bits] = static_cast<std::uint32_t>(kLowBytes[static_cast<unsigned>(std::countr_one(bits))]);
  return table;
}();
constexpr std::uint32_t head_hash(std::uint32_t head, unsigned shift) { return head * 0x9e3779b1u >> shift; }

bool token_matches(const Token& token, std::string_view word) {
  return std::any_of(token.begin(), token.end(), [&](const Form& form) {
    return form.prefix || form.clitics ? matches(form, word) : form.bytes == word;
  });
}

}  // namespace

void WordIndex::build(std::string_view text) {
  const std::size_t blocks = text.size() / 64 + 1;
  size_ = static_cast<std::uint32_t>(text.size());
  words_.resize(blocks + 1);
  starts_.resize(blocks);
  before_.resize(blocks);
  std::uint64_t carry = 0;
  std::uint32_t count = 0;
  for (std::size_t b = 0; b < blocks; ++b) {
    std::uint64_t bits = 0;
    const char* at = text.data() + b * 64;
    for (unsigned i = 0; i < 4; ++i) bits |= static_cast<std::uint64_t>(word_bits(at + i * 16)) << (16 * i);
    if (b + 1 == blocks) bits &= (1ull << (text.size() % 64)) - 1;
    const std::uint64_t starts = bits & ~(bits << 1 | carry);
    carry = bits >> 63;
    words_[b] = bits;
    starts_[b] = starts;
    before_[b] = count;
    count += static_cast<std::uint32_t>(std::popcount(starts));
  }
  words_[blocks] = 0;
}

std::uint32_t WordIndex::rank(std::uint32_t position) const {
  const std::size_t block = position / 64;
  const std::uint64_t upto = ~0ull >> (63 - position % 64);
  return before_[block] + static_cast<std::uint32_t>(std::popcount(starts_[block] & upto));
}

std::uint32_t WordIndex::back(std::uint32_t position, std::uint32_t count) const {
  std::size_t block = position / 64;
  std::uint64_t starts = starts_[block] & ((1ull << (position % 64)) - 1);
  for (auto here = static_cast<std::uint32_t>(std::popcount(starts)); here < count;) {
    count -= here;
    if (block == 0) return 0;
    starts = starts_[--block];
    here = static_cast<std::uint32_t>(std::popcount(starts));
  }
  for (auto more = static_cast<std::uint32_t>(std::popcount(starts)) - count; more > 0; --more) starts &= starts - 1;
  return static_cast<std::uint32_t>(block * 64 + static_cast<unsigned>(std::countr_zero(starts)));
}

std::uint32_t WordIndex::forth(std::uint32_t position, std::uint32_t count) const {
  std::size_t block = position / 64;
  std::uint64_t starts = starts_[block] & (~0ull << (position % 64));
  for (auto here = static_cast<std::uint32_t>(std::popcount(starts)); here < count;) {
    count -= here;
    if (++block == starts_.size()) return size_;
    starts = starts_[block];
    here = static_cast<std::uint32_t>(std::popcount(starts));
  }
  while (--count > 0) starts &= starts - 1;
  return static_cast<std::uint32_t>(block * 64 + static_cast<unsigned>(std::countr_zero(starts))) + 1;
}

std::uint32_t WordIndex::word_length(std::uint32_t start) const {
  return static_cast<std::uint32_t>(std::countr_one(bits_at(start / 64, start % 64)));
}

std::uint64_t LiteralMatcher::mix(std::uint64_t key, std::size_t length_class) {
  constexpr std::uint64_t odd[5] = {0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9, 0x94d049bb133111eb, 0xd6e8feb86659fd93,
                                    0xa0761d6478bd642f};
  return (key ^ (key >> 29)) * odd[length_class];
}

LiteralMatcher::LiteralMatcher(std::vector<Literal> literals) : literals_(std::move(literals)) {
  for (const Literal& literal : literals_) {
    std::uint32_t best = 0;
    std::uint64_t rarest = UINT64_MAX;
    for (std::uint32_t t = 0; t < literal.phrase.size(); ++t) {
      const std::uint64_t often = expected(literal.phrase[t]);
      if (often < rarest) {
        rarest = often;
        best = t;
      }
    }
    anchors_.push_back(best);
  }
  add_keys();
}

void LiteralMatcher::add_keys() {
  std::map<std::pair<std::size_t, std::uint64_t>, std::vector<std::uint32_t>> keys;
  for (std::uint32_t id = 0; id < literals_.size(); ++id) {
    for (const Form& form : literals_[id].phrase[anchors_[id]]) {
      const std::size_t length_class = class_of(form);
      has_class_[length_class] = true;
      has_clitics_ = has_clitics_ || form.clitics;
      add_head(form);
      auto& ids = keys[{length_class, key_of(form.bytes, kStemBytes[length_class])}];
      if (ids.empty() || ids.back() != id) ids.push_back(id);
    }
  }
  const auto slot_bits = std::max(4, static_cast<int>(std::bit_width(keys.size() * 2)));
  const auto bit_bits = std::clamp(static_cast<int>(std::bit_width(keys.size() * 32)), 15, 21);
  slots_.resize(1ull << slot_bits);
  bitmap_.resize(1ull << (bit_bits - 6));
  slot_shift_ = 64 - static_cast<unsigned>(slot_bits);
  bit_shift_ = 64 - static_cast<unsigned>(bit_bits);
  for (const auto& [key, ids] : keys) {
    const std::uint64_t hash = mix(key.second, key.first);
    bitmap_[hash >> bit_shift_ >> 6] |= 1ull << ((hash >> bit_shift_) & 63);
    std::size_t at = hash >> slot_shift_;
    while (slots_[at].count != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {key.second, static_cast<std::uint32_t>(candidates_.size()), static_cast<std::uint32_t>(ids.size()),
                  static_cast<std::uint8_t>(key.first)};
    for (const std::uint32_t id : ids) candidates_.push_back(candidate_of(id));
  }
}

// A stem of three letters leaves the fourth byte open: all that can follow it are set.
void LiteralMatcher::add_head(const Form& form) {
  const auto set = [&](std::string_view bytes) {
    const std::uint32_t hash = head_hash(static_cast<std::uint32_t>(key_of(bytes, kHeadBytes)), kHeadShift);
    heads_[hash >> 6] |= 1ull << (hash & 63);
  };
  set(form.bytes);
  if (!form.prefix || form.bytes.size() >= kHeadBytes) return;
  for (unsigned byte = 0; byte < 256; ++byte)
    if (kWordBytes[byte]) set(form.bytes + static_cast<char>(byte));
}

void LiteralMatcher::Marks::add(std::uint64_t word) {
  const std::uint64_t hash = mix(word, 0);
  first |= 1ull << (hash >> 58);
  second |= 1ull << (hash >> 52 & 63);
}

// Stems and words that proclitics may stand before pass always.
LiteralMatcher::Marks LiteralMatcher::marks_of(const Token& token) {
  Marks out;
  for (const Form& form : token) {
    if (form.prefix || form.clitics) return {~0ull, ~0ull};
    out.add(key_of(form.bytes, 8));
  }
  return out;
}

LiteralMatcher::Candidate LiteralMatcher::candidate_of(std::uint32_t id) const {
  const Phrase& phrase = literals_[id].phrase;
  const std::uint32_t anchor = anchors_[id];
  const Marks any = {~0ull, ~0ull};
  return {anchor > 0 ? marks_of(phrase[anchor - 1]) : any, anchor + 1 < phrase.size() ? marks_of(phrase[anchor + 1]) : any, id};
}

bool LiteralMatcher::may_match(std::uint64_t word, std::uint32_t length) const {
  const std::uint64_t* const bitmap = bitmap_.data();
  const auto bit = [&](std::uint64_t key, std::size_t length_class) {
    const std::uint64_t hash = mix(key, length_class) >> bit_shift_;
    return bitmap[hash >> 6] >> (hash & 63);
  };
  std::uint64_t any = bit(word & low_bytes(length), 0);
  for (std::size_t c = 1; c < 5; ++c) {
    const std::uint64_t is_long_enough = length >= kStemBytes[c] ? 1 : 0;
    any |= bit(word & kLowBytes[kStemBytes[c]], c) & is_long_enough;
  }
  return (any & 1) != 0;
}

bool LiteralMatcher::verify(std::uint32_t id, std::string_view text, std::uint32_t begin, std::uint32_t end,
                            Span& span) const {
  const Phrase& phrase = literals_[id].phrase;
  const std::uint32_t anchor = anchors_[id];
  if (!token_matches(phrase[anchor], text.substr(begin, end - begin))) return false;
  std::size_t from = begin, to = end;
  for (std::uint32_t t = anchor; t-- > 0;) {
    std::size_t stop = from;
    while (stop > 0 && from - stop < kMaxWordGap + 1 && !is_word_byte(text[stop - 1])) --stop;
    if (stop == from || from - stop > kMaxWordGap) return false;
    std::size_t start = stop;
    while (start > 0 && is_word_byte(text[start - 1])) --start;
    if (!token_matches(phrase[t], text.substr(start, stop - start))) return false;
    from = start;
  }
  for (std::size_t t = anchor + 1; t < phrase.size(); ++t) {
    std::size_t start = to;
    while (start < text.size() && start - to < kMaxWordGap + 1 && !is_word_byte(text[start])) ++start;
    if (start == to || start - to > kMaxWordGap) return false;
    std::size_t stop = start;
    while (stop < text.size() && is_word_byte(text[stop])) ++stop;
    if (!token_matches(phrase[t], text.substr(start, stop - start))) return false;
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
  out.after.add(load8(text.data() + next) & low_bytes(letters));
  std::uint32_t stop = begin;
  while (stop > 0 && begin - stop <= kMaxWordGap && !is_word_byte(text[stop - 1])) --stop;
  std::uint32_t start = stop;
  while (start > 0 && is_word_byte(text[start - 1])) --start;
  out.before.add(load8(text.data() + start) & low_bytes(stop - start));
  return out;
}

void LiteralMatcher::probe(std::uint64_t key, std::size_t length_class, const Word& word,
                           std::vector<GroupHit>& out) const {
  for (std::size_t at = mix(key, length_class) >> slot_shift_; slots_[at].count != 0; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.key != key || slot.length_class != length_class) continue;
    for (std::uint32_t i = slot.first; i < slot.first + slot.count; ++i) {
      const Candidate& one = candidates_[i];
      if (!one.before.hold(word.beside.before) || !one.after.hold(word.beside.after)) continue;
      GroupHit hit;
      if (!verify(one.literal, word.text, word.begin, word.end, hit.span)) continue;
      hit.group = literals_[one.literal].group;
      out.push_back(hit);
    }
    return;
  }
}

void LiteralMatcher::candidate(std::string_view text, std::uint32_t begin, std::uint32_t end,
                               std::vector<GroupHit>& out) const {
  std::uint32_t stems[1 + std::size(CliticOffsets{}.offsets)];
  std::size_t count = 0;
  const auto consider = [&](std::uint32_t from) {
    if (may_match(load8(text.data() + from), end - from)) stems[count++] = from;
  };
  consider(begin);
  if (has_clitics_ && text[begin] >= 'A' && text[begin] <= 'Z') {
    const CliticOffsets clitics = clitic_offsets(text.substr(begin, end - begin));
    for (unsigned i = 0; i < clitics.count; ++i) consider(begin + clitics.offsets[i]);
  }
  if (count == 0) return;
  const Word word = {text, begin, end, neighbours(text, begin, end)};
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t bytes = load8(text.data() + stems[i]);
    const std::uint32_t length = end - stems[i];
    if (has_class_[0]) probe(bytes & low_bytes(length), 0, word, out);
    for (std::size_t c = 1; c < 5; ++c)
      if (has_class_[c] && length >= kStemBytes[c]) probe(bytes & low_bytes(kStemBytes[c]), c, word, out);
  }
}

// Writes where words begin whose head is known; returns how many.  No branch depends on a word.
inline std::size_t LiteralMatcher::known_heads(const char* text, const WordIndex& words, std::size_t block,
                                               std::uint64_t starts, std::uint32_t* out) const {
  const std::uint64_t* const heads = heads_.data();
  std::size_t count = 0;
  for (; starts != 0; starts &= starts - 1) {
    const auto bit = static_cast<unsigned>(std::countr_zero(starts));
    const char* const at = text + block * 64 + bit;
    const auto head = static_cast<std::uint32_t>(load8(at)) & kHeadMasks[words.bits_at(block, bit) % kHeadMasks.size()];
    const std::uint32_t hash = head_hash(head, kHeadShift);
    const std::uint64_t is_other_script = static_cast<unsigned char>(*at - 'A') < 26 ? 1 : 0;
    out[count] = static_cast<std::uint32_t>(block * 64 + bit);
    count += ((heads[hash >> 6] >> (hash & 63)) | is_other_script) & 1;
  }
  return count;
}

void LiteralMatcher::find(std::string_view folded, const WordIndex& words, std::uint32_t from, std::uint32_t to,
                          std::vector<GroupHit>& out) const {
  if (from >= to) return;
  const std::size_t first_new = out.size();
  std::uint32_t known[64];
  for (std::size_t block = from / 64; block <= (to - 1) / 64; ++block) {
    std::uint64_t starts = words.starts(block);
    if (block == from / 64) starts &= ~0ull << (from % 64);
    if (block == to / 64) starts &= (1ull << (to % 64)) - 1;
    const std::size_t count = known_heads(folded.data(), words, block, starts, known);
    for (std::size_t i = 0; i < count; ++i) {
      std::uint32_t end = known[i] + words.word_length(known[i]);
      while (end < folded.size() && is_word_byte(folded[end])) ++end;  // words of more than 64 bytes
      candidate(folded, known[i], end, out);
    }
  }
  for (std::size_t i = first_new; i < out.size(); ++i) {
    Span& span = out[i].span;
    span.first_word = words.rank(span.begin);
    span.last_word = words.rank(span.end - 1);
  }
}

}  // namespace evtriage
