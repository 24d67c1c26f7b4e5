// LZFu: a window of 4 KiB that begins with common RTF, references of 12 bits place and 4 bits length.
// Tested by tests/extractors/shared/lzfu_test.cpp.
#include "extractors/shared/lzfu.h"

#include <array>

#include "pipeline/core/byte_reader.h"

namespace evtriage {
namespace {

constexpr std::string_view first_window =  // MS-OXRTFCP 2.1.2.1
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New "
    "RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
static_assert(first_window.size() == 207);
constexpr std::uint32_t compressed = 0x75465a4c, stored = 0x414c454d;

constexpr std::array<std::uint32_t, 256> crc_table = [] {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value & 1) != 0 ? value >> 1 ^ 0xedb88320 : value >> 1;
    table[i] = value;
  }
  return table;
}();

// True if the reference that marks the end was met.
bool unpack(ByteReader in, std::size_t most_bytes, std::string& out) {
  std::array<char, 4096> window{};
  first_window.copy(window.data(), first_window.size());
  std::size_t write = first_window.size();
  const auto add = [&](char c) {
    out += c;
    window[write] = c;
    write = (write + 1) % window.size();
  };
  while (in.left() > 0) {
    const unsigned control = in.u8();
    for (unsigned bit = 0; bit < 8; ++bit) {
      if (out.size() > most_bytes) return false;
      if ((control >> bit & 1) == 0) {
        if (in.left() == 0) return false;
        add(static_cast<char>(in.u8()));
        continue;
      }
      const unsigned reference = in.u16be();
      if (!in.ok()) return false;
      std::size_t from = reference >> 4;
      if (from == write) return true;
      for (unsigned n = (reference & 0xf) + 2; n > 0; --n, from = (from + 1) % window.size()) add(window[from]);
    }
  }
  return false;
}

}  // namespace

std::uint32_t rtf_crc(std::string_view bytes) {
  std::uint32_t crc = 0;
  for (const char c : bytes) crc = crc_table[(crc ^ static_cast<unsigned char>(c)) & 0xff] ^ crc >> 8;
  return crc;
}

std::optional<UnpackedRtf> unpack_rtf(std::string_view packed, std::size_t most_bytes) {
  UnpackedRtf out;
  ByteReader in(packed);
  const std::uint32_t size = in.u32le(), raw_size = in.u32le(), kind = in.u32le(), crc = in.u32le();
  if (!in.ok() || (kind != compressed && kind != stored)) return std::nullopt;
  std::string_view body = packed.substr(16);
  if (kind == stored) {
    out.bytes = std::string(body.substr(0, raw_size));
    out.whole = out.bytes.size() == raw_size;
    return out;
  }
  if (size >= 12 && size - 12 < body.size()) body = body.substr(0, size - 12);
  out.checked = rtf_crc(body) == crc;
  out.whole = unpack(ByteReader(body), most_bytes, out.bytes) && out.bytes.size() == raw_size;
  return out;
}

}  // namespace evtriage
