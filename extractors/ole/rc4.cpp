// RC4 itself is written here: the library keeps it in a module that a machine may lack.
// Tested by tests/extractors/ole/crypto_test.cpp.
#include "extractors/ole/rc4.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "extractors/ole/office_crypto.h"
#include "extractors/ole/xls_records.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage::ole {
namespace {

constexpr std::string_view known_to_all = "VelvetSweatshop";  // what Excel uses when nobody chose a password

void rc4(std::string_view key, std::string& text, std::size_t begin, std::size_t end) {
  std::array<unsigned char, 256> state;
  std::iota(state.begin(), state.end(), static_cast<unsigned char>(0));
  unsigned j = 0;
  for (unsigned i = 0; i < 256; ++i) {
    j = (j + state[i] + static_cast<unsigned char>(key[i % key.size()])) & 0xff;
    std::swap(state[i], state[j]);
  }
  j = 0;
  unsigned i = 0;
  for (std::size_t at = begin; at < end; ++at) {
    i = (i + 1) & 0xff;
    j = (j + state[i]) & 0xff;
    std::swap(state[i], state[j]);
    text[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ state[(state[i] + state[j]) & 0xff]);
  }
}

std::string block_key(const Rc4& cipher, std::uint32_t block) {
  std::string number;
  for (int i = 0; i < 4; ++i) number += static_cast<char>(block >> 8 * i & 0xff);
  if (!cipher.crypto_api) return md5(cipher.secret, number);
  std::string key = sha1(cipher.secret, number).substr(0, cipher.key_bytes);
  if (cipher.key_bytes == 5) key.resize(16);  // 40 bits, filled up
  return key;
}

struct Head {
  bool crypto_api = false;
  std::size_t key_bytes = 16;
  std::string_view salt, verifier, verifier_hash;
};

std::optional<Head> parse_head(std::string_view bytes) {
  ByteReader in(bytes);
  Head head;
  const unsigned major = in.u16le(), minor = in.u16le();
  if (major >= 2 && major <= 4 && minor == 2) {
    in.skip(4);
    ByteReader header(in.chars(in.u32le()));
    header.skip(8);
    if (header.u32le() != 0x6801) return std::nullopt;
    header.skip(4);
    const std::uint32_t bits = header.u32le();
    if (!header.ok() || bits > 128 || bits % 8 != 0) return std::nullopt;
    head.crypto_api = true;
    head.key_bytes = bits == 0 ? 5 : bits / 8;
    in.skip(4);
  } else if (major != 1 || minor != 1) {
    return std::nullopt;
  }
  head.salt = in.chars(16);
  head.verifier = in.chars(16);
  if (head.crypto_api) in.skip(4);
  head.verifier_hash = in.chars(head.crypto_api ? 20 : 16);
  return in.ok() ? std::optional(head) : std::nullopt;
}

Rc4 cipher_of(const Head& head, std::string_view password) {
  const std::string units = password_units(password);
  if (head.crypto_api) return {sha1(head.salt, units), true, head.key_bytes};
  const std::string first = md5(units, "").substr(0, 5);
  std::string repeated;
  for (int i = 0; i < 16; ++i) (repeated += first) += head.salt;
  return {md5(repeated, "").substr(0, 5), false, 16};
}

}  // namespace

std::optional<Rc4> open_rc4(std::string_view bytes, const std::vector<std::string>& passwords) {
  const auto head = parse_head(bytes);
  if (!head) return std::nullopt;
  for (std::size_t i = 0; i <= passwords.size(); ++i) {
    const Rc4 cipher = cipher_of(*head, i < passwords.size() ? std::string_view(passwords[i]) : known_to_all);
    std::string both = std::string(head->verifier) + std::string(head->verifier_hash);
    rc4(block_key(cipher, 0), both, 0, both.size());
    const std::string expected = head->crypto_api ? sha1(both.substr(0, 16), "") : md5(both.substr(0, 16), "");
    if (both.substr(16) == expected) return cipher;
  }
  return std::nullopt;
}

std::string decrypt_rc4(const Rc4& cipher, std::string_view stream, std::size_t block) {
  std::string out(stream);
  std::uint32_t number = 0;
  for (std::size_t at = 0; at < out.size(); at += block) rc4(block_key(cipher, number++), out, at, std::min(out.size(), at + block));
  return out;
}

std::string decrypt_workbook(const Rc4& cipher, std::string_view stream) {
  std::string out = decrypt_rc4(cipher, stream, 1024);
  constexpr unsigned clear[] = {0x0809, 0x002f, 0x00e1, 0x0194, 0x0195, 0x0196, 0x0138};
  BiffReader reader(stream, 0);
  BiffRecord record;
  while (reader.next(record)) {
    const bool all = std::find(std::begin(clear), std::end(clear), record.id) != std::end(clear);
    const std::uint64_t more = all ? record.size : record.id == 0x85 ? std::min<std::uint64_t>(4, record.size) : 0;
    const auto begin = static_cast<std::size_t>(record.begin - 4), size = static_cast<std::size_t>(4 + more);
    out.replace(begin, size, stream.substr(begin, size));
  }
  return out;
}

}  // namespace evtriage::ole
