// Decoding with an offset map.  Own decoders for UTF-8, -16, -32 and the single-byte encodings, because the
// map needs the place of every character; the East Asian ones through ICU, one character at a time.
// Tested by tests/extractors/encoding_test.cpp.
#include <emmintrin.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <bit>

#include "extractors/encoding.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr char32_t replacement = 0xfffd;

struct SingleByte {
  std::string_view name;
  std::array<char16_t, 128> upper;
};
constexpr SingleByte single_byte[] = {
#include "extractors/single_byte.inc"
};

// Collects characters and joins equal units into runs before the map sees them.
class Writer {
 public:
  Writer(Decoded& out, std::uint64_t source_begin) : out_(out), at_(source_begin), begin_(source_begin) {}

  void character(char32_t code, unsigned source_bytes) {
    const std::size_t before = out_.utf8.size();
    append_utf8(out_.utf8, code);
    extend(out_.utf8.size() - before, source_bytes, static_cast<std::uint8_t>(out_.utf8.size() - before),
           static_cast<std::uint8_t>(source_bytes));
  }
  void broken(unsigned source_bytes) {
    ++out_.broken;
    character(replacement, source_bytes);
  }
  void same(std::string_view chars) {  // 1:1
    out_.utf8 += chars;
    extend(chars.size(), chars.size(), 1, 1);
  }
  void finish() {
    if (text_ != 0) out_.map.append(text_, {begin_, at_}, text_unit_, source_unit_);
    text_ = 0;
    begin_ = at_;
  }

 private:
  void extend(std::uint64_t text, std::uint64_t source, std::uint8_t text_unit, std::uint8_t source_unit) {
    if (text_unit != text_unit_ || source_unit != source_unit_) finish();
    text_unit_ = text_unit;
    source_unit_ = source_unit;
    text_ += text;
    at_ += source;
  }
  Decoded& out_;
  std::uint64_t at_, begin_, text_ = 0;
  std::uint8_t text_unit_ = 1, source_unit_ = 1;
};

std::size_t ascii_prefix(std::string_view s) {
  std::size_t i = 0;
  for (; s.size() - i >= 16; i += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(s.data() + i));
    const unsigned high = static_cast<unsigned>(_mm_movemask_epi8(block));
    if (high != 0) return i + static_cast<std::size_t>(std::countr_zero(high));
  }
  while (i < s.size() && static_cast<unsigned char>(s[i]) < 0x80) ++i;
  return i;
}

void decode_utf8_text(std::string_view bytes, Writer& out) {
  while (!bytes.empty()) {
    const std::size_t good = valid_utf8_prefix(bytes);
    if (good != 0) out.same(bytes.substr(0, good));
    bytes.remove_prefix(good);
    if (bytes.empty()) return;
    out.broken(1);
    bytes.remove_prefix(1);
  }
}

void decode_single_byte(std::string_view bytes, const char16_t* upper, Writer& out) {
  while (!bytes.empty()) {
    const std::size_t ascii = ascii_prefix(bytes);
    if (ascii != 0) out.same(bytes.substr(0, ascii));
    bytes.remove_prefix(ascii);
    while (!bytes.empty() && static_cast<unsigned char>(bytes[0]) >= 0x80) {
      const char16_t unit = upper[static_cast<unsigned char>(bytes[0]) - 0x80];
      if (unit != 0) {
        out.character(unit, 1);
      } else {
        out.broken(1);
      }
      bytes.remove_prefix(1);
    }
  }
}

template <bool big>
char32_t unit16(std::string_view s, std::size_t i) {
  const auto a = static_cast<unsigned char>(s[i]), b = static_cast<unsigned char>(s[i + 1]);
  return static_cast<char32_t>(big ? a << 8 | b : b << 8 | a);
}

template <bool big>
void decode_utf16(std::string_view bytes, Writer& out) {
  std::size_t i = 0;
  while (bytes.size() - i >= 2) {
    const char32_t unit = unit16<big>(bytes, i);
    const bool high = unit >= 0xd800 && unit < 0xdc00;
    if (high && bytes.size() - i >= 4) {
      const char32_t low = unit16<big>(bytes, i + 2);
      if (low >= 0xdc00 && low < 0xe000) {
        out.character(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), 4);
        i += 4;
        continue;
      }
    }
    if (unit >= 0xd800 && unit < 0xe000) {
      out.broken(2);
    } else {
      out.character(unit, 2);
    }
    i += 2;
  }
  if (i < bytes.size()) out.broken(1);
}

