// A window of 4096 bytes that begins with the words that RTF uses most; eight choices a control byte.
// Tested by tests/extractors/outlook/lzfu_test.cpp.
#include "extractors/outlook/lzfu.h"

#include "pipeline/core/byte_reader.h"

namespace evtriage {
namespace {

constexpr std::size_t window_bytes = 4096;
constexpr std::string_view start =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArial"
    "Times New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
static_assert(start.size() == 207);

class Expander {
 public:
  Expander(ByteReader reader, std::size_t most_bytes) : reader_(reader), most_bytes_(most_bytes), window_(start) {
    window_.resize(window_bytes, ' ');
  }
  Rtf run() {
    while (reader_.left() > 0) {
      const unsigned control = reader_.u8();
      for (unsigned bit = 0; bit < 8; ++bit) {
        if (reader_.left() == 0 || out_.bytes.size() > most_bytes_) return cut();
        if ((control >> bit & 1) == 0) put(static_cast<char>(reader_.u8()));
        else if (!copy()) return std::move(out_);
      }
    }
    return cut();
  }

 private:
  Rtf cut() {
    out_.whole = false;
    return std::move(out_);
  }
  void put(char c) {
    out_.bytes += c;
    window_[at_] = c;
    at_ = (at_ + 1) % window_bytes;
  }
  bool copy() {  // 12 bits of offset, 4 of length; the offset of the next write is the end mark
    const unsigned token = reader_.u16be();
    std::size_t from = token >> 4;
    if (!reader_.ok()) {
      out_.whole = false;
      return false;
    }
    if (from == at_) return false;
    for (unsigned left = (token & 15) + 2; left > 0; --left) {
      put(window_[from]);
      from = (from + 1) % window_bytes;
    }
    return true;
  }
  ByteReader reader_;
  std::size_t most_bytes_;
  std::string window_;
  std::size_t at_ = start.size();
  Rtf out_;
};

}  // namespace

std::optional<Rtf> decompress_rtf(std::string_view compressed, std::size_t most_bytes) {
  constexpr std::uint32_t lzfu = 0x75465a4c, mela = 0x414c454d;
  ByteReader reader(compressed);
  reader.u32le();  // size of what follows: the bytes at hand say it
  const std::uint32_t size = reader.u32le(), kind = reader.u32le();
  reader.u32le();  // checksum
  if (!reader.ok() || (kind != lzfu && kind != mela)) return std::nullopt;
  if (kind == lzfu) return Expander(reader, most_bytes).run();
  Rtf out;
  out.whole = size <= reader.left();
  out.bytes = reader.chars(out.whole ? size : reader.left());
  return out;
}

}  // namespace evtriage
