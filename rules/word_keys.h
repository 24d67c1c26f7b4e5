// What words are filtered and looked up by: the same for words of a text and for words of a pack.
// Internal to the literal matcher.
// Tested by tests/rules/engines_test.cpp.
#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace evtriage {

constexpr std::size_t kPairClass = 5;                         // classes below: see class_of
constexpr std::uint32_t kStemBytes[5] = {8, 3, 4, 6, 8};      // how many bytes of a word its class looks at
constexpr std::uint32_t kHeadBytes = 4;                       // of a word, for the first bitmap

// Tables instead of shifts with a case for the whole word: lengths of words are what no branch predictor knows.
constexpr auto kLowBytes = [] {
  std::array<std::uint64_t, 9> table{};
  for (unsigned n = 1; n < table.size(); ++n) table[n] = table[n - 1] << 8 | 0xff;
  return table;
}();
inline std::uint64_t low_bytes(std::uint32_t n) { return kLowBytes[std::min(n, 8u)]; }

inline std::uint64_t load8(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, 8);
  return word;
}

inline std::uint64_t key_of(std::string_view bytes, std::uint32_t limit) {
  char buffer[8] = {};
  std::memcpy(buffer, bytes.data(), std::min<std::size_t>(bytes.size(), limit));
  return load8(buffer);
}

inline std::uint64_t head_hash(std::uint64_t word) { return (word & kLowBytes[kHeadBytes]) * 0x9e3779b97f4a7c15; }
inline std::uint64_t word_hash(std::uint64_t word) { return word * 0xbf58476d1ce4e5b9; }
inline std::uint64_t pair_hash(std::uint64_t hash_before, std::uint64_t hash) { return std::rotl(hash_before, 19) + hash; }

inline std::uint64_t key_hash(std::uint64_t key, std::size_t length_class) {
  constexpr std::uint64_t odd[6] = {0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9, 0x94d049bb133111eb,
                                    0xd6e8feb86659fd93, 0xa0761d6478bd642f, 0xe7037ed1a0b428db};
  return (key ^ (key >> 29)) * odd[length_class];
}

}  // namespace evtriage
