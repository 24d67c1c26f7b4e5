// End record from behind, zip64 if it is there, then one entry after the other.  See zip_directory.h.
// Tested by tests/extractors/office/zip_directory_test.cpp.
#include "extractors/office/zip_directory.h"

#include <algorithm>

#include "pipeline/core/byte_reader.h"

namespace evtriage {
namespace {

constexpr std::uint64_t end_bytes = 22, locator_bytes = 20, end64_bytes = 56, header_bytes = 30;
constexpr std::uint64_t comment_bytes = 65'535;
constexpr std::uint64_t most_directory_bytes = 64u << 20;
constexpr std::size_t most_members = 200'000;
constexpr std::uint32_t entry_signature = 0x02014b50, header_signature = 0x04034b50;
constexpr std::uint32_t locator_signature = 0x07064b50, end64_signature = 0x06064b50;
constexpr std::uint32_t all_ones = 0xffffffff;

struct End {
  std::uint64_t at = 0;       // where the directory must end
  std::uint64_t members = 0, bytes = 0, offset = 0;
  bool is_64 = false;
};

Error corrupt(std::string detail) { return {Code::corrupt, std::move(detail)}; }

// The zip64 end record that the locator before `end` names, or `end` itself if there is none.
Result<End> with_zip64(const Content& file, const End& end) {
  if (end.at < locator_bytes + end64_bytes) return end;
  const Result<Blob> bytes = file.read({end.at - locator_bytes, end.at});
  if (!bytes) return bytes.error();
  ByteReader locator(bytes->view());
  if (locator.u32le() != locator_signature) return end;
  locator.skip(4);
  std::uint64_t at = locator.u64le();
  const std::uint64_t last = end.at - locator_bytes - end64_bytes;
  for (const std::uint64_t candidate : {at, last}) {  // `last`: bytes in front of the archive move everything
    if (candidate > last) continue;
    const Result<Blob> record = file.read({candidate, candidate + end64_bytes});
    if (!record) return record.error();
    ByteReader in(record->view());
    if (in.u32le() != end64_signature) continue;
    in.skip(28);
    End found;
    found.at = candidate;
    found.members = in.u64le();
    found.bytes = in.u64le();
    found.offset = in.u64le();
    found.is_64 = true;
    return found;
  }
  return corrupt("the zip64 end record is not where its locator says");
}

// In the last `tail_bytes` of the file.
Result<End> find_end(const Content& file, std::uint64_t tail_bytes) {
  const std::uint64_t size = file.size();
  if (size < end_bytes) return corrupt("too short to hold a ZIP directory");
  const std::uint64_t begin = size - std::min(size, tail_bytes);
  const Result<Blob> tail = file.read({begin, size});
  if (!tail) return tail.error();
  const std::string_view chars = tail->chars();
  for (std::size_t at = chars.size() - end_bytes;; --at) {
    at = chars.rfind("PK\5\6", at);
    if (at == chars.npos) break;
    ByteReader in(chars.substr(at));
    in.skip(10);
    End end;
    end.at = begin + at;
    end.members = in.u16le();
    end.bytes = in.u32le();
    end.offset = in.u32le();
    if (in.u16le() <= in.left() && in.ok()) return with_zip64(file, end);
    if (at == 0) break;
  }
  return corrupt("no end record of a ZIP directory: the file is cut or no ZIP file");
}

// Sizes and offset that did not fit into 32 bits stand in the extra field 1, in this order.
void read_zip64_extra(std::string_view extra, ZipMember& member) {
  ByteReader in(extra);
  while (in.ok() && in.left() >= 4) {  // a failed read leaves left() as it was
    const std::uint16_t id = in.u16le();
    ByteReader field(in.chars(in.u16le()));
    if (id != 1) continue;
    if (member.size == all_ones) member.size = field.u64le();
    if (member.packed == all_ones) member.packed = field.u64le();
    if (member.header == all_ones) member.header = field.u64le();
    return;
  }
}

bool read_entry(ByteReader& in, ZipMember& member) {
  if (in.u32le() != entry_signature) return false;
  in.skip(4);
  member.encrypted = (in.u16le() & 1) != 0;
  member.method = in.u16le();
  in.skip(4);  // a local time of an unknown zone: worth nothing as UTC
  member.crc = in.u32le();
  member.packed = in.u32le();
  member.size = in.u32le();
  const std::uint16_t name = in.u16le(), extra = in.u16le(), comment = in.u16le();
  in.skip(8);
  member.header = in.u32le();
  member.name = in.chars(name);
  read_zip64_extra(in.chars(extra), member);
  in.skip(comment);
  return in.ok();
}

}  // namespace

Result<ZipDirectory> read_zip_directory(const Content& file) {
  Result<End> end = find_end(file, end_bytes);  // most files have no comment: no other byte needs to be readable
  if (!end) end = find_end(file, end_bytes + comment_bytes);
  if (!end) return end.error();
  if (end->bytes > end->at) return corrupt("the ZIP directory is said to be longer than the file");
  if (end->bytes > most_directory_bytes) return Error{Code::limit, "directory_bytes=67108864: the ZIP directory was not read"};
  ZipDirectory directory;
  directory.place = {end->at - end->bytes, end->at};
  if (directory.place.begin < end->offset) return corrupt("the ZIP directory is said to begin behind its end");
  const std::uint64_t bytes_in_front = directory.place.begin - end->offset;
  const Result<Blob> bytes = file.read(directory.place);
  if (!bytes) return bytes.error();
  ByteReader in(bytes->view());
  while (in.left() > 0) {
    if (directory.members.size() == most_members) return Error{Code::limit, "members=200000: the ZIP file was not read"};
    ZipMember member;
    if (!read_entry(in, member)) {
      return corrupt("the ZIP directory breaks at its member " + std::to_string(directory.members.size() + 1));
    }
    if (member.header > directory.place.begin - bytes_in_front) return corrupt("a ZIP member is said to begin behind the directory");
    member.header += bytes_in_front;
    directory.members.push_back(std::move(member));
  }
  const std::uint64_t counted = directory.members.size();
  if (end->is_64 ? counted != end->members : (counted & 0xffff) != end->members) {
    directory.doubt = "the ZIP directory holds " + std::to_string(counted) + " members, its end record says " + std::to_string(end->members);
  }
  return directory;
}

Result<ByteRange> member_data(const Content& file, const ZipMember& member) {
  const std::uint64_t size = file.size();
  const std::uint64_t fixed = header_bytes + member.name.size();
  if (member.header > size || fixed > size - member.header) return corrupt("the member lies past the end of the file");
  const Result<Blob> bytes = file.read({member.header, member.header + fixed});
  if (!bytes) return bytes.error();
  ByteReader in(bytes->view());
  if (in.u32le() != header_signature) return corrupt("no member begins where the ZIP directory says");
  in.skip(22);
  const std::uint16_t name = in.u16le(), extra = in.u16le();
  if (name != member.name.size() || in.chars(name) != member.name) return corrupt("the member's own header names another member");
  const std::uint64_t begin = member.header + fixed;
  if (extra > size - begin || member.packed > size - begin - extra) return corrupt("the member's bytes reach past the end of the file");
  return ByteRange{begin + extra, begin + extra + member.packed};
}

}  // namespace evtriage
