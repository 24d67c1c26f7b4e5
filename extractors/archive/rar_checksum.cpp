// See rar_checksum.h; a walk over block headers that stops at the first member.
// Tested by tests/extractors/archive/formats_test.cpp.
#include "extractors/archive/rar_checksum.h"

#include <algorithm>

#include "pipeline/core/byte_reader.h"

namespace evtriage::archives {
namespace {

constexpr unsigned most_blocks = 64;         // between two members
constexpr std::uint64_t looked_at = 128;     // bytes of a block, enough for the numbers in front
constexpr std::uint8_t rar4_member = 0x74, rar5_member = 2;

Result<Blob> start_of_block(const Content& content, std::uint64_t position) {
  return content.read({position, position + std::min(looked_at, content.size() - position)});
}

}  // namespace

std::optional<std::uint32_t> rar4_checksum(const Content& content, std::uint64_t position, std::int64_t size) {
  constexpr std::uint16_t split_or_encrypted = 0x0001 | 0x0002 | 0x0004, has_data = 0x8000;
  for (unsigned i = 0; i < most_blocks && position < content.size(); ++i) {
    const Result<Blob> bytes = start_of_block(content, position);
    if (!bytes) return {};
    ByteReader in(bytes->view());
    in.skip(2);
    const std::uint8_t type = in.u8();
    const std::uint16_t flags = in.u16le();
    const std::uint64_t block = in.u16le();
    const std::uint32_t data = (flags & has_data) != 0 || type == rar4_member ? in.u32le() : 0;
    if (!in.ok() || block < 7) return {};
    if (type == rar4_member) {
      const std::uint32_t unpacked = in.u32le();
      in.skip(1);
      const std::uint32_t told = in.u32le();
      const bool fits = in.ok() && (flags & split_or_encrypted) == 0 && unpacked == static_cast<std::uint32_t>(size & 0xffffffff);
      return fits ? std::optional(told) : std::nullopt;
    }
    if (block + data > content.size() - position) return {};
    position += block + data;
  }
  return {};
}

std::optional<std::uint32_t> rar5_checksum(const Content& content, std::uint64_t position, std::int64_t size) {
  constexpr std::uint64_t has_extra = 1, has_data = 2, is_split = 8 | 16, has_time = 2, has_checksum = 4;
  for (unsigned i = 0; i < most_blocks && position < content.size(); ++i) {
    const Result<Blob> bytes = start_of_block(content, position);
    if (!bytes) return {};
    if (bytes->chars().starts_with("Rar!\x1a\x07\x01")) {
      position += 8;
      continue;
    }
    ByteReader in(bytes->view());
    in.skip(4);
    const std::uint64_t block = in.varint();
    const std::uint64_t counted_from = in.position();
    const std::uint64_t type = in.varint(), flags = in.varint();
    if ((flags & has_extra) != 0) (void)in.varint();
    const std::uint64_t data = (flags & has_data) != 0 ? in.varint() : 0;
    if (!in.ok()) return {};
    if (type == rar5_member) {
      const std::uint64_t file_flags = in.varint(), unpacked = in.varint();
      (void)in.varint();
      if ((file_flags & has_time) != 0) in.skip(4);
      const std::uint32_t told = in.u32le();
      const bool fits = in.ok() && (flags & is_split) == 0 && (file_flags & has_checksum) != 0 && unpacked == static_cast<std::uint64_t>(size);
      return fits ? std::optional(told) : std::nullopt;
    }
    const std::uint64_t left = content.size() - position;
    if (block > left || data > left - block || counted_from > left - block - data) return {};
    position += counted_from + block + data;
  }
  return {};
}

}  // namespace evtriage::archives
