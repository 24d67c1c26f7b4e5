// Building the tables of the literal matcher: which word or pair of words each phrase is anchored at, and the
// bitmaps and slots that lead from a word to the phrases.
// Tested by tests/rules/engines_test.cpp against a naive search.
#include "rules/literals.h"

#include <algorithm>
#include <cmath>

#include "rules/frequency.h"
#include "rules/word_keys.h"

namespace evtriage {
namespace {

constexpr std::uint64_t kFrequent = 20'000;    // expected among a billion words: too often to be an anchor alone
constexpr std::size_t kMaxPairs = 64;          // of one literal; with more alternatives it is anchored at one word

// 0: whole words; 1..4: stems of at least 3, 4, 6, 8 bytes.
std::size_t class_of(const Form& form) {
  if (!form.prefix) return 0;
  const std::size_t n = form.bytes.size();
  return n >= 8 ? 4 : n >= 6 ? 3 : n >= 4 ? 2 : 1;
}

bool is_whole(const Token& token) {
  return std::none_of(token.begin(), token.end(), [](const Form& form) { return form.prefix || form.clitics; });
}

Anchor rarest_pair(const Phrase& phrase, Anchor otherwise) {
  double rarest = HUGE_VAL;
  for (std::uint32_t t = 1; t < phrase.size(); ++t) {
    const Token &before = phrase[t - 1], &token = phrase[t];
    if (!is_whole(before) || !is_whole(token) || before.size() * token.size() > kMaxPairs) continue;
    const double often = static_cast<double>(expected(before)) * static_cast<double>(expected(token));
    if (often >= rarest) continue;
    rarest = often;
    otherwise = {t, true};
  }
  return otherwise;
}

Anchor anchor_of(const Phrase& phrase) {
  Anchor best;
  std::uint64_t rarest = UINT64_MAX;
  for (std::uint32_t t = 0; t < phrase.size(); ++t) {
    const std::uint64_t often = expected(phrase[t]);
    if (often >= rarest) continue;
    rarest = often;
    best.token = t;
  }
  return rarest > kFrequent ? rarest_pair(phrase, best) : best;
}

}  // namespace

WordSet::WordSet(const Token& token) {
  for (const Form& form : token) {
    if (form.prefix || form.clitics || form.bytes.size() > 8) others.push_back(form);
    else small.push_back(key_of(form.bytes, 8));
  }
  std::sort(small.begin(), small.end());
}

Literal::Literal(Phrase words, std::uint32_t of_group)
    : phrase(std::move(words)), tokens(phrase.begin(), phrase.end()), group(of_group), anchor(anchor_of(phrase)) {}

void LiteralMatcher::Bits::resize(std::size_t keys, unsigned least, unsigned most) {
  const unsigned bits = std::clamp(static_cast<unsigned>(std::bit_width(keys * 16)), least, most);
  words_.assign(std::size_t{1} << (bits - 6), 0);
  shift_ = 64 - bits;
}

LiteralMatcher::LiteralMatcher(const std::vector<Literal>& pool, const std::vector<std::uint32_t>& ids) : pool_(pool.data()) {
  std::size_t singles = 0, pairs = 0;
  for (const auto id : ids) {
    const auto& [phrase, tokens, group, anchor] = pool_[id];
    if (anchor.is_pair) pairs += phrase[anchor.token - 1].size() * phrase[anchor.token].size();
    else singles += phrase[anchor.token].size();
  }
  heads_.resize(singles, 9, 15);
  singles_.resize(singles * 2, 9, 19);
  pairs_.resize(pairs * 2, 9, 19);
  std::vector<Key> keys;
  for (const auto id : ids) pool_[id].anchor.is_pair ? add_pairs(id, keys) : add_single(id, keys);
  add_slots(keys);
}

void LiteralMatcher::add_single(std::uint32_t id, std::vector<Key>& keys) {
  for (const Form& form : pool_[id].phrase[pool_[id].anchor.token]) {
    const std::size_t length_class = class_of(form);
    has_class_[length_class] = true;
    has_clitics_ = has_clitics_ || form.clitics;
    add_head(form);
    const std::uint64_t key = key_of(form.bytes, kStemBytes[length_class]);
    const bool is_whole_literal = pool_[id].phrase.size() == 1 && !form.prefix && !form.clitics && form.bytes.size() <= 8;
    keys.push_back({key_hash(key, length_class), id, is_whole_literal ? key : 0});
    singles_.set(keys.back().hash);
  }
}

void LiteralMatcher::add_pairs(std::uint32_t id, std::vector<Key>& keys) {
  const auto& [phrase, tokens, group, anchor] = pool_[id];
  for (const Form& before : phrase[anchor.token - 1]) {
    for (const Form& form : phrase[anchor.token]) {
      const std::uint64_t hash = pair_hash(word_hash(key_of(before.bytes, 8)), word_hash(key_of(form.bytes, 8)));
      pairs_.set(hash);
      keys.push_back({key_hash(hash, kPairClass), id, 0});
    }
  }
}

// Two keys with one tag share a slot: the phrase that is compared then decides.
void LiteralMatcher::add_slots(std::vector<Key>& keys) {
  const auto tag_of = [](const Key& key) { return static_cast<std::uint32_t>(key.hash) | 1; };
  const auto slot_bits = static_cast<unsigned>(std::max(4, static_cast<int>(std::bit_width(keys.size() * 2))));
  slots_.resize(1ull << slot_bits);
  slot_shift_ = 64 - slot_bits;
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i == 0 || keys[i].hash != keys[i - 1].hash) {
      std::size_t at = keys[i].hash >> slot_shift_;
      while (slots_[at].tag != 0) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = {tag_of(keys[i]), static_cast<std::uint32_t>(candidates_.size())};
    }
    candidates_.push_back(candidate_of(keys[i]));
    candidates_.back().is_last = i + 1 == keys.size() || keys[i + 1].hash != keys[i].hash;
  }
}

// A stem of three letters leaves the fourth byte open: all that can follow it are set.
void LiteralMatcher::add_head(const Form& form) {
  heads_.set(head_hash(key_of(form.bytes, kHeadBytes)));
  if (!form.prefix || form.bytes.size() >= kHeadBytes) return;
  for (unsigned byte = 0; byte < 256; ++byte)
    if (kWordBytes[byte]) heads_.set(head_hash(key_of(form.bytes + static_cast<char>(byte), kHeadBytes)));
}

void LiteralMatcher::Marks::add(std::uint64_t word) {
  const std::uint64_t hash = key_hash(word, 0);
  first |= 1ull << (hash >> 58);
  second |= 1ull << (hash >> 52 & 63);
}

// Stems and words that proclitics may stand before pass always.
LiteralMatcher::Marks LiteralMatcher::marks_of(const Token& token) {
  if (!is_whole(token)) return {~0ull, ~0ull};
  Marks out;
  for (const Form& form : token) out.add(key_of(form.bytes, 8));
  return out;
}

LiteralMatcher::Candidate LiteralMatcher::candidate_of(const Key& key) const {
  const auto& [phrase, tokens, group, anchor] = pool_[key.literal];
  Candidate out;
  out.literal = key.literal;
  out.whole = key.whole;
  const Marks any = {~0ull, ~0ull};
  out.before = !anchor.is_pair && anchor.token > 0 ? marks_of(phrase[anchor.token - 1]) : any;
  out.after = !anchor.is_pair && anchor.token + 1 < phrase.size() ? marks_of(phrase[anchor.token + 1]) : any;
  return out;
}

}  // namespace evtriage
