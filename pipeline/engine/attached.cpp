// One pass over pairs of bytes proposes marks; the judges below decide.  A ZIP is found from its end, as its readers do.
// Tested by tests/pipeline/engine/attached_test.cpp.
#include "pipeline/engine/attached.h"

#include <string.h>

#include <algorithm>
#include <optional>
#include <string>

#include "pipeline/core/byte_reader.h"
#include "pipeline/engine/identify_table.h"
#include "pipeline/engine/item_kinds.h"

namespace evtriage {
namespace {

using std::string_view_literals::operator""sv;  // NOLINT(misc-unused-using-decls): the check does not see literals

constexpr std::uint64_t piece_bytes = 1u << 20, header_bytes = 512, longest_comment = 0xffff, end_record_bytes = 22;
constexpr std::uint64_t most_records = 1u << 20;  // of a ZIP's directory, looked at for where its first member lies
constexpr std::size_t block_bytes = 64;

// CRC-32 (ISO 3309) of a header, bit by bit: at most header_bytes.
std::uint32_t header_checksum(std::string_view bytes) {
  std::uint32_t crc = 0xffffffff;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (0xedb88320u & (0u - (crc & 1)));
  }
  return ~crc;
}

// Each judge gets the bytes from the mark on and how many bytes the item has from there: the archive's length, 0 if it is none.
std::uint64_t judge_7z(std::string_view bytes, std::uint64_t left) {
  ByteReader in(bytes);
  in.skip(6);
  if (in.u8() != 0) return 0;
  in.skip(1);
  const std::uint32_t told = in.u32le();
  const std::string_view start = in.chars(20);
  if (!in.ok() || header_checksum(start) != told) return 0;
  ByteReader header(start);
  const std::uint64_t offset = header.u64le(), size = header.u64le();
  if (left <= 32 || (offset == 0 && size == 0)) return 0;
  const std::uint64_t room = left - 32;
  return offset > room || size > room - offset ? left : 32 + offset + size;
}

std::uint64_t judge_rar(std::string_view bytes, std::uint64_t left) {
  const bool is_five = bytes.starts_with("Rar!\x1a\x07\x01\0"sv);
  if (!is_five && !bytes.starts_with("Rar!\x1a\x07\0"sv)) return 0;
  ByteReader in(bytes.substr(is_five ? 8 : 7));
  if (!is_five) {  // CRC, type, flags, size of the main header
    const std::uint16_t told = in.u16le();
    const std::size_t begin = in.position();
    const std::uint8_t type = in.u8();
    in.skip(2);
    const std::uint16_t size = in.u16le();
    if (!in.ok() || type != 0x73 || size < 13 || size > 256) return 0;
    const std::string_view header = bytes.substr(7 + begin).substr(0, size - 2u);
    return header.size() == size - 2u && (header_checksum(header) & 0xffff) == told ? left : 0;
  }
  const std::uint32_t told = in.u32le();
  const std::size_t begin = in.position();
  const std::uint64_t size = in.varint();
  const std::uint64_t counted = in.position() - begin;
  const std::uint64_t type = in.varint();
  if (!in.ok() || size < 2 || size > 256 || (type != 1 && type != 4)) return 0;
  const std::string_view header = bytes.substr(8 + begin).substr(0, static_cast<std::size_t>(counted + size));
  return header.size() == counted + size && header_checksum(header) == told ? left : 0;
}

std::uint64_t judge_cab(std::string_view bytes, std::uint64_t left) {
  ByteReader in(bytes);
  in.skip(4);
  const std::uint32_t first = in.u32le(), size = in.u32le(), second = in.u32le(), files = in.u32le(), third = in.u32le();
  const std::uint8_t minor = in.u8(), major = in.u8();
  const std::uint16_t folders = in.u16le(), members = in.u16le();
  const bool fits = in.ok() && first == 0 && second == 0 && third == 0 && minor == 3 && major == 1 && folders > 0 && members > 0;
  return fits && files >= 36 && files < size && size <= left ? size : 0;
}

// FileDataStoreObject of OneNote: GUID, length, 12 bytes, the file, another GUID.
constexpr std::uint64_t note_header_bytes = 36;
std::uint64_t judge_note_file(std::string_view bytes, std::uint64_t left) {
  ByteReader in(bytes);
  in.skip(16);
  const std::uint64_t length = in.u64le();
  return in.ok() && length > 0 && left > note_header_bytes && length <= left - note_header_bytes ? length : 0;
}

struct Mark {
  std::string_view bytes, name;
  std::uint64_t (*judge)(std::string_view bytes, std::uint64_t left);
  std::uint64_t before = 0;  // of the mark's bytes that are no part of the file
};
constexpr Mark marks[] = {{"7z\xbc\xaf\x27\x1c"sv, "attached.7z", judge_7z},
                          {"Rar!\x1a\x07"sv, "attached.rar", judge_rar},
                          {"MSCF\0\0\0\0"sv, "attached.cab", judge_cab},
                          {"\xe7\x16\xe3\xbd\x65\x26\x11\x45\xa4\xc4\x8d\x4d\x0b\x7a\x9e\xac"sv, "attached.bin", judge_note_file, note_header_bytes}};

// Whether one of the marks may begin in the block; reads one byte behind it.  A plain loop that compilers turn into vectors.
bool may_begin(const char* at) {
  unsigned char any = 0;
  for (std::size_t i = 0; i < block_bytes; ++i) {
    const char a = at[i], b = at[i + 1];
    any = static_cast<unsigned char>(any | ((a == '7') & (b == 'z')) | ((a == 'R') & (b == 'a')) | ((a == 'M') & (b == 'S')) | ((a == '\xe7') & (b == '\x16')));
  }
  return any != 0;
}

class Search {
 public:
  explicit Search(const Content& content) : content_(content), size_(content.size()) {}

