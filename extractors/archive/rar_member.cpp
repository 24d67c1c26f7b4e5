// See rar_member.h; a walk over block headers that stops at the first member.
// Tested by tests/extractors/archive/formats_test.cpp.
#include "extractors/archive/rar_member.h"

#include <algorithm>

#include "pipeline/core/byte_reader.h"

namespace evtriage::archives {
namespace {

constexpr unsigned most_blocks = 64;              // between two members
constexpr std::uint64_t looked_at = 128;          // bytes of a block, enough for the numbers in front
constexpr std::uint64_t most_header = 64 << 10;   // of a member: its name and records
constexpr std::uint8_t rar4_kind = 0x74, rar5_kind = 2;

Result<Blob> start_of_block(const Content& content, std::uint64_t position, std::uint64_t most) {
  return content.read({position, position + std::min(most, content.size() - position)});
}

struct Block {  // of RAR 5
  std::uint64_t header = 0, counted_from = 0, type = 0, flags = 0, extra = 0, data = 0;
};

Block read_block(ByteReader& in) {
  constexpr std::uint64_t has_extra = 1, has_data = 2;
  Block block;
  in.skip(4);
  block.header = in.varint();
  block.counted_from = in.position();
  block.type = in.varint();
  block.flags = in.varint();
  if ((block.flags & has_extra) != 0) block.extra = in.varint();
  if ((block.flags & has_data) != 0) block.data = in.varint();
  return block;
}

// Records of type 1 are those of encryption; they stand at the end of the header.
bool has_encryption_record(std::string_view records) {
  ByteReader in(records);
  while (in.left() > 0) {
    const std::string_view record = in.chars(in.varint());
    if (!in.ok() || record.empty()) return false;
    if (ByteReader(record).varint() == 1) return true;
  }
  return false;
}

RarMember read_rar5_member(const Content& content, std::uint64_t position, const Block& block, std::int64_t size) {
  constexpr std::uint64_t begins_before = 8, goes_on = 16, has_time = 2, has_checksum = 4;
  RarMember out;
  const Result<Blob> bytes = start_of_block(content, position, std::min(most_header, block.counted_from + block.header));
  if (!bytes) return out;
  ByteReader in(bytes->view());
  (void)read_block(in);
  const std::uint64_t file_flags = in.varint(), unpacked = in.varint();
  (void)in.varint();
  if ((file_flags & has_time) != 0) in.skip(4);
  const std::uint32_t told = in.u32le();
  if (!in.ok()) return out;
  out.begins_before = (block.flags & begins_before) != 0;
  out.goes_on = (block.flags & goes_on) != 0;
  if (block.extra <= in.left()) out.is_encrypted = has_encryption_record(bytes->chars().substr(bytes->size() - block.extra));
  const bool whole = !out.begins_before && !out.goes_on && !out.is_encrypted;
  if (whole && (file_flags & has_checksum) != 0 && unpacked == static_cast<std::uint64_t>(size)) out.checksum = told;
  return out;
}

}  // namespace

RarMember rar4_member(const Content& content, std::uint64_t position, std::int64_t size) {
  constexpr std::uint16_t begins_before = 1, goes_on = 2, encrypted = 4, has_data = 0x8000;
  for (unsigned i = 0; i < most_blocks && position < content.size(); ++i) {
    const Result<Blob> bytes = start_of_block(content, position, looked_at);
    if (!bytes) return {};
    ByteReader in(bytes->view());
    in.skip(2);
    const std::uint8_t type = in.u8();
    const std::uint16_t flags = in.u16le();
    const std::uint64_t block = in.u16le();
    const std::uint32_t data = (flags & has_data) != 0 || type == rar4_kind ? in.u32le() : 0;
    if (!in.ok() || block < 7) return {};
    if (type == rar4_kind) {
      const std::uint32_t unpacked = in.u32le();
      in.skip(1);
      const std::uint32_t told = in.u32le();
      if (!in.ok()) return {};
      RarMember out{{}, (flags & encrypted) != 0, (flags & begins_before) != 0, (flags & goes_on) != 0};
      const bool whole = !out.is_encrypted && !out.begins_before && !out.goes_on;
      if (whole && unpacked == static_cast<std::uint32_t>(size & 0xffffffff)) out.checksum = told;
      return out;
    }
    if (block + data > content.size() - position) return {};
    position += block + data;
  }
  return {};
}

RarMember rar5_member(const Content& content, std::uint64_t position, std::int64_t size) {
  for (unsigned i = 0; i < most_blocks && position < content.size(); ++i) {
    const Result<Blob> bytes = start_of_block(content, position, looked_at);
    if (!bytes) return {};
    if (bytes->chars().starts_with("Rar!\x1a\x07\x01")) {
      position += 8;
      continue;
    }
    ByteReader in(bytes->view());
    const Block block = read_block(in);
    if (!in.ok()) return {};
    const std::uint64_t left = content.size() - position;
    if (block.type == rar5_kind) return read_rar5_member(content, position, block, size);
    if (block.header > left || block.data > left - block.header || block.counted_from > left - block.header - block.data) return {};
    position += block.counted_from + block.header + block.data;
  }
  return {};
}

}  // namespace evtriage::archives
