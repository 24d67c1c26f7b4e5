// OpenSSL in one place.  The checksum in the blob is not compared: lengths of 16, 32 and 32 and the padding say enough.
// Tested by tests/extractors/phone/android_backup_test.cpp.
#include "extractors/phone/backup_key.h"

#include <openssl/evp.h>

#include "pipeline/core/byte_reader.h"

namespace evtriage::phone {
namespace {

constexpr std::size_t block = 16, key_bytes = 32;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

struct Decryption::State {
  std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context{EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free};
};

Decryption::Decryption(const BackupKey& key) : state_(std::make_unique<State>()) {
  EVP_DecryptInit_ex(state_->context.get(), EVP_aes_256_cbc(), nullptr, bytes_of(key.key), bytes_of(key.iv));
}
Decryption::~Decryption() = default;

bool Decryption::next(std::string_view piece, bool last, std::string& plain) {
  plain.resize(piece.size() + 2 * block);
  int made = 0, more = 0;
  auto* const out = reinterpret_cast<unsigned char*>(plain.data());
  bool fine = EVP_DecryptUpdate(state_->context.get(), out, &made, bytes_of(piece), static_cast<int>(piece.size())) == 1;
  if (last && fine) fine = EVP_DecryptFinal_ex(state_->context.get(), out + made, &more) == 1;
  plain.resize(static_cast<std::size_t>(made) + static_cast<std::size_t>(fine ? more : 0));
  return fine;
}

std::optional<BackupKey> open_key(const LockedKey& locked, std::string_view password) {
  if (locked.iv.size() != block || locked.rounds == 0 || locked.rounds > most_rounds) return std::nullopt;
  BackupKey user{locked.iv, std::string(key_bytes, '\0')};
  const int made = PKCS5_PBKDF2_HMAC_SHA1(password.data(), static_cast<int>(password.size()), bytes_of(locked.salt), static_cast<int>(locked.salt.size()),
                                          static_cast<int>(locked.rounds), static_cast<int>(key_bytes), reinterpret_cast<unsigned char*>(user.key.data()));
  std::string blob;
  if (made != 1 || !Decryption(user).next(locked.blob, true, blob)) return std::nullopt;
  ByteReader in(blob);
  BackupKey master;
  master.iv = in.chars(in.u8());
  master.key = in.chars(in.u8());
  const std::size_t checksum = in.chars(in.u8()).size();
  if (!in.ok() || master.iv.size() != block || master.key.size() != key_bytes || checksum != key_bytes) return std::nullopt;
  return master;
}

}  // namespace evtriage::phone
