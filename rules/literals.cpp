// The word-anchored literal matcher.  A word of natural text costs two to four multiplications and as many
// loads from a bitmap that fits the first-level cache; only one word in some hundreds goes further.
// Tested by tests/rules/engines_test.cpp against a naive search.
#include "rules/literals.h"

#include <emmintrin.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>

namespace evtriage {
namespace {

constexpr std::uint32_t kStemBytes[5] = {8, 3, 4, 6, 8};

constexpr std::uint64_t low_bytes(std::uint32_t n) { return n >= 8 ? ~0ull : (1ull << (8 * n)) - 1; }

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

bool token_matches(const Token& token, std::string_view word) {
  for (const Form& form : token)
    if (matches(form, word)) return true;
  return false;
}

}  // namespace

void WordIndex::build(std::string_view text) {
  const std::size_t blocks = text.size() / 64 + 1;
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

std::uint32_t WordIndex::word_length(std::uint32_t start) const {
  const std::size_t block = start / 64;
  const unsigned bit = start % 64;
  std::uint64_t bits = words_[block] >> bit;
  if (bit != 0) bits |= words_[block + 1] << (64 - bit);
  return static_cast<std::uint32_t>(std::countr_one(bits));
}

std::uint64_t LiteralMatcher::mix(std::uint64_t key, std::size_t length_class) {
  constexpr std::uint64_t odd[5] = {0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9, 0x94d049bb133111eb, 0xd6e8feb86659fd93,
                                    0xa0761d6478bd642f};
  return (key ^ (key >> 29)) * odd[length_class];
}

LiteralMatcher::LiteralMatcher(std::vector<Literal> literals) : literals_(std::move(literals)) {
  for (const Literal& literal : literals_) {
    std::uint32_t best = 0;
    std::size_t best_size = 0;
    for (std::uint32_t t = 0; t < literal.phrase.size(); ++t) {
      std::size_t shortest = SIZE_MAX;  // an anchor is as rare as its shortest spelling
      for (const Form& form : literal.phrase[t]) shortest = std::min(shortest, form.bytes.size());
      if (shortest > best_size) {
        best_size = shortest;
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
    candidates_.insert(candidates_.end(), ids.begin(), ids.end());
  }
}

bool LiteralMatcher::may_match(std::uint64_t word, std::uint32_t length) const {
  const auto bit = [&](std::uint64_t key, std::size_t length_class) {
    const std::uint64_t hash = mix(key, length_class) >> bit_shift_;
    return (bitmap_[hash >> 6] >> (hash & 63)) & 1;
  };
  std::uint64_t any = has_class_[0] ? bit(word & low_bytes(length), 0) : 0;
  for (std::size_t c = 1; c < 5; ++c)
    if (has_class_[c] && length >= kStemBytes[c]) any |= bit(word & low_bytes(kStemBytes[c]), c);
  return any != 0;
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

void LiteralMatcher::probe(std::uint64_t key, std::size_t length_class, std::string_view text, std::uint32_t begin,
                           std::uint32_t end, std::vector<GroupHit>& out) const {
  for (std::size_t at = mix(key, length_class) >> slot_shift_; slots_[at].count != 0; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.key != key || slot.length_class != length_class) continue;
    for (std::uint32_t i = slot.first; i < slot.first + slot.count; ++i) {
      GroupHit hit;
      if (!verify(candidates_[i], text, begin, end, hit.span)) continue;
      hit.group = literals_[candidates_[i]].group;
      out.push_back(hit);
    }
    return;
  }
}

void LiteralMatcher::candidate(std::string_view text, std::uint32_t begin, std::uint32_t end,
                               std::vector<GroupHit>& out) const {
  const auto stem_at = [&](std::uint32_t from) {
    const std::uint64_t word = load8(text.data() + from);
    const std::uint32_t length = end - from;
    if (has_class_[0]) probe(word & low_bytes(length), 0, text, begin, end, out);
    for (std::size_t c = 1; c < 5; ++c)
      if (has_class_[c] && length >= kStemBytes[c]) probe(word & low_bytes(kStemBytes[c]), c, text, begin, end, out);
  };
  stem_at(begin);
  if (!has_clitics_ || text[begin] < 'A' || text[begin] > 'Z') return;
  const CliticOffsets clitics = clitic_offsets(text.substr(begin, end - begin));
  for (unsigned i = 0; i < clitics.count; ++i) stem_at(begin + clitics.offsets[i]);
}

void LiteralMatcher::find(std::string_view folded, const WordIndex& words, std::vector<GroupHit>& out) const {
  const std::size_t first_new = out.size();
  for (std::size_t block = 0; block < words.block_count(); ++block) {
    for (std::uint64_t starts = words.starts(block); starts != 0; starts &= starts - 1) {
      const auto begin = static_cast<std::uint32_t>(block * 64 + static_cast<unsigned>(std::countr_zero(starts)));
      const std::uint32_t length = words.word_length(begin);
      const bool is_other_script = static_cast<unsigned char>(folded[begin] - 'A') < 26;
      if (!is_other_script && !may_match(load8(folded.data() + begin), length)) continue;
      std::uint32_t end = begin + length;
      while (end < folded.size() && is_word_byte(folded[end])) ++end;  // words of more than 64 bytes
      candidate(folded, begin, end, out);
    }
  }
  for (std::size_t i = first_new; i < out.size(); ++i) {
    Span& span = out[i].span;
    span.first_word = words.rank(span.begin);
    span.last_word = words.rank(span.end - 1);
  }
}

}  // namespace evtriage
