// Each length is found in one pass over the file, within a limit of bytes that its format seldom passes; what is longer is
// left to raw strings.
// Sources: ITU T.81 (JPEG), W3C PNG, ISO 32000-1 section 7.5, PKWARE APPNOTE 6.3, SQLite fileformat2, ISO/IEC 14496-12.
// Tested by tests/extractors/disk/carve_test.cpp and tests/fuzz/fuzz_carve.cpp.
#include "extractors/disk/carve_formats.h"

#include <algorithm>
#include <optional>
#include <string>

#include "extractors/shared/inflate_block.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage::disk {
namespace {

using std::string_view_literals::operator""sv;  // NOLINT(misc-unused-using-decls): the check does not see literals

constexpr std::uint64_t window = 1u << 20;
constexpr std::uint64_t jpeg_most = 64u << 20, png_most = 256u << 20, pdf_most = 128u << 20, zip_most = 512u << 20;
constexpr unsigned pieces_most = 100'000;

// Where `mark` stands next, from `from` on and before `end`; nothing if it does not.
std::optional<std::uint64_t> find(const Piecewise& bytes, std::string_view mark, std::uint64_t from, std::uint64_t end) {
  while (from < end) {
    const std::string_view seen = bytes.from(from, mark.size());
    if (seen.size() < mark.size()) return std::nullopt;
    if (const std::size_t place = seen.find(mark); place != std::string_view::npos) return from + place < end ? std::optional(from + place) : std::nullopt;
    from += seen.size() - mark.size() + 1;
  }
  return std::nullopt;
}

// From behind a start of scan to the next marker that is none of its own (stuffed ff, restarts).
std::uint64_t end_of_scan(const Piecewise& bytes, std::uint64_t from, std::uint64_t end) {
  while (from < end) {
    const auto mark = find(bytes, "\xff", from, end);
    if (!mark) return 0;
    const std::string_view next = bytes.at(*mark, 2);
    if (next.size() < 2) return 0;
    const auto code = static_cast<unsigned char>(next[1]);
    if (code == 0xff) {
      from = *mark + 1;
    } else if (code == 0 || (code >= 0xd0 && code <= 0xd7)) {
      from = *mark + 2;
    } else {
      return *mark;
    }
  }
  return 0;
}

bool is_frame(unsigned code) { return code >= 0xc0 && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc; }

std::uint64_t number_in(std::string_view text) {
  std::uint64_t value = 0;
  while (!text.empty() && (text[0] == ' ' || text[0] == '\r' || text[0] == '\n')) text.remove_prefix(1);
  for (const char c : text) {
    if (c < '0' || c > '9' || value > (std::uint64_t{1} << 50)) break;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

// The words before an end of a PDF: does `startxref` lead to a table or a stream of references?
bool ends_pdf(const Piecewise& bytes, std::uint64_t end_mark) {
  constexpr std::uint64_t back = 1024;
  const std::uint64_t from = end_mark - std::min(end_mark, back);
  const std::string_view tail = bytes.at(from, end_mark - from);
  const std::size_t word = tail.rfind("startxref");
  if (word == std::string_view::npos) return false;
  const std::uint64_t place = number_in(tail.substr(word + 9));
  if (place == 0 || place >= end_mark) return false;
  const std::string_view there = bytes.at(place, 24);
  return there.starts_with("xref") || there.find(" obj") != std::string_view::npos;
}

}  // namespace

bool Piecewise::holds(std::uint64_t offset, std::uint64_t length) const {
  return offset >= held_at_ && offset - held_at_ <= held_.size() && length <= held_.size() - (offset - held_at_);
}

std::string_view Piecewise::at(std::uint64_t offset, std::uint64_t length) const {
  if (offset >= size()) return {};
  length = std::min({length, size() - offset, window});
  work_ += length;
  if (!holds(offset, length)) {
    const std::uint64_t more = std::min(std::max<std::uint64_t>(length, 64u << 10), size() - offset);
    Result<Blob> bytes = volume_.read({run_.begin + offset, run_.begin + offset + more});
    held_ = bytes ? *std::move(bytes) : Blob();
    held_at_ = offset;
    length = std::min(length, held_.size());
    work_ += more;
  }
  return held_.chars().substr(static_cast<std::size_t>(offset - held_at_), static_cast<std::size_t>(length));
}

std::string_view Piecewise::from(std::uint64_t offset, std::uint64_t least) const {
  if (!holds(offset, least)) return at(offset, window);
  work_ += least;
  return held_.chars().substr(static_cast<std::size_t>(offset - held_at_));
}

std::uint64_t jpeg_length(const Piecewise& bytes) {
  const std::uint64_t end = std::min(bytes.size(), jpeg_most);
  bool has_frame = false, has_scan = false;
  std::uint64_t at = 2;
  for (unsigned pieces = 0; at < end && pieces < pieces_most; ++pieces) {
    ByteReader in(bytes.at(at, 4));
    const unsigned mark = in.u8(), code = in.u8();
    if (mark != 0xff || !in.ok()) return 0;
    if (code == 0xff) {
      ++at;
      continue;
    }
    if (code == 0xd9) return has_frame && has_scan ? at + 2 : 0;
    const unsigned length = in.u16be();
    if (!in.ok() || length < 2 || code < 0xc0) return 0;
    has_frame = has_frame || is_frame(code);
    at += 2 + length;
    if (code != 0xda) continue;
    has_scan = true;
    at = end_of_scan(bytes, at, end);
    if (at == 0) return 0;
  }
  return 0;
}

std::uint64_t png_length(const Piecewise& bytes) {
  const std::uint64_t end = std::min(bytes.size(), png_most);
  std::uint64_t at = 8;
  for (unsigned pieces = 0; at < end && pieces < pieces_most; ++pieces) {
    ByteReader in(bytes.at(at, 8));
    const std::uint64_t length = in.u32be();
    const std::string kind(in.chars(4));
    if (!in.ok() || length > end - at || end - at - length < 12) return 0;
    if ((pieces == 0) != (kind == "IHDR")) return 0;
    std::uint32_t sum = 0;
    for (std::uint64_t done = 0; done < length + 4;) {
      const std::string_view part = bytes.at(at + 4 + done, std::min(window, length + 4 - done));
      if (part.empty()) return 0;
      sum = fast_crc32(sum, as_bytes(part));
      done += part.size();
    }
    ByteReader stored(bytes.at(at + 8 + length, 4));
    if (stored.u32be() != sum || !stored.ok()) return 0;
    at += 12 + length;
    if (kind == "IEND") return at;
  }
  return 0;
}

std::uint64_t pdf_length(const Piecewise& bytes) {
  std::uint64_t end = std::min(bytes.size(), pdf_most), length = 0;
  if (const auto next = find(bytes, "%PDF-1", 5, end); next && *next % 512 == 0) end = *next;  // another file begins there
  for (std::uint64_t from = 5;;) {
    const auto mark = find(bytes, "%%EOF", from, end);
    if (!mark) return length;
    if (ends_pdf(bytes, *mark)) {
      length = *mark + 5;
      const std::string_view line_end = bytes.at(length, 2);
      length += line_end.starts_with("\r\n") ? 2 : !line_end.empty() && (line_end[0] == '\n' || line_end[0] == '\r') ? 1 : 0;
    }
    from = *mark + 5;
  }
}

std::uint64_t zip_length(const Piecewise& bytes) {
  const std::uint64_t end = std::min(bytes.size(), zip_most);
  for (std::uint64_t from = 30;;) {
    const auto mark = find(bytes, "PK\5\6", from, end);
    if (!mark) return 0;
    ByteReader in(bytes.at(*mark, 22));
    in.skip(12);
    const std::uint64_t directory_bytes = in.u32le(), directory_at = in.u32le(), comment = in.u16le();
    const bool fits = in.ok() && directory_at + directory_bytes == *mark && comment <= end - *mark - 22;
    if (fits && directory_bytes > 0 && bytes.at(directory_at, 4) == "PK\1\2") return *mark + 22 + comment;
    from = *mark + 4;
  }
}

std::uint64_t sqlite_length(const Piecewise& bytes) {
  ByteReader in(bytes.at(0, 112));
  in.skip(16);
  const std::uint64_t stored = in.u16be(), page = stored == 1 ? 65536 : stored;
  in.skip(6);
  const std::uint32_t changes = in.u32be();
  const std::uint64_t pages = in.u32be();
  in.skip(60);
  const std::uint32_t valid_for = in.u32be();
  in.skip(4);
  const unsigned kind = in.u8();
  const bool sound = in.ok() && page >= 512 && (page & (page - 1)) == 0 && pages > 0 && changes == valid_for && (kind == 13 || kind == 5);
  return sound && pages <= bytes.size() / page ? pages * page : 0;
}

std::uint64_t mp4_length(const Piecewise& bytes) {
  bool has_index = false, has_data = false;
  std::uint64_t at = 0;
  for (unsigned boxes = 0; boxes < pieces_most; ++boxes) {
    ByteReader in(bytes.at(at, 16));
    std::uint64_t length = in.u32be();
    const std::string kind(in.chars(4));
    if (!in.ok()) break;
    if (length == 1) length = in.u64be();
    constexpr std::string_view known[] = {"ftyp", "moov", "mdat", "free", "skip", "wide", "uuid", "udta", "meta", "moof", "mfra", "sidx", "pdin", "styp"};
    const bool is_box = in.ok() && std::find(std::begin(known), std::end(known), kind) != std::end(known);
    if (!is_box || length < 8 || length > bytes.size() - at) break;
    has_index = has_index || kind == "moov";
    has_data = has_data || kind == "mdat";
    at += length;
    if (at == bytes.size()) break;
  }
  return has_index && has_data ? at : 0;
}

}  // namespace evtriage::disk
