// Signatures of binary formats.  A signature stands here only if libmagic gives the same verdict on it:
// formats with many faces (TrueType, MPEG without ID3, DOS programs) are left to libmagic itself.
// Tested by tests/pipeline/engine/identify_test.cpp.
#include "pipeline/engine/identify_table.h"

#include <array>
#include <cmath>

#include "pipeline/core/byte_reader.h"

namespace evtriage {
namespace {

using std::string_view_literals::operator""sv;  // NOLINT(misc-unused-using-decls): the check does not see literals

struct Signature {
  std::size_t offset;
  std::string_view bytes;
  std::string_view type;
};

// PNG: RFC 2083; GIF89a; JPEG: ITU T.81; TIFF 6.0; gzip: RFC 1952; xz and 7z: their format notes;
// Zstandard: RFC 8878; ustar: POSIX.1-1988; SQLite: fileformat2; OLE2: MS-CFB; Matroska: RFC 8794;
// Ogg: RFC 3533; FLAC: RFC 9639; fonts: WOFF 1.0 and 2.0; WebAssembly 1.0; gettext: its manual.
constexpr Signature signatures[] = {
    {0, "\x89PNG\r\n\x1a\n"sv, "image/png"},
    {0, "\xff\xd8\xff"sv, "image/jpeg"},
    {0, "GIF87a"sv, "image/gif"},
    {0, "GIF89a"sv, "image/gif"},
    {0, "II*\0"sv, "image/tiff"},
    {0, "MM\0*"sv, "image/tiff"},
    {0, "8BPS\0\1"sv, "image/vnd.adobe.photoshop"},
    {0, "%PDF-"sv, "application/pdf"},
    {0, "\x1f\x8b\x08"sv, "application/gzip"},
    {0, "BZh91AY&SY"sv, "application/x-bzip2"},
    {0, "\xfd""7zXZ\0"sv, "application/x-xz"},
    {0, "\x28\xb5\x2f\xfd"sv, "application/zstd"},
    {0, "7z\xbc\xaf\x27\x1c"sv, "application/x-7z-compressed"},
    {0, "Rar!\x1a\x07\x00"sv, "application/x-rar"},
    {0, "Rar!\x1a\x07\x01\x00"sv, "application/x-rar"},
    {257, "ustar\0"sv, "application/x-tar"},
    {257, "ustar  \0"sv, "application/x-tar"},
    {0, "!<arch>\n"sv, "application/x-archive"},
    {0, "SQLite format 3\0"sv, "application/vnd.sqlite3"},
    {0, "!BDN"sv, "application/vnd.ms-outlook-pst"},
    {0, "\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3"sv, "application/onenote"},  // MS-ONESTORE 2.3.1; libmagic has none
    {0, "\xcf\xad\x12\xfe\xc5\xfd\x74\x6f\x66\xe3\xd1\x11"sv, "application/x-outlook-express"},  // libmagic knows it, but no type
    {0, "\x78\x9f\x3e\x22"sv, "application/vnd.ms-tnef"},
    {0, "ID3\x02"sv, "audio/mpeg"},
    {0, "ID3\x03"sv, "audio/mpeg"},
    {0, "ID3\x04"sv, "audio/mpeg"},
    {0, "fLaC\0"sv, "audio/flac"},
    {0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c"sv, "video/x-ms-asf"},
    {0, "{\\rtf1"sv, "text/rtf"},
    {0, "wOFF"sv, "font/woff"},
    {0, "wOF2"sv, "font/woff2"},
    {0, "\0asm\1\0\0\0"sv, "application/wasm"},
    {0, "\xde\x12\x04\x95\0\0"sv, "application/x-gettext-translation"},
    {0, "\x95\x04\x12\xde\0\0"sv, "application/x-gettext-translation"},
    {0, "d8:announce"sv, "application/x-bittorrent"},
};

std::string_view elf_type(ByteView head) {
  ByteReader reader(head);
  reader.skip(4);
  const unsigned bits = reader.u8(), order = reader.u8();
  reader.skip(10);
  const unsigned type = order == 2 ? reader.u16be() : reader.u16le();
  if (!reader.ok() || bits < 1 || bits > 2) return {};
  switch (type) {
    case 1: return "application/x-object";
    case 2: return "application/x-executable";
    case 4: return "application/x-coredump";
    default: return {};  // a shared object or a program that can lie anywhere: libmagic looks inside
  }
}

// ISO/IEC 14496-12: the major brand of the ftyp box.
std::string_view brand_type(std::string_view brand) {
  struct Brand {
    std::string_view brand, type;
  };
  constexpr Brand brands[] = {
      {"isom", "video/mp4"}, {"iso2", "video/mp4"}, {"mp41", "video/mp4"}, {"mp42", "video/mp4"},
      {"avc1", "video/mp4"}, {"M4A ", "audio/x-m4a"}, {"M4V ", "video/x-m4v"}, {"qt  ", "video/quicktime"},
      {"heic", "image/heic"}, {"heix", "image/heic"}, {"mif1", "image/heif"}, {"avif", "image/avif"},
  };
  if (brand.starts_with("3gp")) return "video/3gpp";
  for (const Brand& known : brands) {
    if (brand == known.brand) return known.type;
  }
  return {};
}

// RFC 9649 (WebP) and the RIFF forms of sound and film.
std::string_view riff_type(std::string_view form) {
  if (form == "WEBP") return "image/webp";
  if (form == "WAVE") return "audio/x-wav";
  if (form == "AVI ") return "video/x-msvideo";
  return {};
}

std::string_view structured_type(ByteView head) {
  const std::string_view chars = as_chars(head);
  if (chars.starts_with("\x7f""ELF")) return elf_type(head);
  if (chars.size() >= 12 && chars.substr(4, 4) == "ftyp") return brand_type(chars.substr(8, 4));
  if (chars.size() >= 12 && chars.starts_with("RIFF")) return riff_type(chars.substr(8, 4));
  if (chars.starts_with("\x1a\x45\xdf\xa3")) {  // EBML: the document type stands in its header
    const std::string_view header = chars.substr(0, 64);
    if (header.find("webm") != std::string_view::npos) return "video/webm";
    if (header.find("matroska") != std::string_view::npos) return "video/x-matroska";
  }
  return {};
}

}  // namespace

std::string_view type_by_signature(ByteView head) {
  const std::string_view chars = as_chars(head);
  for (const Signature& signature : signatures) {
    if (chars.size() >= signature.offset && chars.substr(signature.offset).starts_with(signature.bytes)) {
      return signature.type;
    }
  }
  return structured_type(head);
}

std::string_view type_behind_other_bytes(ByteView head) {
  constexpr std::string_view header = "%PDF-";
  const std::string_view chars = as_chars(head).substr(0, 1024 + header.size());
  const std::size_t at = chars.find(header);
  const bool versioned = at != chars.npos && at + header.size() < chars.size() && (chars[at + 5] == '1' || chars[at + 5] == '2');
  return versioned ? "application/pdf" : "";
}

// Shannon's entropy of n random bytes lies below 8 by about 255 / (2 n ln 2); the gate leaves 0.025 more.
bool is_disordered(ByteView head) {
  constexpr std::size_t sample = 4096;
  if (head.size() < sample) return false;
  std::array<std::array<std::uint32_t, 256>, 4> counts{};  // four, so that equal neighbours do not wait
  for (std::size_t i = 0; i < sample; i += 4) {
    for (std::size_t lane = 0; lane < 4; ++lane) ++counts[lane][std::to_integer<std::size_t>(head[i + lane])];
  }
  // Integer logarithms would do as well, but this sum is compared once and never stored.
  double bits = 12.0;
  for (std::size_t value = 0; value < 256; ++value) {
    const double n = counts[0][value] + counts[1][value] + counts[2][value] + counts[3][value];
    if (n > 0) bits -= n * std::log2(n) / static_cast<double>(sample);
  }
  return bits > 7.93;
}

}  // namespace evtriage