  std::vector<Attached> everywhere() {
    for (std::uint64_t at = 0; at < size_ && found_.size() < most_attached;) {
      const Result<Blob> read = content_.read({at, at + std::min(piece_bytes + header_bytes, size_ - at)});
      if (read) piece(read->chars(), at);
      at += piece_bytes;
    }
    return std::move(found_);
  }

 private:
  // Marks that begin in the first piece_bytes of `bytes`, which lie at `base`.
  void piece(std::string_view bytes, std::uint64_t base) {
    const std::size_t end = std::min<std::size_t>(bytes.size(), piece_bytes);
    for (std::size_t at = 0; at < end; at += block_bytes) {
      const bool whole = bytes.size() - at > block_bytes;
      if (whole && !may_begin(bytes.data() + at)) continue;
      for (std::size_t i = at; i < std::min(at + block_bytes, end); ++i) look(bytes.substr(i), base + i);
    }
  }

  void look(std::string_view bytes, std::uint64_t at) {
    if (at < next_ || at == 0 || found_.size() >= most_attached) return;
    for (const Mark& mark : marks) {
      if (!bytes.starts_with(mark.bytes)) continue;
      const std::uint64_t length = mark.judge(bytes.substr(0, header_bytes), size_ - at);
      if (length == 0) continue;
      found_.push_back({{at + mark.before, at + mark.before + length}, mark.name});
      next_ = found_.back().range.end;
    }
  }

