// SHA-256 by OpenSSL, and Keccak-256, which OpenSSL 3.0 has only with the padding of FIPS 202.
// Tested by tests/extractors/contacts/checks_test.cpp.
#include <openssl/evp.h>

#include <bit>

#include "extractors/contacts/checks.h"

namespace evtriage::contacts {
namespace {

constexpr unsigned kRounds = 24, kLanes = 25, kRate = 136;  // bytes absorbed at a time, for 256 bits

using State = std::array<std::uint64_t, kLanes>;

// The round constants come from the register of FIPS 202, algorithm 5.
std::uint64_t round_constant(unsigned& shift_register) {
  std::uint64_t constant = 0;
  for (unsigned j = 0; j < 7; ++j) {
    if ((shift_register & 1) != 0) constant |= 1ull << ((1u << j) - 1);
    shift_register = shift_register << 1 ^ (shift_register >> 7) * 0x171u;
  }
  return constant;
}

void permute(State& lanes) {
  unsigned shift_register = 1;
  for (unsigned round = 0; round < kRounds; ++round) {
    std::array<std::uint64_t, 5> parity{};
    for (unsigned i = 0; i < kLanes; ++i) parity[i % 5] ^= lanes[i];
    for (unsigned i = 0; i < kLanes; ++i) lanes[i] ^= parity[(i + 4) % 5] ^ std::rotl(parity[(i + 1) % 5], 1);
    unsigned x = 1, y = 0;  // rho and pi
    std::uint64_t carried = lanes[1];
    for (int t = 0; t < 24; ++t) {
      const unsigned next = (2 * x + 3 * y) % 5;
      x = y;
      y = next;
      const std::uint64_t moved = std::rotl(carried, (t + 1) * (t + 2) / 2 % 64);
      carried = lanes[x + 5 * y];
      lanes[x + 5 * y] = moved;
    }
    for (unsigned row = 0; row < kLanes; row += 5) {
      const std::array<std::uint64_t, 5> old{lanes[row], lanes[row + 1], lanes[row + 2], lanes[row + 3], lanes[row + 4]};
      for (unsigned i = 0; i < 5; ++i) lanes[row + i] = old[i] ^ (~old[(i + 1) % 5] & old[(i + 2) % 5]);
    }
    lanes[0] ^= round_constant(shift_register);
  }
}

void absorb(State& lanes, std::size_t at, std::uint8_t byte) { lanes[at / 8] ^= std::uint64_t{byte} << (8 * (at % 8)); }

}  // namespace

Digest keccak256(std::string_view bytes) {
  State lanes{};
  std::size_t at = 0;
  for (const char c : bytes) {
    absorb(lanes, at, static_cast<std::uint8_t>(c));
    if (++at == kRate) {
      permute(lanes);
      at = 0;
    }
  }
  absorb(lanes, at, 0x01);
  absorb(lanes, kRate - 1, 0x80);
  permute(lanes);
  Digest digest;
  for (std::size_t i = 0; i < digest.size(); ++i) digest[i] = static_cast<std::uint8_t>(lanes[i / 8] >> (8 * (i % 8)));
  return digest;
}

Digest sha256(std::string_view bytes) {
  Digest digest{};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) digest.fill(0);
  return digest;
}

}  // namespace evtriage::contacts
