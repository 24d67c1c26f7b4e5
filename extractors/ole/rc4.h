// The RC4 encryption of Word and Excel 97 to 2003 (MS-OFFCRYPTO 2.3.5 CryptoAPI, 2.3.6).
// Tested by tests/extractors/ole/crypto_test.cpp.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace evtriage::ole {

struct Rc4 {  // an opened cipher
  std::string secret;       // what the key of each block is made of
  bool crypto_api = false;
  std::size_t key_bytes = 16;
};
// `head` begins with the version; nullopt: no password fits, or it is another encryption.
std::optional<Rc4> open_rc4(std::string_view head, const std::vector<std::string>& passwords);

// The whole stream; the key changes every `block` bytes.
std::string decrypt_rc4(const Rc4& cipher, std::string_view stream, std::size_t block);

// A workbook: heads of records and a few records stay as they are (MS-XLS 2.2.10).
std::string decrypt_workbook(const Rc4& cipher, std::string_view stream);

}  // namespace evtriage::ole