template <bool big>
void decode_utf32(std::string_view bytes, Writer& out) {
  std::size_t i = 0;
  for (; bytes.size() - i >= 4; i += 4) {
    const char32_t first = unit16<big>(bytes, i), second = unit16<big>(bytes, i + 2);
    const char32_t code = big ? first << 16 | second : second << 16 | first;
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
      out.broken(4);
    } else {
      out.character(code, 4);
    }
  }
  if (i < bytes.size()) out.broken(static_cast<unsigned>(bytes.size() - i));
}

void decode_by_icu(std::string_view bytes, std::string_view encoding, Writer& out) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(std::string(encoding).c_str(), &status);
  if (U_FAILURE(status)) return decode_utf8_text(bytes, out);
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  while (at < end) {
    const char* const before = at;
    status = U_ZERO_ERROR;
    const UChar32 code = ucnv_getNextUChar(converter, &at, end, &status);
    const auto used = static_cast<unsigned>(std::min<std::ptrdiff_t>(at - before, 255));
    if (status == U_INDEX_OUTOFBOUNDS_ERROR) {  // only shift sequences were left
      break;
    }
    if (U_FAILURE(status) || code == 0xfffd || code < 0 || (code >= 0xd800 && code < 0xe000)) {
      out.broken(used != 0 ? used : 1);
      if (used == 0) ++at;
      ucnv_resetToUnicode(converter);
    } else {
      out.character(static_cast<char32_t>(code), used);
    }
  }
  ucnv_close(converter);
}

}  // namespace

const char16_t* upper_half(std::string_view encoding) {
  for (const SingleByte& entry : single_byte) {
    if (entry.name == encoding) return entry.upper.data();
  }
  return nullptr;
}

unsigned code_unit_bytes(std::string_view encoding) {
  return encoding.starts_with("utf-32") ? 4 : encoding.starts_with("utf-16") ? 2 : 1;
}

std::size_t bom_length(std::string_view bytes, std::string_view encoding) {
  constexpr std::pair<std::string_view, std::string_view> marks[] = {{"utf-8", "\xef\xbb\xbf"},
                                                                     {"utf-16le", "\xff\xfe"},
                                                                     {"utf-16be", "\xfe\xff"},
                                                                     {"utf-32le", std::string_view("\xff\xfe\0\0", 4)},
                                                                     {"utf-32be", std::string_view("\0\0\xfe\xff", 4)},
                                                                     {"gb18030", "\x84\x31\x95\x33"}};
  for (const auto& [name, mark] : marks) {
    if (name == encoding && bytes.starts_with(mark)) return mark.size();
  }
  return 0;
}

Decoded decode(std::string_view bytes, std::string_view encoding, std::uint64_t source_begin) {
  Decoded decoded;
  Writer out(decoded, source_begin);
  decoded.utf8.reserve(bytes.size() + bytes.size() / 8);
  if (encoding == "utf-8") {
    decode_utf8_text(bytes, out);
  } else if (const char16_t* upper = upper_half(encoding)) {
    decode_single_byte(bytes, upper, out);
  } else if (encoding == "utf-16le") {
    decode_utf16<false>(bytes, out);
  } else if (encoding == "utf-16be") {
    decode_utf16<true>(bytes, out);
  } else if (encoding == "utf-32le") {
    decode_utf32<false>(bytes, out);
  } else if (encoding == "utf-32be") {
    decode_utf32<true>(bytes, out);
  } else {
    decode_by_icu(bytes, encoding, out);
  }
  out.finish();
  return decoded;
}

std::uint64_t text_offset(const OffsetMap& map, std::uint64_t source_offset) {
  const auto& runs = map.runs();
  const auto run = std::partition_point(runs.begin(), runs.end(),
                                        [&](const Run& r) { return r.source.end <= source_offset; });
  if (run == runs.end()) return map.text_size();
  if (source_offset <= run->source.begin) return run->text_begin;
  const auto next = run + 1;
  const std::uint64_t end = next == runs.end() ? map.text_size() : next->text_begin;
  if (run->text_unit == 0) return end;
  const std::uint64_t units = (source_offset - run->source.begin + run->source_unit - 1) / run->source_unit;
  return std::min(end, run->text_begin + units * run->text_unit);
}

}  // namespace evtriage
