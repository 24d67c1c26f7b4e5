// Typedstream: the format of NSArchiver, as far as one string needs it: class names stand in clear, a string follows its
// type "+" with a length of one byte, or of two (0x81) or four (0x82), little endian.
// Tested by tests/extractors/phone/blobs_test.cpp.
#include "extractors/phone/blobs.h"

#include <algorithm>

#include "extractors/shape.h"
#include "pipeline/core/byte_reader.h"
#include "pipeline/core/text.h"

namespace evtriage::phone {
namespace {

using std::string_view_literals::operator""sv;  // NOLINT(misc-unused-using-decls): the check does not see literals

struct Magic {
  std::string_view bytes, type;
};
constexpr Magic magics[] = {
    {"\xff\xd8\xff"sv, "image/jpeg"},     {"\x89PNG\r\n\x1a\n"sv, "image/png"}, {"GIF87a"sv, "image/gif"},       {"GIF89a"sv, "image/gif"},
    {"bplist00"sv, "application/x-bplist"}, {"%PDF-"sv, "application/pdf"},     {"PK\x03\x04"sv, "application/zip"}, {"\x1f\x8b\x08"sv, "application/gzip"},
    {"OggS\0"sv, "application/ogg"},      {"ID3"sv, "audio/mpeg"},              {"#!AMR"sv, "audio/amr"},        {"SQLite format 3\0"sv, "application/vnd.sqlite3"},
    {"II*\0"sv, "image/tiff"},            {"MM\0*"sv, "image/tiff"},            {"<?xml"sv, "text/xml"},         {"BEGIN:VCARD"sv, "text/vcard"},
    {"{\\rtf"sv, "text/rtf"},             {"caff\0\1"sv, "audio/x-caf"},        {"7z\xbc\xaf\x27\x1c"sv, "application/x-7z-compressed"}};
constexpr std::size_t least_file = 24;
constexpr std::size_t least_run = 4;      // bytes
constexpr std::size_t longest_run = 64u << 10;

bool is_printable(char32_t c) { return (c >= 0x20 && c != 0x7f && !(c >= 0x80 && c < 0xa0)) || c == '\n' || c == '\t' || c == '\r'; }

}  // namespace

std::string_view file_type_of(std::string_view bytes) {
  if (bytes.size() < least_file) return {};
  for (const Magic& magic : magics) {
    if (bytes.starts_with(magic.bytes)) return magic.type;
  }
  if (bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP") return "image/webp";
  if (bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WAVE") return "audio/x-wav";
  if (bytes.substr(4, 4) == "ftyp") return bytes.substr(8, 4) == "heic" || bytes.substr(8, 4) == "mif1" ? "image/heic" : "video/mp4";
  return {};
}

ByteRange typedstream_text(std::string_view bytes) {
  if (bytes.substr(0, 32).find("streamtyped") == bytes.npos) return {};
  std::size_t at = bytes.find("NSString");
  if (const std::size_t other = bytes.find("NSMutableString"); other < at) at = other;
  if (at == bytes.npos) return {};
  const std::size_t plus = bytes.find('+', at);
  if (plus == bytes.npos || plus - at > 40) return {};
  ByteReader in(bytes.substr(plus + 1));
  std::uint64_t length = in.u8();
  if (length == 0x81) length = in.u16le();
  else if (length == 0x82) length = in.u32le();
  else if (length > 0x82) return {};
  if (!in.ok()) return {};
  const std::size_t begin = plus + 1 + in.position();
  const std::size_t size = std::min<std::size_t>(length, bytes.size() - begin);
  return {begin, begin + valid_utf8_prefix(bytes.substr(begin, size))};
}

std::vector<ByteRange> text_runs(std::string_view bytes) {
  std::vector<ByteRange> runs;
  std::size_t begin = 0, at = 0;
  Shape shape;
  const auto end_run = [&] {
    while (begin < at && static_cast<unsigned char>(bytes[begin]) <= ' ') ++begin;
    if (at - begin >= least_run && shape.is_text()) runs.push_back({begin, at});
    shape = Shape();
  };
  while (at < bytes.size()) {
    const std::string_view next = bytes.substr(at, 4);
    const std::size_t valid = static_cast<unsigned char>(next[0]) < 0x80 ? 1 : valid_utf8_prefix(next);
    const Character c = valid > 0 ? decode_utf8(bytes, at) : Character{0, 1};
    if (valid >= c.length && is_printable(c.code) && at - begin < longest_run) {
      shape.feed(c.code);
      at += c.length;
      continue;
    }
    end_run();
    if (valid < c.length || !is_printable(c.code)) ++at;
    begin = at;
  }
  end_run();
  return runs;
}

}  // namespace evtriage::phone