  const Content& content_;
  std::uint64_t size_, next_ = 0;
  std::vector<Attached> found_;
};

struct ZipEnd {
  std::uint64_t at = 0, directory_bytes = 0, directory = 0, end = 0;
  std::uint16_t disk = 0;
};

void read_zip64_end(const Content& content, ZipEnd& end) {
  if (end.at < 76) return;
  const Result<Blob> bytes = content.read({end.at - 76, end.at});
  if (!bytes) return;
  ByteReader in(bytes->view());
  if (in.u32le() != 0x06064b50) return;
  in.skip(36);
  end.directory_bytes = in.u64le();
  end.directory = in.u64le();
  end.at -= 76;
}

// memrchr goes sixteen bytes at a time where rfind goes one by one; every item passes here.
std::size_t last_end_mark(std::string_view bytes) {
  constexpr std::string_view mark = "PK\5\6";
  while (bytes.size() >= mark.size()) {
    const auto* const last = static_cast<const char*>(memrchr(bytes.data(), mark.back(), bytes.size()));
    if (last == nullptr) break;
    bytes = bytes.substr(0, static_cast<std::size_t>(last - bytes.data()) + 1);
    if (bytes.ends_with(mark)) return bytes.size() - mark.size();
    bytes.remove_suffix(1);
  }
  return bytes.npos;
}

std::optional<ZipEnd> find_zip_end(const Content& content) {
  const std::uint64_t size = content.size(), tail = std::min(size, end_record_bytes + longest_comment);
  const Result<Blob> read = content.read({size - tail, size});
  if (!read) return {};
  const std::string_view bytes = read->chars();
  const std::size_t at = last_end_mark(bytes);
  if (at == bytes.npos) return {};
  ByteReader in(bytes.substr(at + 4));
  ZipEnd end;
  end.disk = in.u16le();
  in.skip(4);
  end.at = size - tail + at;
  const std::uint16_t entries = in.u16le();
  end.directory_bytes = in.u32le();
  end.directory = in.u32le();
  const std::uint64_t comment = in.u16le();
  if (!in.ok() || entries == 0 || comment > size - end.at - end_record_bytes) return {};
  end.end = end.at + end_record_bytes + comment;
  if (end.directory_bytes == 0xffffffff || end.directory == 0xffffffff) read_zip64_end(content, end);
  if (end.directory_bytes == 0 || end.directory_bytes > end.at) return {};
  return end;
}

// The offset of the member that lies first, as the directory counts; nullopt if the directory is none.
std::optional<std::uint64_t> first_member(const Content& content, ByteRange directory) {
  std::optional<std::uint64_t> first;
  std::string held;
  std::uint64_t held_at = directory.begin;
  for (std::uint64_t at = directory.begin, records = 0; at < directory.end && records < most_records; ++records) {
    if (at < held_at || at - held_at + 46 > held.size()) {
      const Result<Blob> read = content.read({at, std::min(at + piece_bytes, directory.end)});
      if (!read) return first;
      held = read->chars();
      held_at = at;
    }
    ByteReader in(std::string_view(held).substr(static_cast<std::size_t>(at - held_at)));
    if (in.u32le() != 0x02014b50) return first;
    in.skip(24);
    const std::uint64_t name = in.u16le(), extra = in.u16le(), comment = in.u16le();
    in.skip(8);
    const std::uint64_t offset = in.u32le();
    if (!in.ok()) return first;
    if (offset != 0xffffffff) first = std::min(first.value_or(offset), offset);
    at += 46 + name + extra + comment;
  }
  return first;
}

// Offsets in the directory count from the item's first byte (the ZIP was adjusted) or from the ZIP's own.
std::optional<ByteRange> find_zip(const Content& content) {
  const std::optional<ZipEnd> end = find_zip_end(content);
  if (!end) return {};
  const std::uint64_t directory = end->at - end->directory_bytes;
  const std::optional<std::uint64_t> first = first_member(content, {directory, end->at});
  if (!first || end->directory > directory) return {};
  const std::uint64_t prefix = directory - end->directory;
  if (*first >= end->directory) return {};
  const std::uint64_t begin = prefix + *first;
  const Result<Blob> header = content.read({begin, begin + std::min<std::uint64_t>(4, content.size() - begin)});
  if (!header || header->chars() != "PK\3\4" || begin == 0) return {};
  return ByteRange{begin, end->end};
}

}  // namespace

bool is_program(std::string_view type) { return family_of(type) == family_program && type != "application/x-ms-shortcut"; }

Depth attached_depth(std::string_view type) {
  constexpr std::uint32_t containers = family_zip | family_archive | family_ole | family_database;
  constexpr std::string_view others[] = {"application/mbox", "message/rfc822", "application/vnd.ms-outlook-pst", "application/x-outlook-express", "application/vnd.ms-tnef", "application/x-google-ab",
                                         "application/x-archive",
                                         "application/vnd.debian.binary-package", "application/vnd.ms-cab-compressed", "application/x-cpio",
                                         "application/x-iso9660-image", "application/x-lha", "application/x-lzh-compressed",
                                         "application/x-xar", "application/warc", "application/encrypted"};
  const Family family = family_of(type);
  if ((family & containers) != 0 || is_disk_type(type) || is_unread_container(type)) return Depth::none;
  if (std::find(std::begin(others), std::end(others), type) != std::end(others)) return Depth::none;
  if (is_program(type) || type == "application/onenote") return Depth::whole_of_any_size;
  return (family & (family_text | family_rtf)) != 0 ? Depth::end : Depth::whole_if_small;
}

bool ends_split_zip(const Content& content) {
  const std::optional<ZipEnd> end = find_zip_end(content);
  if (!end || end->disk == 0 || end->disk == 0xffff) return false;
  const std::uint64_t directory = end->at - end->directory_bytes;
  const Result<Blob> mark = content.read({directory, directory + 4});
  return mark && mark->chars() == "PK\1\2";
}

std::vector<Attached> find_attached(const Content& content, bool everywhere) {
  std::vector<Attached> found;
  const std::optional<ByteRange> zip = find_zip(content);
  if (everywhere) found = Search(content).everywhere();
  if (!zip) return found;
  // What lies in the ZIP is its member; an archive of unknown length ends where the ZIP begins.
  std::erase_if(found, [&](const Attached& one) { return one.range.begin >= zip->begin; });
  for (Attached& one : found) one.range.end = std::min(one.range.end, zip->begin);
  found.push_back({*zip, "attached.zip"});
  return found;
}

}  // namespace evtriage
