// Field codes: a word, then arguments, in quotes if they hold blanks.
// Tested by tests/extractors/ole/rtf_test.cpp and doc_test.cpp.
#include "extractors/ole/field_code.h"

#include <algorithm>

namespace evtriage::ole {
namespace {

constexpr std::string_view plain_words[] = {"PAGE", "NUMPAGES", "SECTIONPAGES", "TOC", "PAGEREF", "SEQ", "STYLEREF", "DATE", "TIME",
                                            "REF", "SHAPE", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "PRINTDATE", "SAVEDATE", "SYMBOL", "NOTEREF"};

}  // namespace

void FieldCode::give(TextFlow& links, TextFlow& fields) {
  const auto blank = [](const One& c) { return c.code == U' ' || c.code == U'\t'; };
  auto at = std::find_if_not(characters_.begin(), characters_.end(), blank);
  std::string word;
  for (; at != characters_.end() && !blank(*at) && at->code != U'"' && word.size() < 32; ++at) {
    word += at->code < 0x80 ? static_cast<char>(at->code >= U'a' && at->code <= U'z' ? at->code - 32 : at->code) : '?';
  }
  const bool link = word == "HYPERLINK";
  const bool plain = std::find(std::begin(plain_words), std::end(plain_words), word) != std::end(plain_words);
  if (word.empty() || plain) return characters_.clear();
  TextFlow& to = link ? links : fields;
  if (!link) to.words(word, at == characters_.begin() ? ByteRange{} : (at - 1)->source);
  bool gap = !link;  // quotes and blanks of a link only part its words
  for (; at != characters_.end(); ++at) {
    if (blank(*at) || (link && at->code == U'"')) {
      gap = true;
      continue;
    }
    if (gap && !to.at_line_start()) to.made(' ');
    gap = false;
    to.put(at->code, at->source);
  }
  to.line();
  characters_.clear();
}

}  // namespace evtriage::ole
