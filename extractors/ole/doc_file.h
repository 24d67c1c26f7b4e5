// The skeleton of a Word document: the FIB's facts, the piece table and the marks of formatting that decide
// whether text is shown.  MS-DOC 2.4.1 (retrieving text), 2.5 (FIB), 2.8.35 (Plcfbtechpx).
// Tested by tests/extractors/ole/doc_test.cpp.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "pipeline/core/result.h"

namespace evtriage::ole {

struct Fib {
  bool is_old = false;         // Word 6 and 95
  bool is_encrypted = false, is_obfuscated = false, has_second_table = false, is_complex = false;
  unsigned version = 0, language = 0;
  std::size_t key_bytes = 0;   // of the encryption's head in the table stream
  std::uint64_t text_begin = 0, text_end = 0;  // fcMin, fcMac
  std::array<std::uint64_t, 8> lengths{};      // characters: text, footnotes, headers, macros, comments, endnotes, boxes, header boxes
  std::vector<ByteRange> tables;               // fc and lcb of the table stream, by index of FibRgFcLcb
  ByteRange table(std::size_t index) const { return index < tables.size() ? tables[index] : ByteRange{}; }
};
// `word`: the WordDocument stream.
Result<Fib> parse_fib(std::string_view word);

struct Piece {
  std::uint64_t begin = 0, end = 0;  // characters
  std::uint64_t offset = 0;          // in the WordDocument stream
  unsigned unit = 1;                 // bytes of a character: 1 or 2
};
// The piece table of a CLX; without a usable one, one piece as the FIB has it.  `word_size` bounds it.
std::vector<Piece> parse_pieces(const Fib& fib, std::string_view clx, std::uint64_t word_size);

struct Mark {  // text in [begin, end) of the WordDocument stream that is not plainly shown
  std::uint64_t begin = 0, end = 0;
  bool deleted = false, hidden = false;
};
// `index`: the bytes of PlcfBteChpx.  Sorted by begin.
std::vector<Mark> parse_marks(std::string_view index, std::string_view word);

}  // namespace evtriage::ole
