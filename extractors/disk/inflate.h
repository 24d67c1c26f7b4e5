// Deflate, the one compression of disk images, with the size known before.
// Tested by tests/extractors/disk/ewf_test.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/core/result.h"

namespace evtriage::disk {

enum class Wrapping { zlib, raw };  // RFC 1950, RFC 1951

// At most `most` bytes.  Error (corrupt) for damage or a wrong check sum, and for more than `most`.
Result<std::string> inflate(std::string_view packed, Wrapping wrapping, std::size_t most);

// Adler-32 (RFC 1950) of the bytes, from the start value that EWF uses (1) or the one given.
std::uint32_t adler32_of(std::string_view bytes, std::uint32_t start = 1);

// CRC-32 (ISO 3309) that goes on from `start`.
std::uint32_t crc32_of(std::string_view bytes, std::uint32_t start = 0);

}  // namespace evtriage::disk
