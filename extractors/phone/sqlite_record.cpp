// Lengths come out of hostile bytes: a value that reaches out of its record ends the record, not the reader.
// Tested by tests/extractors/phone/sqlite_test.cpp and tests/fuzz/fuzz_sqlite.cpp.
#include "extractors/phone/sqlite_record.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "extractors/encoding.h"
#include "pipeline/core/text.h"

namespace evtriage::phone {
namespace {

constexpr std::size_t most_columns = 32767;  // SQLite's own limit

std::int64_t read_integer(std::string_view bytes) {
  ByteReader in(bytes);
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::uint64_t byte = in.u8();
    if (i == 0 && (byte & 0x80) != 0) value = ~std::uint64_t{0};
    value = value << 8 | byte;
  }
  return static_cast<std::int64_t>(value);
}

std::string_view name_of(Encoding encoding) { return encoding == Encoding::utf16le ? "utf-16le" : encoding == Encoding::utf16be ? "utf-16be" : "utf-8"; }

}  // namespace

const Cell& Row::cell(std::size_t column) const {
  static const Cell nothing;
  return column < cells.size() ? cells[column] : nothing;
}

std::size_t Row::piece_of(std::uint64_t begin) const {
  std::size_t i = pieces.size() - 1;
  while (i > 0 && pieces[i].begin > begin) --i;
  return i;
}

std::uint64_t Row::piece_end(std::size_t piece) const {
  return piece + 1 < pieces.size() ? pieces[piece + 1].begin : std::max<std::uint64_t>(bytes.size(), pieces[piece].begin);
}

ByteRange Row::source(std::uint64_t begin, std::uint64_t end) const {
  const std::size_t i = piece_of(begin);
  if (!pieces[i].in_item) return pieces[0].in_item ? ByteRange{pieces[0].at, pieces[0].at + 1} : ByteRange{};
  const std::uint64_t from = std::clamp(begin, pieces[i].begin, piece_end(i)), to = std::clamp(end, from, piece_end(i));
  return {pieces[i].at + (from - pieces[i].begin), pieces[i].at + (to - pieces[i].begin)};
}

bool Row::is_contiguous(std::uint64_t begin, std::uint64_t end) const {
  const std::size_t i = piece_of(begin);
  return pieces[i].in_item && end <= piece_end(i);
}

std::uint64_t size_of_type(std::uint64_t type) {
  constexpr std::uint8_t sizes[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};
  return type < 12 ? sizes[type] : (type - 12) / 2;
}

bool read_values(Row& row, const std::vector<std::uint64_t>& types, std::uint64_t body) {
  row.cells.clear();
  std::uint64_t at = body;
  for (const std::uint64_t type : types) {
    if (type == 10 || type == 11) return false;
    Cell cell;
    cell.at = at;
    cell.size = size_of_type(type);
    if (at > row.size || cell.size > row.size - at) return false;
    if (at < row.bytes.size()) cell.bytes = row.bytes.substr(static_cast<std::size_t>(at), static_cast<std::size_t>(cell.size));
    at += cell.size;
    if (type == 0) {
      cell.kind = Cell::Kind::null;
    } else if (type >= 12) {
      cell.kind = type % 2 == 0 ? Cell::Kind::blob : Cell::Kind::text;
    } else if (cell.bytes.size() < cell.size) {
      cell.kind = Cell::Kind::null;  // a number whose bytes were cut off
    } else if (type == 7) {
      cell.kind = Cell::Kind::real;
      cell.real = std::bit_cast<double>(read_integer(cell.bytes));
    } else {
      cell.kind = Cell::Kind::integer;
      cell.integer = type == 8 ? 0 : type == 9 ? 1 : read_integer(cell.bytes);
    }
    row.cells.push_back(cell);
  }
  return true;
}

bool read_record(Row& row) {
  ByteReader in(row.bytes);
  const std::uint64_t header = sqlite_varint(in);
  if (!in.ok() || header > row.bytes.size() || header < in.position()) return false;
  std::vector<std::uint64_t> types;
  types.reserve(32);
  while (in.position() < header) {
    types.push_back(sqlite_varint(in));
    if (!in.ok() || in.position() > header || types.size() > most_columns) return false;
  }
  return read_values(row, types, header);
}

void append_plain(const Row& row, std::uint64_t begin, std::uint64_t end, MappedText& out) {
  end = std::min<std::uint64_t>(end, row.bytes.size());
  while (begin < end) {
    const std::size_t piece = row.piece_of(begin);
    const std::uint64_t stop = std::min(end, row.piece_end(piece));
    if (stop <= begin) return;
    const std::string_view part = row.bytes.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(stop - begin));
    const ByteRange range = row.source(begin, stop);
    if (row.pieces[piece].in_item) {
      out.text += part;
      out.map.append(part.size(), range);
    } else {
      append_made(out, part, range);
    }
    begin = stop;
  }
}

void append_text(const Row& row, const Cell& cell, Encoding encoding, MappedText& out) {
  if (cell.bytes.empty()) return;
  if (encoding == Encoding::utf8) {
    const std::size_t valid = valid_utf8_prefix(cell.bytes);
    const bool cut = !cell.is_whole() && cell.bytes.size() - valid < 4;  // only its last character
    if (valid == cell.bytes.size() || cut) return append_plain(row, cell.at, cell.at + valid, out);
  }
  Decoded decoded = decode(cell.bytes, name_of(encoding), row.source(cell).begin);
  out.text += decoded.utf8;
  if (row.is_contiguous(cell.at, cell.at + cell.bytes.size())) {
    const auto& runs = decoded.map.runs();
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const std::uint64_t end = i + 1 < runs.size() ? runs[i + 1].text_begin : decoded.map.text_size();
      out.map.append(end - runs[i].text_begin, runs[i].source, runs[i].text_unit, runs[i].source_unit);
    }
  } else {
    out.map.append(decoded.utf8.size(), row.source(cell), 0, 0);
  }
}

std::string text_of(const Row& row, const Cell& cell, Encoding encoding) {
  MappedText out;
  append_text(row, cell, encoding, out);
  return std::move(out.text);
}

std::uint64_t fingerprint(const Row& row) {
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15u;
  std::uint64_t mark = factor;
  const auto mix = [&](std::uint64_t value) {
    mark = (mark ^ value) * factor;
    mark ^= mark >> 29;
  };
  for (std::size_t i = row.cells.size() > 1 && row.cells[0].is_null() ? 1 : 0; i < row.cells.size(); ++i) {
    const Cell& cell = row.cells[i];
    mix(static_cast<std::uint64_t>(cell.kind) << 56 | cell.size);
    std::string_view rest = cell.bytes;
    for (; rest.size() >= 8; rest.remove_prefix(8)) {
      std::uint64_t word = 0;
      std::memcpy(&word, rest.data(), 8);
      mix(word);
    }
    std::uint64_t word = cell.kind == Cell::Kind::integer && cell.size == 0 ? static_cast<std::uint64_t>(cell.integer) + 1 : 0;
    if (!rest.empty()) std::memcpy(&word, rest.data(), rest.size());
    mix(word);
  }
  return mark;
}

}  // namespace evtriage::phone
