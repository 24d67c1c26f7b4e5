// Language by counting function words: they are a third of any running text, need no statistics that
// would have to be trained, and a person can check the list.  Languages beyond those of the rule packs are
// known so that they are not mistaken for a neighbour (Spanish for Portuguese).
// Tested by tests/pipeline/core/language_test.cpp.
#include "pipeline/core/language.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace evtriage {
namespace {

constexpr std::size_t sample_bytes = 2048;
constexpr unsigned enough_words = 3;       // fewer function words than this prove nothing
constexpr unsigned decided_words = 40;     // a lead found by then does not turn

constexpr std::size_t languages = 7;
constexpr std::array<std::string_view, languages> codes = {"de", "en", "es", "fr", "ha", "it", "pt"};
constexpr std::array<std::string_view, languages> words = {
    "der die das und ist nicht ich sie wir mit ein eine den dem auf für von zu sich auch des im wird sind haben",
    "the and of to is in that it for you was with are this have from not be on will your we they can my at as "
    "he she her his our their there what if or an has by but so do me when all who how don't i",
    "el la los las de que y en un una es por con para no se su lo como más pero al del está son yo le ya muy "
    "también nos hay fue todo cuando",
    "le la les des et est un une que pour dans pas vous je nous avec sur au aux du qui il elle ce cette sont "
    "mais où être été plus ne se de on tu son ses ont leur même tout fait comme sans mon ma mes votre notre à",
    "kuma wannan daga cikin yana tana suna amma akwai zuwa domin shi ita wani wata ba ya ta na da mai ina "
    "kudi yau sai ga suka",
    "il lo la gli le di che e un una per non con sono è in del della mi ti si come anche ma più da al ho io questo",
    "o a os as de que não uma um é para com em do da no na dos das você eu ele são está mas por ao pelo pela "
    "seu sua nos mais isso esta muito também foi se à às ela já tem há nós minha meu vai ser quando"};

struct Slot {
  std::uint64_t word = 0;   // at most 8 bytes, first byte lowest; 0 = empty
  std::uint8_t spoken = 0;  // bit n: a word of language n
};
constexpr std::size_t slots = 1024;

constexpr std::size_t slot_of(std::uint64_t word) {
  return static_cast<std::size_t>((word * 0x9e3779b97f4a7c15u) >> 54);
}

constexpr std::array<Slot, slots> make_table() {
  std::array<Slot, slots> table{};
  for (std::size_t language = 0; language < languages; ++language) {
    std::string_view rest = words[language];
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      std::uint64_t word = 0;
      for (std::size_t i = 0; i < end; ++i) {
        word |= static_cast<std::uint64_t>(static_cast<unsigned char>(rest[i])) << (8 * i);
      }
      rest.remove_prefix(std::min(end + 1, rest.size()));
      std::size_t at = slot_of(word);
      while (table[at].word != 0 && table[at].word != word) at = (at + 1) % slots;
      table[at].word = word;
      table[at].spoken = static_cast<std::uint8_t>(table[at].spoken | 1u << language);
    }
  }
  return table;
}
constexpr std::array<Slot, slots> table = make_table();

struct Count {
  std::array<unsigned, languages> hits{};
  unsigned words = 0;
  unsigned latin = 0, arabic = 0, persian = 0, other = 0;  // letters by script

  void word(std::uint64_t packed, unsigned length) {
    if (length == 0) return;
    ++words;
    if (length > 8) return;
    for (std::size_t at = slot_of(packed); table[at].word != 0; at = (at + 1) % slots) {
      if (table[at].word != packed) continue;
      for (std::size_t i = 0; i < languages; ++i) hits[i] += table[at].spoken >> i & 1u;
      return;
    }
  }
};

// The upper-case accented letters of Latin-1 in UTF-8 are 0xc3 0x80..0x9e: one bit from their small ones.
constexpr unsigned char lower_tail(unsigned char lead, unsigned char tail) {
  const bool capital = lead == 0xc3 && tail >= 0x80 && tail <= 0x9e && tail != 0x97;
  return static_cast<unsigned char>(capital ? tail + 0x20 : tail);
}

void count_script(Count& count, unsigned char lead, unsigned char next) {
  if (lead >= 0xc3 && lead <= 0xc9) {
    ++count.latin;
  } else if (lead >= 0xd8 && lead <= 0xdb) {
    ++count.arabic;
    // U+067E, U+0686, U+06A9, U+06AF, U+06CC: letters of Persian and Urdu that Arabic does not write.
    const unsigned code = (lead & 0x1fu) << 6 | (next & 0x3fu);
    if (code == 0x67e || code == 0x686 || code == 0x6a9 || code == 0x6af || code == 0x6cc) ++count.persian;
  } else if (lead >= 0xca && lead != 0xe2 && lead != 0xef) {  // 0xe2, 0xef: punctuation for the most part
    ++count.other;
  }
}

Count count_words(std::string_view text) {
  Count count;
  std::uint64_t packed = 0;
  unsigned length = 0;
  unsigned char before = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char c = static_cast<unsigned char>(text[i]);
    if (c >= 'A' && c <= 'Z') c = static_cast<unsigned char>(c + 32);
    const bool high = c >= 0x80;
    const bool apostrophe = c == '\'' && length > 0 && before == 'n';  // don't, but l'argent is two words
    if (!high && !(c >= 'a' && c <= 'z') && !apostrophe) {
      count.word(packed, length);
      packed = 0;
      length = 0;
      before = c;
      continue;
    }
    if (high) {
      if (c >= 0xc0) count_script(count, c, i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0);
      c = lower_tail(before, c);
    } else {
      ++count.latin;
    }
    if (length < 8) packed |= static_cast<std::uint64_t>(c) << (8 * length);
    ++length;
    before = c;
    if (count.words == decided_words * 4) break;
  }
  count.word(packed, length);
  return count;
}

}  // namespace

std::string detect_language(std::string_view utf8_sample) {
  const Count count = count_words(utf8_sample.substr(0, sample_bytes));
  const unsigned letters = count.latin + count.arabic + count.other;
  if (count.arabic >= 8 && count.arabic > letters / 2) return count.persian * 30 > count.arabic ? "" : "ar";
  if (count.latin <= letters / 2) return {};
  std::size_t best = 0;
  for (std::size_t i = 1; i < languages; ++i) {
    if (count.hits[i] > count.hits[best]) best = i;
  }
  unsigned second = 0;
  for (std::size_t i = 0; i < languages; ++i) {
    if (i != best) second = std::max(second, count.hits[i]);
  }
  const unsigned hits = count.hits[best];
  const bool common = hits * 8 >= count.words;  // a list of names holds few function words
  const bool ahead = hits * 4 >= second * 5 + 2;
  return hits >= enough_words && common && ahead ? std::string(codes[best]) : std::string();
}

}  // namespace evtriage
