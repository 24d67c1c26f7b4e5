// Strings are counted in characters, monikers in bytes; each flag adds one part.
// Tested by tests/extractors/ole/xls_test.cpp.
#include "extractors/ole/hyperlink.h"

#include "extractors/ole/text_flow.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage::ole {
namespace {

constexpr std::string_view url_moniker("\xe0\xc9\xea\x79\xf9\xba\xce\x11\x8c\x82\x00\xaa\x00\x4b\xa9\x0b", 16);
constexpr std::string_view file_moniker("\x03\x03\x00\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46", 16);

std::string_view counted(ByteReader& in) { return in.chars(std::uint64_t{in.u32le()} * 2); }

void keep(Hyperlink& link, std::string text, std::size_t end, std::size_t size) {
  if (text.empty()) return;
  if (link.target.empty()) link.at.begin = end - size;
  link.at.end = end;
  link.target += text;
}

void read_moniker(ByteReader& in, Hyperlink& link) {
  const std::string_view kind = in.chars(16);
  if (kind == url_moniker) {
    const std::string_view bytes = in.chars(in.u32le());
    keep(link, to_utf8(bytes, "utf-16le"), in.position(), bytes.size());
  } else if (kind == file_moniker) {
    in.skip(2);
    const std::string_view narrow = in.chars(in.u32le());
    const std::size_t narrow_end = in.position();
    in.skip(24);
    const std::uint32_t rest = in.u32le();
    if (rest >= 6) {
      const std::uint32_t size = in.u32le();
      in.skip(2);
      const std::string_view wide = in.chars(size);
      keep(link, to_utf8(wide, "utf-16le"), in.position(), wide.size());
    }
    if (link.target.empty()) keep(link, to_utf8(narrow, "windows-1252"), narrow_end, narrow.size());
  }
}

}  // namespace

Hyperlink parse_hyperlink(std::string_view bytes) {
  Hyperlink link;
  ByteReader in(bytes);
  in.skip(4);
  const unsigned flags = in.u32le();
  if ((flags & 0x10) != 0) counted(in);  // the text that is shown
  if ((flags & 0x80) != 0) counted(in);  // the frame
  if ((flags & 0x101) == 0x101) {
    const std::string_view text = counted(in);
    keep(link, to_utf8(text, "utf-16le"), in.position(), text.size());
  } else if ((flags & 1) != 0) {
    read_moniker(in, link);
  }
  if ((flags & 8) != 0 && in.ok()) {
    const std::string_view place = counted(in);
    const std::string text = to_utf8(place, "utf-16le");
    if (!text.empty()) keep(link, "#" + text, in.position(), place.size());
  }
  return link;
}

}  // namespace evtriage::ole
