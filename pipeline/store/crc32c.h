// CRC-32C (Castagnoli, RFC 3720 appendix B.4): guards a journal frame against torn and rotten bytes.
// It is no protection against intent; the seal is.  Tested by tests/pipeline/store/crc32c_test.cpp.
#pragma once
#include <cstdint>
#include <string_view>

namespace evtriage {

std::uint32_t crc32c(std::string_view bytes);           // by the processor's instruction where it exists
std::uint32_t crc32c_by_table(std::string_view bytes);  // same value; fallback and oracle

}  // namespace evtriage
