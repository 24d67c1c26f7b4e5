// The key of an encrypted Android backup: from a password to the key that its bytes are encrypted with.
//
// As Android's own BackupManagerService writes it: PBKDF2 with HMAC-SHA1 makes a key of the password, which opens a blob of
// initial vector, key and checksum, each after a byte that says how long it is; AES-256-CBC throughout.
// Tested by tests/extractors/phone/android_backup_test.cpp.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace evtriage::phone {

struct LockedKey {            // lines of the header, hexadecimal undone
  std::string salt, iv, blob;
  std::uint64_t rounds = 0;
};
struct BackupKey {
  std::string iv, key;        // 16 and 32 bytes
};
constexpr std::uint64_t most_rounds = 1'000'000;

// Nothing if the password is wrong.
std::optional<BackupKey> open_key(const LockedKey& locked, std::string_view password);

class Decryption {  // of one stream, piece by piece
 public:
  explicit Decryption(const BackupKey& key);
  ~Decryption();
  Decryption(const Decryption&) = delete;
  Decryption& operator=(const Decryption&) = delete;
  // Plain bytes of the next piece; the last call has `last` set.  False: the padding at the end is wrong.
  bool next(std::string_view piece, bool last, std::string& plain);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace evtriage::phone
