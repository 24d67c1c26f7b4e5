// The checksum that a rar tells for a member: libarchive 3.6 does not compare it for members that are stored, so it
// is done here.
// Layout: the published technical notes of RAR 4 (blocks of CRC, type, flags, size) and RAR 5 (the same with numbers
// of variable length).  Tested by tests/extractors/archive/formats_test.cpp.
#pragma once
#include <cstdint>
#include <optional>

#include "pipeline/core/content.h"

namespace evtriage::archives {

// CRC-32 of the first member whose block stands at or after `position`, if that member has `size` bytes, is whole in
// this volume and not encrypted.
std::optional<std::uint32_t> rar4_checksum(const Content& content, std::uint64_t position, std::int64_t size);
std::optional<std::uint32_t> rar5_checksum(const Content& content, std::uint64_t position, std::int64_t size);

}  // namespace evtriage::archives
