// A table of the commonest words, and for the others a figure by length.
// Tested by tests/rules/engines_test.cpp.
#include "rules/frequency.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

namespace evtriage {
namespace {

constexpr std::uint64_t kBillion = 1'000'000'000;
constexpr std::uint64_t kDigits = 800'000, kStemFactor = 4;
// By letters of the word: 0 and 1 stand for 1.
constexpr std::array<std::uint64_t, 9> kByLength = {100'000, 100'000, 60'000, 30'000, 20'000, 10'000, 8'000, 6'000, 5'000};
// What a word tells about the next one of its phrase: they come together more often than by chance.
constexpr std::uint64_t kTogether = 40;

struct Known {
  std::string_view word;
  std::uint64_t often;
};
constexpr Known kKnown[] = {
#include "rules/frequency_table.inc"
};
constexpr bool is_less(const Known& known, std::string_view word) { return known.word < word; }
static_assert(std::is_sorted(std::begin(kKnown), std::end(kKnown), [](const Known& a, const Known& b) { return a.word < b.word; }));

std::uint64_t expected(const Form& form) {
  const std::string_view word = form.bytes;
  const bool is_digits = word.find_first_not_of("0123456789") == std::string_view::npos;
  const bool is_other_script = word[0] >= 'A' && word[0] <= 'Z';  // two bytes a letter
  std::uint64_t out = is_digits ? kDigits
                                : kByLength[std::min(is_other_script ? word.size() / 2 : word.size(), kByLength.size() - 1)];
  if (form.prefix) out *= kStemFactor;
  for (const Known* at = std::lower_bound(std::begin(kKnown), std::end(kKnown), word, is_less); at != std::end(kKnown); ++at) {
    if (at->word != word && !(form.prefix && at->word.starts_with(word))) break;
    out += at->often;
  }
  return out;
}

}  // namespace

std::uint64_t expected(const Token& token) {
  std::uint64_t sum = 0;
  for (const Form& form : token) sum += expected(form);
  return std::min(sum, kBillion);
}

std::uint64_t expected(const Phrase& phrase) {
  std::uint64_t out = kBillion;
  bool is_first = true;
  for (const Token& token : phrase) {
    const std::uint64_t together = is_first ? expected(token) : std::min(expected(token) * kTogether, kBillion);
    out = out * (together / 1000) / (kBillion / 1000);
    is_first = false;
  }
  return out;
}

}  // namespace evtriage
