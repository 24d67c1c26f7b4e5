// The three records of a ZIP file, as bytes: the reader makes them anew and compares, so that writer and reader agree
// to the bit.  APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16.
// Tested by tests/pipeline/partner/zip_test.cpp.
#pragma once
#include <cstdint>
#include <string>

namespace evtriage::zip {

inline constexpr std::uint64_t full32 = 0xffffffff;
inline constexpr std::uint16_t version_plain = 20, version_large = 45;

void put16(std::string& out, std::uint64_t value);
void put32(std::string& out, std::uint64_t value);
void put64(std::string& out, std::uint64_t value);

std::string local_header(const std::string& name, std::uint64_t size, std::uint32_t crc, std::uint16_t date, std::uint16_t time);
std::string central_header(const std::string& name, std::uint64_t size, std::uint32_t crc, std::uint64_t offset, std::uint16_t date, std::uint16_t time);
std::string end_records(std::uint64_t entries, std::uint64_t begin, std::uint64_t end);

}  // namespace evtriage::zip
