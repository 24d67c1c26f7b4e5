// Crypto-asset addresses by their checksums.
//
// Sources: Base58Check (Bitcoin wiki; the versions of Bitcoin, Litecoin and TRON), BIP 173 and BIP 350 (bech32,
// bech32m), EIP-55 (Ethereum), the Monero block form of base 58 with Keccak.  A wrong checksum is told, never reported:
// it is a misprint or no address, and money must not be seen to flow there.
// Tested by tests/extractors/contacts/checks_test.cpp and money_test.cpp.
#include <algorithm>
#include <optional>
#include <vector>

#include "extractors/contacts/characters.h"
#include "extractors/contacts/checks.h"
#include "extractors/contacts/search.h"

namespace evtriage::contacts {
namespace {

constexpr std::string_view kBase58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::string_view kBech32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

// A big number in base 58 as `size` bytes; nothing if it does not fit or holds another character.
std::optional<std::string> from_base58(std::string_view text, std::size_t size) {
  std::string bytes(size, '\0');
  for (const char c : text) {
    const auto digit = kBase58.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    unsigned carry = static_cast<unsigned>(digit);
    for (std::size_t i = size; i-- > 0;) {
      carry += 58u * static_cast<unsigned char>(bytes[i]);
      bytes[i] = static_cast<char>(carry & 0xFF);
      carry >>= 8;
    }
    if (carry != 0) return std::nullopt;
  }
  return bytes;
}

std::string_view chain_of_version(unsigned version) {
  switch (version) {
    case 0x00: case 0x05: return "btc";
    case 0x30: case 0x32: return "ltc";
    case 0x41: return "tron";
    default: return {};
  }
}

CryptoCheck check_base58(std::string_view address) {
  const auto bytes = from_base58(address, 25);
  if (!bytes) return {};
  const auto chain = chain_of_version(static_cast<unsigned char>((*bytes)[0]));
  if (chain.empty()) return {};
  std::size_t zeros = 0, ones = 0;  // leading zero bytes are written as as many ones
  while (zeros < bytes->size() && (*bytes)[zeros] == '\0') ++zeros;
  while (ones < address.size() && address[ones] == '1') ++ones;
  if (zeros != ones) return {};
  const auto once = sha256(std::string_view(*bytes).substr(0, 21));
  const auto twice = sha256({reinterpret_cast<const char*>(once.data()), once.size()});
  const bool holds = std::equal(twice.begin(), twice.begin() + 4, bytes->begin() + 21, [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); });
  return {chain, holds ? Checksum::valid : Checksum::invalid};
}

std::uint32_t bech32_step(std::uint32_t sum, unsigned value) {
  constexpr std::uint32_t kGenerator[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
  const std::uint32_t top = sum >> 25;
  sum = (sum & 0x1ffffff) << 5 ^ value;
  for (unsigned i = 0; i < 5; ++i) sum ^= (top >> i & 1) != 0 ? kGenerator[i] : 0;
  return sum;
}

// Lengths of programs: version 0 has 20 or 32 bytes, others 2 to 40 (BIP 141); the rest of five bits must be zero.
bool is_program(const std::vector<unsigned>& values) {
  const std::size_t count = values.size() - 7;  // without version and checksum
  const std::size_t bytes = count * 5 / 8, rest = count * 5 % 8;
  if (values[0] > 16 || bytes < 2 || bytes > 40 || rest >= 5) return false;
  if (values[0] == 0 && bytes != 20 && bytes != 32) return false;
  return (values[count] & ((1u << rest) - 1)) == 0;
}

CryptoCheck check_bech32(std::string_view address) {
  std::string small;
  for (const char c : address) small += lower(c);
  const bool mixed = small != address && std::ranges::any_of(address, [](char c) { return c >= 'a' && c <= 'z'; });
  const std::string_view prefix = small.starts_with("bc1") ? "bc" : "ltc";
  if (mixed || address.size() < prefix.size() + 9 || address.size() > 90) return {};
  std::uint32_t sum = 1;
  for (const char c : prefix) sum = bech32_step(sum, static_cast<unsigned>(c) >> 5);
  sum = bech32_step(sum, 0);
  for (const char c : prefix) sum = bech32_step(sum, static_cast<unsigned>(c) & 31);
  std::vector<unsigned> values;
  for (const char c : std::string_view(small).substr(prefix.size() + 1)) {
    const auto value = kBech32.find(c);
    if (value == std::string_view::npos) return {};
    values.push_back(static_cast<unsigned>(value));
    sum = bech32_step(sum, values.back());
  }
  const std::uint32_t due = values[0] == 0 ? 1 : 0x2bc830a3;
  return {prefix == "bc" ? "btc" : "ltc", sum == due && is_program(values) ? Checksum::valid : Checksum::invalid};
}

// The writing of EIP-55: a letter is a capital where the digest of the small address has a nibble from 8 on.
std::string mixed_case(std::string_view hex) {
  std::string small;
  for (const char c : hex) small += lower(c);
  const auto digest = keccak256(small);
  for (std::size_t i = 0; i < small.size(); ++i) {
    const unsigned nibble = i % 2 == 0 ? digest[i / 2] >> 4 : digest[i / 2] & 15u;
    if (nibble >= 8 && is_letter(small[i])) small[i] = static_cast<char>(small[i] & ~0x20);
  }
  return small;
}

CryptoCheck check_ethereum(std::string_view address) {
  const auto hex = address.substr(2);
  if (!std::ranges::all_of(hex, is_hex)) return {};
  const bool small = std::ranges::any_of(hex, [](char c) { return c >= 'a' && c <= 'f'; });
  const bool capital = std::ranges::any_of(hex, [](char c) { return c >= 'A' && c <= 'F'; });
  if (!small || !capital) return {"eth", Checksum::unchecked};
  return {"eth", mixed_case(hex) == hex ? Checksum::valid : Checksum::invalid};
}

// Blocks of eleven characters are eight bytes each; the last one is shorter.
CryptoCheck check_monero(std::string_view address) {
  const std::size_t last = address.size() == 95 ? 5 : 10;  // bytes in the last block
  std::string bytes;
  while (!address.empty()) {
    const auto block = address.substr(0, 11);
    const auto part = from_base58(block, block.size() == 11 ? 8 : last);
    if (!part) return {};
    bytes += *part;
    address.remove_prefix(block.size());
  }
  const auto tag = static_cast<unsigned char>(bytes[0]);
  if (tag != 18 && tag != 19 && tag != 42) return {};
  const auto digest = keccak256(std::string_view(bytes).substr(0, bytes.size() - 4));
  const bool holds = std::equal(digest.begin(), digest.begin() + 4, bytes.end() - 4, [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); });
  return {"xmr", holds ? Checksum::valid : Checksum::invalid};
}

}  // namespace

