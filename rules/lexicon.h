// Words and phrases of a pack, compiled to what the literal matcher looks for.
//
// Grammar of an entry (README.md, "Word list entries"):
//   entry = [ "=" ] part *( blank part )
//   part  = form *( "/" form )
//   form  = letters [ "(" letters ")" [ letters ] ] [ "*" ]
// An entry that folds to several words ("l'eau") becomes several tokens.
// Tested by tests/rules/lexicon_test.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/result.h"
#include "rules/fold.h"

namespace evtriage {

constexpr std::size_t kPrefixExtraLetters = 8;  // `keep*` matches a word of at most so many more letters
constexpr std::size_t kMaxWordGap = 8;          // bytes of blanks or punctuation between the words of a phrase
constexpr std::size_t kMaxLiteralTokens = 12;
constexpr std::size_t kMaxLiteralBytes = 120;

struct Form {            // one spelling of one word, folded
  std::string bytes;
  bool prefix = false;   // begins the word
  bool clitics = false;  // Arabic: proclitics may stand before it
  bool endless = false;  // a prefix of words of any length (stems of patterns)
  auto operator<=>(const Form&) const = default;
};
using Token = std::vector<Form>;  // one of these words
using Phrase = std::vector<Token>;

// The token sequences that an entry stands for (more than one if an alternative holds several words).
// An Error (Code::corrupt) says what is wrong with it.
Result<std::vector<Phrase>> compile_entry(std::string_view entry);

// Does the whole word match the form?
bool matches(const Form& form, std::string_view word);

// Where a stem may begin behind Arabic proclitics: byte offsets > 0; at least two letters stay.
struct CliticOffsets {
  std::uint8_t offsets[8] = {};
  unsigned count = 0;
};
CliticOffsets clitic_offsets(std::string_view word);

}  // namespace evtriage
