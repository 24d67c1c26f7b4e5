// SHA-256 for seals, logs and trees: one place, so that the way of calling OpenSSL can change here alone.
// The low-level calls are used on purpose: EVP's one-shot call of OpenSSL 3.0 looks the algorithm up by
// name each time, which costs more than hashing a row of a table.
// Tested by tests/pipeline/custody/sha256_test.cpp.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <fcntl.h>
#include <openssl/sha.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <new>

#include "pipeline/custody/custody.h"

namespace evtriage {
namespace {

SHA256_CTX* context(std::array<std::byte, 128>& state) {
  static_assert(sizeof(SHA256_CTX) <= 128 && alignof(SHA256_CTX) <= 16);
  return std::launder(reinterpret_cast<SHA256_CTX*>(state.data()));
}

}  // namespace

Sha256Stream::Sha256Stream() {
  new (state_.data()) SHA256_CTX;
  SHA256_Init(context(state_));
}

void Sha256Stream::add(std::string_view bytes) { SHA256_Update(context(state_), bytes.data(), bytes.size()); }

Sha256 Sha256Stream::finish() {
  Sha256 digest;
  SHA256_Final(reinterpret_cast<unsigned char*>(digest.data()), context(state_));
  return digest;
}

Sha256 sha256(std::string_view bytes) {
  Sha256Stream stream;
  stream.add(bytes);
  return stream.finish();
}

std::string hex(ByteView bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out(bytes.size() * 2, '0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto value = static_cast<unsigned char>(bytes[i]);
    out[2 * i] = digits[value >> 4];
    out[2 * i + 1] = digits[value & 15];
  }
  return out;
}

Result<std::string> sha256_of_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return Error{Code::io_read, path + ": " + std::strerror(errno)};
  Sha256Stream stream;
  std::string buffer(1u << 18, '\0');
  for (;;) {
    const ssize_t n = ::read(file, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      const int error = errno;
      ::close(file);
      return Error{Code::io_read, path + ": " + std::strerror(error)};
    }
    if (n == 0) break;
    stream.add(std::string_view(buffer).substr(0, static_cast<std::size_t>(n)));
  }
  ::close(file);
  return hex(stream.finish());
}

}  // namespace evtriage
