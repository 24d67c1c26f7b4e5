// One walk over the chain of sections; it goes only forward, so it ends.
// Tested by tests/extractors/disk/ewf_test.cpp and tests/fuzz/fuzz_ewf.cpp.
#include "extractors/disk/ewf_map.h"

#include <algorithm>

#include "extractors/disk/ewf_header.h"
#include "extractors/shared/inflate_block.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage::disk {
namespace {

using std::string_view_literals::operator""sv;  // NOLINT(misc-unused-using-decls): the check does not see literals

constexpr std::string_view signature = "EVF\x09\x0d\x0a\xff\0"sv;
constexpr std::uint64_t file_head = 13, section_head = 76, table_head = 24;
constexpr std::uint64_t chunk_bytes_most = 16u << 20, header_bytes_most = 1u << 20, tables_most = 1u << 20;
constexpr std::size_t unread_most = 1000;

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    out += digits[static_cast<unsigned char>(c) >> 4];
    out += digits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

struct Section {
  std::string type;
  std::uint64_t at = 0, next = 0, end = 0;  // in the content; data = [at + section_head, end)
};

class Walk {
 public:
  explicit Walk(const Content& image) : image_(image), size_(image.size()) {}

  Result<EwfMap> run() {
    while (segment()) {
    }
    if (map_.chunk_bytes == 0) return Error{Code::corrupt, "the image does not say what medium it holds"};
    return std::move(map_);
  }

 private:
  std::string_view read(std::uint64_t at, std::uint64_t length) {
    if (at > size_ || length > size_ - at) return {};
    Result<Blob> bytes = image_.read({at, at + length});
    if (!bytes) return {};
    held_ = *std::move(bytes);
    return held_.chars();
  }
  void tell(Code code, std::string detail) { map_.issues.push_back({code, "", std::move(detail), std::nullopt, true}); }

  bool segment() {  // true: another one follows
    ++number_;
    if (!read(base_, file_head).starts_with(signature)) {
      tell(Code::truncated, "segment " + std::to_string(number_) + " of the image is not here");
      return false;
    }
    sectors_end_ = 0;
    for (std::uint64_t at = base_ + file_head;;) {
      Section section;
      if (!head(at, section)) {
        tell(Code::truncated, "segment " + std::to_string(number_) + " ends or is damaged at byte " + std::to_string(at - base_) + ": what follows was not found");
        return false;
      }
      if (section.type == "done") return false;
      if (section.type == "next") {
        base_ = at + section_head;
        return true;
      }
      take(section);
      at = section.next;
    }
  }

  bool head(std::uint64_t at, Section& section) {
    const std::string_view bytes = read(at, section_head);
    ByteReader in(bytes);
    const std::string_view type = in.chars(16);
    const std::uint64_t next = in.u64le(), length = in.u64le();
    in.skip(40);
    const std::uint32_t sum = in.u32le();
    if (!in.ok() || sum != fast_adler32(1, as_bytes(bytes.substr(0, section_head - 4)))) return false;
    section.type = type.substr(0, std::min(type.find('\0'), type.size()));
    section.at = at;
    if (section.type == "done" || section.type == "next") return true;
    if (next > size_ - base_ || base_ + next < at + section_head) return false;
    section.next = base_ + next;
    section.end = length >= section_head && length <= size_ - at ? at + length : section.next;
    section.end = std::min(std::max(section.end, at + section_head), size_);
    return true;
  }

  std::uint64_t data_bytes(const Section& section) const { return section.end - section.at - section_head; }
  std::string_view data(const Section& section, std::uint64_t most) {
    return read(section.at + section_head, std::min(data_bytes(section), most));
  }

  void take(const Section& section) {
    if (section.type == "volume" || section.type == "disk" || (section.type == "data" && map_.chunk_bytes == 0)) return volume(section);
    if (section.type == "sectors") sectors_end_ = section.end;
    if (section.type == "table" || section.type == "table2") return table(section);
    if (section.type == "header" || section.type == "header2") return header(section);
    if (section.type == "error2") return errors(section);
    ByteReader in(data(section, 80));
    if (section.type == "hash") map_.md5 = hex(in.chars(16));
    if (section.type == "digest") {
      map_.md5 = hex(in.chars(16));
      map_.sha1 = hex(in.chars(20));
      if (map_.sha1.find_first_not_of('0') == std::string::npos) map_.sha1.clear();
    }
  }

