// FieldCode: the instruction of a Word or RTF field.  The target of a HYPERLINK is a link of the document; every
// other code is kept as it stands, because DDE, INCLUDETEXT and the like name things outside.
// Tested by tests/extractors/ole/rtf_test.cpp and doc_test.cpp.
#pragma once
#include <string>
#include <vector>

#include "extractors/ole/text_flow.h"

namespace evtriage::ole {

class FieldCode {
 public:
  void clear() { characters_.clear(); }
  void put(char32_t code, ByteRange source) {
    if (characters_.size() < most_characters) characters_.push_back({code < 0x20 ? U' ' : code, source});
  }
  // Gives the target to `links` or the whole code to `fields`, one line each, and empties itself.  Codes that a
  // document is full of and that say nothing (PAGE, TOC ...) are dropped.
  void give(TextFlow& links, TextFlow& fields);

 private:
  static constexpr std::size_t most_characters = 8192;
  struct One {
    char32_t code;
    ByteRange source;
  };
  std::vector<One> characters_;
};

}  // namespace evtriage::ole
