// What a rar tells of a member and libarchive 3.6 does not hand on: the checksum, which it does not compare for members
// that are stored, and in RAR 5 that the member is encrypted, whose bytes it gives out as if they were plain.
// Layout: the published technical notes of RAR 4 (blocks of CRC, type, flags, size) and RAR 5 (the same with numbers
// of variable length).  Tested by tests/extractors/archive/formats_test.cpp.
#pragma once
#include <cstdint>
#include <optional>

#include "pipeline/core/content.h"

namespace evtriage::archives {

struct RarMember {
  std::optional<std::uint32_t> checksum;  // CRC-32, if the member has `size` bytes, is whole in this volume and not encrypted
  bool is_encrypted = false;
  bool begins_before = false, goes_on = false;  // in the volume before, in the next one
};

// The first member whose block stands at or after `position`; nothing is set if there is none.
RarMember rar4_member(const Content& content, std::uint64_t position, std::int64_t size);
RarMember rar5_member(const Content& content, std::uint64_t position, std::int64_t size);

}  // namespace evtriage::archives