  void volume(const Section& section) {
    ByteReader in(data(section, 1052));
    in.skip(4);
    const std::uint64_t chunks = in.u32le(), sectors_a_chunk = in.u32le(), bytes_a_sector = in.u32le();
    const std::uint64_t sectors = data_bytes(section) == 94 ? in.u32le() : in.u64le();
    const std::uint64_t chunk_bytes = sectors_a_chunk * bytes_a_sector;
    if (!in.ok() || chunk_bytes == 0 || chunk_bytes > chunk_bytes_most || sectors > (std::uint64_t{1} << 62) / bytes_a_sector) {
      return tell(Code::corrupt, "the description of the medium is damaged");
    }
    if (map_.chunk_bytes != 0) return;  // each segment repeats it
    map_.chunks = chunks;
    map_.chunk_bytes = chunk_bytes;
    map_.bytes_a_sector = bytes_a_sector;
    map_.media_bytes = sectors * bytes_a_sector;
  }

  void table(const Section& section) {
    const bool is_copy = section.type == "table2";
    if (is_copy && !first_was_bad_) return;
    const std::string head(data(section, table_head));
    ByteReader in(head);
    const std::uint64_t count = in.u32le();
    in.skip(4);
    const std::uint64_t base = in.u64le();
    in.skip(4);
    const std::uint32_t sum = in.u32le();
    const bool good_head = in.ok() && sum == fast_adler32(1, as_bytes(std::string_view(head).substr(0, table_head - 4)));
    const std::uint64_t room = data_bytes(section) > table_head ? (data_bytes(section) - table_head) / 4 : 0;
    const bool good = good_head && count > 0 && count <= room && base <= size_ - base_ && entries_are_good(section, count, room);
    if (!good && !is_copy) {
      first_was_bad_ = true;
      return;
    }
    first_was_bad_ = false;
    if (!good_head || count > room || base > size_ - base_ || map_.tables.size() >= tables_most) {
      return tell(Code::corrupt, "a table of chunks and its copy are damaged: the chunks after number " + std::to_string(map_.chunks_here) + " cannot be placed");
    }
    if (!good) tell(Code::corrupt, "a table of chunks and its copy have wrong check sums; it was used nevertheless");
    const std::uint64_t end = sectors_end_ != 0 ? sectors_end_ : section.end;
    map_.tables.push_back({map_.chunks_here, count, section.at + section_head + table_head, base_ + base, end});
    map_.chunks_here += count;
  }

  bool entries_are_good(const Section& section, std::uint64_t count, std::uint64_t room) {
    const std::uint64_t at = section.at + section_head + table_head;
    if (count == room || sectors_end_ == 0) return true;  // the oldest writers, and SMART, gave no sum
    std::uint32_t sum = 1;
    constexpr std::uint64_t piece = 1u << 20;
    for (std::uint64_t done = 0; done < 4 * count; done += piece) {
      const std::string_view bytes = read(at + done, std::min(piece, 4 * count - done));
      if (bytes.empty()) return false;
      sum = fast_adler32(sum, as_bytes(bytes));
    }
    ByteReader in(read(at + 4 * count, 4));
    return in.u32le() == sum && in.ok();
  }

  void header(const Section& section) {
    if (!map_.properties.empty() && section.type == "header") return;  // header2 comes first and says more
    auto text = inflate_block(data(section, header_bytes_most), BlockInflater::Wrapping::zlib, header_bytes_most);
    if (!text) return tell(Code::corrupt, "the acquisition data cannot be read");
    map_.properties = ewf_header_properties(*text, section.type == "header2");
  }

  void errors(const Section& section) {
    ByteReader in(data(section, header_bytes_most));
    const std::uint64_t count = in.u32le();
    in.skip(516);
    for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
      const std::uint64_t first = in.u32le(), sectors = in.u32le();
      if (!in.ok() || map_.unread.size() >= unread_most) break;
      map_.unread.push_back({first * map_.bytes_a_sector, (first + sectors) * map_.bytes_a_sector});
    }
  }

  const Content& image_;
  std::uint64_t size_, base_ = 0, sectors_end_ = 0;
  unsigned number_ = 0;
  bool first_was_bad_ = false;
  Blob held_;
  EwfMap map_;
};

}  // namespace

Result<EwfMap> read_ewf_map(const Content& image) { return Walk(image).run(); }

}  // namespace evtriage::disk
