// See xls_formula.h; tokens are only measured, never computed.
// Tested by tests/extractors/ole/xls_formula_test.cpp.
#include "extractors/ole/xls_formula.h"

#include <optional>

#include "pipeline/core/byte_reader.h"

namespace evtriage::ole {
namespace {

constexpr std::size_t most_strings = 10'000;  // of one record

// Bytes behind the token's own; nullopt: no token whose size is fixed.
std::optional<std::uint64_t> operand_bytes(unsigned token) {
  if (token >= 0x03 && token <= 0x16) return 0;  // operators, parentheses, a missing argument
  switch (token < 0x20 ? token : (token & 0x1f) | 0x20) {
    case 0x1c: case 0x1d: return 1;
    case 0x1e: case 0x21: case 0x29: case 0x2e: case 0x2f: return 2;
    case 0x22: return 3;
    case 0x01: case 0x02: case 0x23: case 0x24: case 0x2a: case 0x2c: return 4;
    case 0x26: case 0x27: case 0x28: case 0x39: case 0x3a: case 0x3c: return 6;
    case 0x20: return 7;
    case 0x1f: case 0x25: case 0x2b: case 0x2d: return 8;
    case 0x3b: case 0x3d: return 10;
    default: return std::nullopt;
  }
}

// An attribute: an optimised choice has a table of jumps behind it.
std::uint64_t attribute_bytes(ByteReader& in) {
  const unsigned kind = in.u8();
  const std::uint64_t word = in.u16le();
  return (kind & 0x04) != 0 ? 2 * (word + 1) : 0;
}

// Characters behind their flags, without the NULs that part the items of a list.
void add_items(std::string_view stream, StringPart part, std::vector<StringPart>& out) {
  const std::uint64_t unit = part.wide ? 2 : 1;
  std::uint64_t from = part.begin;
  const std::uint64_t end = part.begin + part.size;
  for (std::uint64_t at = from; at <= end && out.size() < most_strings; at += unit) {
    const bool is_end = at + unit > end;
    const bool is_nul = !is_end && stream[at] == '\0' && (!part.wide || stream[at + 1] == '\0');
    if (!is_end && !is_nul) continue;
    if (at > from) out.push_back({from, at - from, part.wide});
    from = at + unit;
  }
}

// A count of `count_bytes`, flags, characters; the reader begins at `base` of the stream.
void add_string(std::string_view stream, std::uint64_t base, ByteReader& in, unsigned count_bytes, std::vector<StringPart>& out) {
  const std::uint64_t count = count_bytes == 1 ? in.u8() : in.u16le();
  const bool wide = (in.u8() & 1) != 0;
  const std::uint64_t at = base + in.position(), size = count * (wide ? 2 : 1);
  in.skip(size);
  if (in.ok()) add_items(stream, {at, size, wide}, out);
}

}  // namespace

std::vector<StringPart> formula_strings(std::string_view stream, std::uint64_t begin, std::uint64_t end) {
  std::vector<StringPart> out;
  if (end > stream.size() || begin > end) return out;
  ByteReader in(stream.substr(begin, end - begin));
  while (in.left() > 0 && out.size() < most_strings) {
    const unsigned token = in.u8();
    if (token == 0x17) {
      add_string(stream, begin, in, 1, out);
    } else if (token == 0x19) {
      in.skip(attribute_bytes(in));
    } else if (const auto bytes = operand_bytes(token); bytes) {
      in.skip(*bytes);
    } else {
      break;
    }
  }
  return out;
}

ByteRange tokens_of_formula(std::string_view stream, const BiffRecord& record) {
  constexpr std::uint64_t before = 20;  // place, format, result, flags, a cache
  if (record.size < before + 2) return {};
  const std::uint64_t size = ByteReader(stream.substr(record.begin + before, 2)).u16le();
  const std::uint64_t begin = record.begin + before + 2;
  return size > record.size - before - 2 ? ByteRange{} : ByteRange{begin, begin + size};
}

std::vector<StringPart> validation_strings(std::string_view stream, const BiffRecord& record) {
  std::vector<StringPart> out;
  ByteReader in(stream.substr(record.begin, record.size));
  in.skip(4);
  for (int i = 0; i < 4; ++i) add_string(stream, record.begin, in, 2, out);
  for (int i = 0; i < 2 && in.ok(); ++i) {
    const std::uint64_t size = in.u16le();
    in.skip(2);
    const std::uint64_t at = record.begin + in.position();
    in.skip(size);
    if (!in.ok()) break;
    for (const StringPart& part : formula_strings(stream, at, at + size)) out.push_back(part);
  }
  return out;
}

}  // namespace evtriage::ole
