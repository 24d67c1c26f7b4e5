// CRC-32C twice: by instruction (about 8 bytes in three cycles) and by table (any processor, the oracle).
// Tested by tests/pipeline/store/crc32c_test.cpp with the vectors of RFC 3720.
#include "pipeline/store/crc32c.h"

#include <array>
#include <cstring>
#ifdef __SSE4_2__
#include <nmmintrin.h>
#endif

namespace evtriage {
namespace {

constexpr std::array<std::uint32_t, 256> make_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) != 0 ? 0x82F63B78u : 0u);
    table[i] = value;
  }
  return table;
}
constexpr std::array<std::uint32_t, 256> table = make_table();

}  // namespace

std::uint32_t crc32c_by_table(std::string_view bytes) {
  std::uint32_t crc = ~0u;
  for (const char c : bytes) crc = (crc >> 8) ^ table[(crc ^ static_cast<unsigned char>(c)) & 0xff];
  return ~crc;
}

std::uint32_t crc32c(std::string_view bytes) {
#ifdef __SSE4_2__
  std::uint64_t crc = ~0u;
  while (bytes.size() >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), 8);
    crc = _mm_crc32_u64(crc, word);
    bytes.remove_prefix(8);
  }
  auto low = static_cast<std::uint32_t>(crc);
  for (const char c : bytes) low = _mm_crc32_u8(low, static_cast<unsigned char>(c));
  return ~low;
#else
  return crc32c_by_table(bytes);
#endif
}

}  // namespace evtriage
