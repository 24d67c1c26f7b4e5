// Encrypted OOXML packages (MS-OFFCRYPTO 2.3.4): Standard (AES, SHA-1) and Agile (AES-CBC, SHA-1 to SHA-512).
// Tested by tests/extractors/ole/crypto_test.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/core/plugin.h"

namespace evtriage::ole {

struct EncryptionInfo {
  bool agile = false;
  unsigned key_bits = 128, block_bytes = 16, hash_bytes = 20;
  std::string salt, verifier, verifier_hash, encrypted_key;  // of the password
  std::string package_salt, hash = "SHA1", package_hash = "SHA1";
  std::uint32_t spins = 50'000;
};
// An Error says what is not understood or broken.
Result<EncryptionInfo> parse_encryption_info(std::string_view stream);

// The key of the package if the password is right.  Takes `spins` hashes.
std::optional<std::string> package_key(const EncryptionInfo& info, std::string_view password_utf8);

// Decrypts the package (the stream EncryptedPackage with its 8 bytes of size) into `to`; false: it breaks off.
bool decrypt_package(const EncryptionInfo& info, std::string_view key, const Content& package, Spool& to);

// Digests for the older ciphers; `a` and `b` one after the other.
std::string md5(std::string_view a, std::string_view b);
std::string sha1(std::string_view a, std::string_view b);
// A password as these formats hash it: UTF-16, low byte first.
std::string password_units(std::string_view utf8);

}  // namespace evtriage::ole
