// Entries of word lists to folded tokens; the same folding as for the evidence, so that both agree.
// Arabic proclitics are taken off the text's words rather than multiplied into the list: 24 combinations
// for each word would fill the matcher's filter with noise.
// Tested by tests/rules/engines_test.cpp.
#include "rules/lexicon.h"

#include <algorithm>

namespace evtriage {
namespace {

constexpr std::size_t kLeastCliticBytes = 4;  // two letters: what must stay of a word behind its proclitics

bool is_arabic_code(std::string_view bytes) { return bytes.size() >= 2 && bytes[0] >= 'A' && bytes[0] <= 'M' && bytes[1] >= 'N' && bytes[1] <= 'Z'; }

std::vector<std::string> split(std::string_view text, char by) {
  std::vector<std::string> out;
  while (true) {
    const std::size_t at = std::min(text.find(by), text.size());
    out.emplace_back(text.substr(0, at));
    if (at == text.size()) return out;
    text.remove_prefix(at + 1);
  }
}

std::vector<std::string> words_of(std::string_view folded) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < folded.size();) {
    std::size_t end = at;
    while (end < folded.size() && is_word_byte(folded[end])) ++end;
    if (end > at) out.emplace_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

Error wrong(std::string detail) { return {Code::corrupt, std::move(detail)}; }

// "travel(s)" -> travel, travels; "keep*" -> prefix.  Each spelling is a list of words.
Result<std::vector<Phrase>> spellings(std::string_view form, bool exact) {
  bool prefix = false;
  if (form.ends_with('*')) {
    prefix = true;
    form.remove_suffix(1);
  }
  std::vector<std::string> raw;
  if (const std::size_t open = form.find('('); open != std::string_view::npos) {
    const std::size_t close = form.find(')');
    if (close == std::string_view::npos || close < open || open == 0 || form.find('(', open + 1) != std::string_view::npos)
      return wrong("brackets hold letters that may be missing behind the first: passport(s)");
    const std::string stem(form.substr(0, open)), tail(form.substr(close + 1));
    raw = {stem + tail, stem + std::string(form.substr(open + 1, close - open - 1)) + tail};
  } else {
    raw = {std::string(form)};
  }
  std::vector<Phrase> out;
  for (const auto& spelling : raw) {
    if (spelling.find_first_of("*()=") != std::string::npos) return wrong("* ( ) = stand at a place without a meaning");
    const auto words = words_of(fold(spelling));
    if (words.empty()) return wrong("a part without a letter or digit");
    Phrase phrase;
    for (const auto& word : words) phrase.push_back({Form{word, false, !exact && is_arabic_code(word) && word.size() >= kLeastCliticBytes, false}});
    if (prefix) {
      Form& last = phrase.back().front();
      last.prefix = true;
      if (last.bytes.size() < 3 || (last.clitics && last.bytes.size() < 6)) return wrong("a stem before * needs three letters");
    }
    out.push_back(std::move(phrase));
  }
  return out;
}

// The article is written into the next word after a lam: "ل" + "البحر" = "للبحر".
void add_assimilated_article(Token& token) {
  const auto letters = arabic_letters();
  const std::string article = std::string(letters.alef) + std::string(letters.lam);
  const Token forms = token;
  for (const Form& form : forms)
    if (form.clitics && form.bytes.starts_with(article) && form.bytes.size() > article.size() + 2)
      token.push_back({std::string(letters.lam) + form.bytes.substr(2), form.prefix, true, false});
}

}  // namespace

Result<std::vector<Phrase>> compile_entry(std::string_view entry) {
  const bool exact = entry.starts_with('=');
  if (exact) entry.remove_prefix(1);
  std::vector<Phrase> phrases(1);
  for (const auto& part : split(entry, ' ')) {
    if (part.empty()) continue;
    Token single;                  // alternatives of one word stay one token
    std::vector<Phrase> longer;    // alternatives of several words multiply the phrase
    for (const auto& form : split(part, '/')) {
      auto found = spellings(form, exact);
      if (!found) return found.error();
      for (auto& phrase : *found) {
        if (phrase.size() == 1)
          single.push_back(phrase.front().front());
        else
          longer.push_back(std::move(phrase));
      }
    }
    if (!single.empty()) longer.push_back({single});
    std::vector<Phrase> next;
    for (const auto& head : phrases)
      for (const auto& tail : longer) {
        next.push_back(head);
        next.back().insert(next.back().end(), tail.begin(), tail.end());
      }
    phrases = std::move(next);
    if (phrases.size() > 64) return wrong("too many alternatives; write several entries");
  }
  for (auto& phrase : phrases) {
    std::size_t bytes = 0;
    for (auto& token : phrase) {
      add_assimilated_article(token);
      std::sort(token.begin(), token.end());
      token.erase(std::unique(token.begin(), token.end()), token.end());
      bytes += std::max_element(token.begin(), token.end(), [](const Form& a, const Form& b) {
                 return a.bytes.size() < b.bytes.size();
               })->bytes.size();
    }
    if (phrase.empty()) return wrong("an entry without a word");
    if (phrase.size() > kMaxLiteralTokens || bytes > kMaxLiteralBytes) return wrong("a phrase of more than 12 words or 120 letters");
  }
  return phrases;
}

CliticOffsets clitic_offsets(std::string_view word) {
  const auto letters = arabic_letters();
  CliticOffsets out;
  const auto at = [&](std::size_t i) { return word.substr(std::min(i, word.size()), 2); };
  const auto add = [&](std::size_t offset) {
    if (offset == 0 || offset + kLeastCliticBytes > word.size()) return;
    for (unsigned i = 0; i < out.count; ++i)
      if (out.offsets[i] == offset) return;
    out.offsets[out.count++] = static_cast<std::uint8_t>(offset);
  };
  const auto article = [&](std::size_t from) {
    add(from);
    if (at(from) == letters.alef && at(from + 2) == letters.lam) add(from + 4);
  };
  const auto preposition = [&](std::size_t from) {
    article(from);
    if (at(from) == letters.lam && at(from + 2) == letters.lam) add(from + 4);
    if (at(from) == letters.beh || at(from) == letters.kaf || at(from) == letters.lam) article(from + 2);
  };
  preposition(0);
  if (at(0) == letters.waw || at(0) == letters.feh) preposition(2);
  return out;
}

bool matches(const Form& form, std::string_view word) {
  const auto fits = [&](std::string_view stem) {
    if (!form.prefix) return stem == form.bytes;
    const std::size_t letter_bytes = is_arabic_code(form.bytes) ? 2 : 1;
    return stem.starts_with(form.bytes) && (form.endless || stem.size() - form.bytes.size() <= kPrefixExtraLetters * letter_bytes);
  };
  if (fits(word)) return true;
  if (!form.clitics || !is_arabic_code(word)) return false;
  const CliticOffsets clitics = clitic_offsets(word);
  for (unsigned i = 0; i < clitics.count; ++i)
    if (fits(word.substr(clitics.offsets[i]))) return true;
  return false;
}

}  // namespace evtriage
