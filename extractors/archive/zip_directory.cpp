// See zip_directory.h; every integer comes through ByteReader, every piece through the Window.
// Tested by tests/extractors/archive/zip_test.cpp.
#include "extractors/archive/zip_directory.h"

#include "extractors/archive/members.h"
#include "extractors/shared/inflate_block.h"
#include "pipeline/core/byte_reader.h"
#include "pipeline/core/text.h"
#include "pipeline/core/time.h"

namespace evtriage::archives {
namespace {

constexpr std::uint64_t end_record_bytes = 22, locator_bytes = 20, longest_comment = 0xffff;
constexpr std::uint32_t all_ones = 0xffffffff;

std::optional<std::int64_t> from_unix(std::uint32_t seconds) { return static_cast<std::int64_t>(static_cast<std::int32_t>(seconds)) * 1'000'000'000; }

std::optional<std::int64_t> from_filetime(std::uint64_t ticks) {  // 100 ns since 1601
  constexpr std::uint64_t epoch = 116'444'736'000'000'000;
  if (ticks == 0 || ticks < epoch / 2 || ticks > epoch + 90'000'000'000'000'000) return {};
  return (static_cast<std::int64_t>(ticks) - static_cast<std::int64_t>(epoch)) * 100;
}

// APPNOTE 4.5.3: only the values that do not fit in the record stand here, in this order.
void read_zip64(ByteReader in, ZipEntry& entry, bool with_offset) {
  if (entry.size == all_ones) entry.size = in.u64le();
  if (entry.packed == all_ones) entry.packed = in.u64le();
  if (with_offset && entry.header == all_ones) entry.header = in.u64le();
}

void read_ntfs_times(ByteReader in, ZipEntry& entry) {
  in.skip(4);
  if (in.u16le() != 1 || in.u16le() < 24) return;
  entry.modified_ns = from_filetime(in.u64le());
  entry.accessed_ns = from_filetime(in.u64le());
  entry.created_ns = from_filetime(in.u64le());
}

void read_unix_times(ByteReader in, ZipEntry& entry) {  // "UT"; the directory's copy holds only the first
  const unsigned present = in.u8();
  for (unsigned bit = 0; bit < 3; ++bit) {
    if ((present >> bit & 1) == 0 || in.left() < 4) continue;
    const auto time = from_unix(in.u32le());
    (bit == 0 ? entry.modified_ns : bit == 1 ? entry.accessed_ns : entry.created_ns) = time;
  }
}

void read_unicode_path(ByteReader in, ZipEntry& entry) {
  if (in.u8() != 1) return;
  const std::uint32_t crc = in.u32le();
  const std::string_view name = in.chars(in.left());
  if (crc == checksum(0, as_bytes(entry.name)) && is_valid_utf8(name)) entry.unicode_name = name;
}

void read_extras(std::string_view extras, ZipEntry& entry, bool central) {
  ByteReader in(extras);
  while (in.left() >= 4) {
    const std::uint16_t id = in.u16le();
    const std::string_view body = in.chars(in.u16le());
    if (!in.ok()) return;
    switch (id) {
      case 0x0001: read_zip64(ByteReader(body), entry, central); break;
      case 0x000a: read_ntfs_times(ByteReader(body), entry); break;
      case 0x5455: read_unix_times(ByteReader(body), entry); break;
      case 0x7075: read_unicode_path(ByteReader(body), entry); break;
      case 0x9901: entry.aes = body; break;
      default: break;
    }
  }
}

struct EndRecord {
  std::uint64_t at = 0, entries = 0, directory_bytes = 0, directory = 0;
  ByteRange comment;
};

void read_zip64_end(Window& window, EndRecord& end) {
  if (end.at < locator_bytes) return;
  ByteReader locator(window.at(end.at - locator_bytes, locator_bytes));
  if (locator.u32le() != 0x07064b50) return;
  locator.skip(4);
  // With bytes in front of the zip the offset is too small: the record usually lies right before its locator.
  for (const std::uint64_t at : {locator.u64le(), end.at < 76 ? 0 : end.at - 76}) {
    ByteReader in(window.at(at, 56));
    if (in.u32le() != 0x06064b50) continue;
    in.skip(8 + 2 + 2 + 4 + 4);
    const std::uint64_t here = in.u64le(), total = in.u64le(), bytes = in.u64le(), offset = in.u64le();
    (void)here;
    if (!in.ok()) continue;
    end.entries = total;
    end.directory_bytes = bytes;
    end.directory = offset;
    end.at = at;
    return;
  }
}

std::optional<EndRecord> find_end(Window& window) {
  const std::uint64_t size = window.size();
  const std::uint64_t tail = std::min(size, end_record_bytes + longest_comment);
  const std::string bytes(window.at(size - tail, tail));
  for (std::size_t at = bytes.rfind("PK\5\6"); at != bytes.npos; at = at == 0 ? bytes.npos : bytes.rfind("PK\5\6", at - 1)) {
    ByteReader in(std::string_view(bytes).substr(at + 4));
    in.skip(6);
    EndRecord end;
    end.at = size - tail + at;
    end.entries = in.u16le();
    end.directory_bytes = in.u32le();
    end.directory = in.u32le();
    const std::uint64_t comment = in.u16le();
    if (!in.ok()) continue;
    const std::uint64_t begin = end.at + end_record_bytes;
    end.comment = {begin, begin + std::min(comment, size - begin)};
    if (end.entries == 0xffff || end.directory_bytes == all_ones || end.directory == all_ones) read_zip64_end(window, end);
    if (end.directory_bytes <= end.at) return end;
  }
  return {};
}

// One record of the directory; false at its end or where it breaks.
bool read_record(Window& window, std::uint64_t at, ZipEntry& entry, std::uint64_t& bytes) {
  ByteReader in(window.at(at, 46));
  if (in.u32le() != 0x02014b50) return false;
  entry.host = in.u16le() >> 8;
  in.skip(2);
  entry.flags = in.u16le();
  entry.method = in.u16le();
  entry.dos_time = in.u32le();
  entry.crc = in.u32le();
  entry.packed = in.u32le();
  entry.size = in.u32le();
  const std::uint64_t name = in.u16le(), extra = in.u16le(), comment = in.u16le();
  in.skip(4);
  entry.external = in.u32le();
  entry.header = in.u32le();
  if (!in.ok()) return false;
  bytes = 46 + name + extra + comment;
  const std::string_view rest = window.at(at + 46, name + extra + comment);
  if (rest.size() != name + extra + comment) return false;
  entry.name = rest.substr(0, name);
  read_extras(rest.substr(name, extra), entry, true);
  entry.comment = {at + 46 + name + extra, at + bytes};
  entry.record = {at, at + bytes};
  return true;
}

}  // namespace

std::uint32_t checksum(std::uint32_t before, ByteView bytes) {
  return fast_crc32(before, bytes);
}

std::optional<std::int64_t> dos_time_ns(std::uint32_t both) {
  const std::uint32_t date = both >> 16, time = both & 0xffff;
  const unsigned day = date & 31, month = date >> 5 & 15, hour = time >> 11, minute = time >> 5 & 63, second = (time & 31) * 2;
  if (day == 0 || month == 0 || month > 12 || hour > 23 || minute > 59 || second > 59) return {};
  const std::int64_t days = days_from_civil(1980 + (date >> 9), month, day);
  return (days * 86'400 + hour * 3600 + minute * 60 + second) * 1'000'000'000;
}

std::optional<ZipDirectory> read_zip_directory(Window& window) {
  const std::optional<EndRecord> end = find_end(window);
  if (!end) return {};
  ZipDirectory out;
  out.comment = end->comment;
  out.declared = end->entries;
  std::uint64_t at = end->at - end->directory_bytes;
  std::uint64_t missing = 0;
  const bool moved = window.at(at, 4) != "PK\1\2" && end->directory_bytes > 0;
  if (moved) {  // something lies between the directory and its end record: believe the offset
    at = end->directory;
    if (at > end->at || window.at(at, 4) != "PK\1\2") return {};
  } else if (at >= end->directory) {
    out.prefix = at - end->directory;
  } else {
    missing = end->directory - at;  // bytes in front of the zip that its offsets count are not here
  }
  out.range = {at, at};
  std::uint64_t record = 0;
  for (ZipEntry entry; at < end->at && read_record(window, at, entry, record); entry = {}) {
    if (at - out.range.begin > most_directory_bytes || out.entries.size() >= most_members) {
      out.limited = true;
      break;
    }
    // A header that the prefix moves past the content is told later, as a member without its own header.
    if (missing > 0) {
      entry.header = entry.header < missing ? ~std::uint64_t{0} : entry.header - missing;
    } else if (entry.header <= window.size()) {
      entry.header += out.prefix;
    }
    out.entries.push_back(std::move(entry));
    at += record;
    out.range.end = at;
  }
  out.whole = out.limited || out.entries.size() >= (end->entries & 0xffff) || out.entries.size() >= end->entries;
  return out;
}

std::optional<ZipLocal> read_zip_local(Window& window, std::uint64_t offset) {
  ByteReader in(window.at(offset, 30));
  if (in.u32le() != 0x04034b50) return {};
  in.skip(2);
  ZipLocal local;
  ZipEntry& entry = local.entry;
  entry.header = offset;
  entry.flags = in.u16le();
  entry.method = in.u16le();
  entry.dos_time = in.u32le();
  entry.crc = in.u32le();
  entry.packed = in.u32le();
  entry.size = in.u32le();
  const std::uint64_t name = in.u16le(), extra = in.u16le();
  if (!in.ok()) return {};
  const std::string_view rest = window.at(offset + 30, name + extra);
  entry.name = rest.substr(0, name);
  if (rest.size() == name + extra) read_extras(rest.substr(name), entry, false);
  local.data = offset + 30 + name + extra;
  return local;
}

}  // namespace evtriage::archives