CryptoCheck check_crypto(std::string_view address) {
  const std::size_t size = address.size();
  if (size == 42 && address.starts_with("0x")) return check_ethereum(address);
  if (starts_folded(address, 0, "bc1") || starts_folded(address, 0, "ltc1")) return check_bech32(address);
  if ((size == 95 || size == 106) && (address[0] == '4' || address[0] == '8')) return check_monero(address);
  if (size >= 26 && size <= 35 && std::string_view("13LMT").find(address[0]) != std::string_view::npos) return check_base58(address);
  return {};
}

bool take_crypto(Search& search, std::size_t begin, std::size_t end) {
  const auto address = search.text.substr(begin, end - begin);
  const CryptoCheck check = check_crypto(address);
  if (check.chain.empty()) return false;
  if (check.checksum == Checksum::invalid) {
    search.refuse("crypto", begin, end, "the form of an address, but its checksum does not hold");
    return true;
  }
  const bool valid = check.checksum == Checksum::valid;
  std::string value(check.chain);
  value += ':';
  if (check.chain == "eth") {
    value += "0x" + mixed_case(address.substr(2));
  } else {
    const bool folds = starts_folded(address, 0, "bc1") || starts_folded(address, 0, "ltc1");
    for (const char c : address) value += folds ? lower(c) : c;
  }
  search.add({"crypto", {begin, end}, std::move(value), {}, {}, valid ? Confidence::certain : Confidence::likely, {},
              valid ? "its checksum holds" : "carries no checksum in this writing"});
  return true;
}

}  // namespace evtriage::contacts
