// FIB, CLX and CHPX pages.  Everything is bounded by the bytes that exist.
// Tested by tests/extractors/ole/doc_test.cpp.
#include "extractors/ole/doc_file.h"

#include <algorithm>

#include "pipeline/core/byte_reader.h"

namespace evtriage::ole {
namespace {

std::string_view from(std::string_view bytes, std::uint64_t offset) {
  return bytes.substr(static_cast<std::size_t>(std::min<std::uint64_t>(offset, bytes.size())));
}

void add_piece(std::vector<Piece>& pieces, Piece piece, std::uint64_t word_size) {
  if (piece.end <= piece.begin || piece.offset >= word_size) return;
  piece.end = piece.begin + std::min(piece.end - piece.begin, (word_size - piece.offset) / piece.unit);
  if (piece.end > piece.begin) pieces.push_back(piece);
}

// The PlcPcd: n + 1 character positions, then n descriptors of 8 bytes.
std::vector<Piece> parse_table(const Fib& fib, std::string_view bytes, std::uint64_t word_size) {
  std::vector<Piece> pieces;
  const std::size_t count = bytes.size() < 16 ? 0 : (bytes.size() - 4) / 12;
  ByteReader positions(bytes), descriptors(from(bytes, (count + 1) * 4));
  std::uint64_t begin = positions.u32le();
  for (std::size_t i = 0; i < count; ++i) {
    Piece piece;
    piece.begin = begin;
    piece.end = begin = positions.u32le();
    descriptors.skip(2);
    const std::uint32_t fc = descriptors.u32le();
    descriptors.skip(2);
    const bool compressed = fib.is_old || (fc & 0x40000000) != 0;
    piece.unit = compressed ? 1 : 2;
    piece.offset = fib.is_old ? fc : compressed ? (fc & 0x3fffffff) / 2 : fc & 0x3fffffff;
    add_piece(pieces, piece, word_size);
  }
  return pieces;
}

// Bytes of operand of a property modifier, by the top three bits of its code; MS-DOC 2.2.5.1.
std::size_t operand_size(unsigned code, std::string_view rest) {
  switch (code >> 13) {
    case 0: case 1: return 1;
    case 3: return 4;
    case 6: return rest.empty() ? 1 : 1 + static_cast<unsigned char>(rest[0]);
    case 7: return 3;
    default: return 2;
  }
}

void read_modifiers(std::string_view list, Mark& mark) {
  while (list.size() >= 3) {
    const unsigned code = ByteReader(list).u16le();
    list.remove_prefix(2);
    const bool on = static_cast<unsigned char>(list[0]) == 1;
    if (code == 0x0800) mark.deleted = on;   // sprmCFRMarkDel
    if (code == 0x083c) mark.hidden = on;    // sprmCFVanish
    list.remove_prefix(std::min(list.size(), operand_size(code, list)));
  }
}

void read_page(std::string_view page, std::vector<Mark>& marks) {
  const std::size_t count = static_cast<unsigned char>(page[511]);
  if (count > 101) return;  // more do not fit
  ByteReader positions(page), offsets(from(page, (count + 1) * 4));
  std::uint64_t begin = positions.u32le();
  for (std::size_t i = 0; i < count; ++i) {
    Mark mark;
    mark.begin = begin;
    mark.end = begin = positions.u32le();
    const std::size_t at = std::size_t{offsets.u8()} * 2;
    if (at == 0) continue;
    ByteReader in(page.substr(at, 511 - at));
    const std::size_t length = in.u8();
    read_modifiers(in.chars(std::min(length, in.left())), mark);
    if ((mark.deleted || mark.hidden) && mark.end > mark.begin) marks.push_back(mark);
  }
}

}  // namespace

Result<Fib> parse_fib(std::string_view word) {
  Fib fib;
  ByteReader in(word);
  const unsigned magic = in.u16le();
  fib.version = in.u16le();
  in.skip(2);
  fib.language = in.u16le();
  in.skip(2);
  const unsigned flags = in.u16le();
  if (!in.ok() || (magic != 0xa5ec && magic != 0xa5dc)) return Error{Code::corrupt, "the WordDocument stream does not begin as one"};
  fib.is_old = fib.version < 0xc1 || magic == 0xa5dc;
  fib.is_complex = (flags & 0x0004) != 0;
  fib.is_encrypted = (flags & 0x0100) != 0;
  fib.has_second_table = (flags & 0x0200) != 0;
  fib.is_obfuscated = (flags & 0x8000) != 0;
  in = ByteReader(from(word, 14));
  fib.key_bytes = in.u32le();
  in = ByteReader(from(word, 24));
  fib.text_begin = in.u32le();
  fib.text_end = in.u32le();
  in = ByteReader(from(word, fib.is_old ? 0x34 : 0x4c));
  for (std::uint64_t& length : fib.lengths) length = in.u32le();
  if (!in.ok()) return Error{Code::truncated, "the head of the WordDocument stream is cut"};
  if (fib.is_old) {
    in = ByteReader(from(word, 0x160));
    const std::uint64_t fc = in.u32le(), size = in.u32le();
    fib.tables.assign(34, ByteRange{});
    if (in.ok()) fib.tables[33] = {fc, fc + size};
    return fib;
  }
  in = ByteReader(from(word, 152));
  for (unsigned count = in.u16le(); count > 0 && in.left() >= 8; --count) {
    const std::uint64_t fc = in.u32le(), size = in.u32le();
    fib.tables.push_back({fc, fc + size});
  }
  return fib;
}

std::vector<Piece> parse_pieces(const Fib& fib, std::string_view clx, std::uint64_t word_size) {
  std::vector<Piece> pieces;
  ByteReader in(clx);
  while (in.left() > 0) {
    const unsigned kind = in.u8();
    if (kind == 1) {
      in.skip(in.u16le());
    } else if (kind == 2) {
      const std::size_t size = in.u32le();
      pieces = parse_table(fib, in.chars(std::min(size, in.left())), word_size);
      break;
    } else {
      break;
    }
  }
  if (!pieces.empty()) return pieces;
  Piece all;
  all.offset = fib.text_begin;
  for (const std::uint64_t length : fib.lengths) all.end += length;
  if (!fib.is_old && fib.text_end > fib.text_begin && fib.text_end - fib.text_begin >= 2 * all.end) all.unit = 2;
  add_piece(pieces, all, word_size);
  return pieces;
}

std::vector<Mark> parse_marks(std::string_view index, std::string_view word) {
  std::vector<Mark> marks;
  const std::size_t count = index.size() < 12 ? 0 : (index.size() - 4) / 8;
  std::vector<bool> seen(word.size() / 512 + 1);
  ByteReader pages(from(index, (count + 1) * 4));
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t page = pages.u32le() & 0x3fffff;
    if (page >= word.size() / 512 || seen[page]) continue;
    seen[page] = true;
    read_page(word.substr(page * 512, 512), marks);
  }
  std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.begin < b.begin; });
  return marks;
}

}  // namespace evtriage::ole
