// OpenSSL's AES and SHA; keys from passwords as MS-OFFCRYPTO 2.3.4.7 (Standard) and 2.3.4.11 to 13 (Agile) have it.
// Tested by tests/extractors/ole/crypto_test.cpp.
#include "extractors/ole/office_crypto.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>

#include "pipeline/core/byte_reader.h"

namespace evtriage::ole {
namespace {

constexpr std::uint32_t most_spins = 10'000'000;  // MS-OFFCRYPTO's own bound
constexpr std::size_t segment_bytes = 4096;

const EVP_MD* digest_named(std::string_view name) {
  if (name == "SHA1" || name == "SHA-1") return EVP_sha1();
  if (name == "SHA256" || name == "SHA-256") return EVP_sha256();
  if (name == "SHA384" || name == "SHA-384") return EVP_sha384();
  if (name == "SHA512" || name == "SHA-512") return EVP_sha512();
  return nullptr;
}

std::string hash(const EVP_MD* md, std::string_view a, std::string_view b) {
  std::string out(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), md, nullptr);
  EVP_DigestUpdate(context.get(), a.data(), a.size());
  EVP_DigestUpdate(context.get(), b.data(), b.size());
  EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size);
  out.resize(size);
  return out;
}

std::string little_endian(std::uint32_t value) {
  std::string out;
  for (int i = 0; i < 4; ++i) out += static_cast<char>(value >> 8 * i & 0xff);
  return out;
}

std::string sized(std::string text, std::size_t size, char fill) {
  text.resize(size, fill);
  return text;
}

// Whole blocks only; an empty `iv` means ECB.  Empty if the key's size is none of AES.
std::string decrypt(std::string_view key, std::string_view iv, std::string_view data) {
  const bool ecb = iv.empty();
  const EVP_CIPHER* cipher = key.size() == 16 ? (ecb ? EVP_aes_128_ecb() : EVP_aes_128_cbc())
                             : key.size() == 24 ? (ecb ? EVP_aes_192_ecb() : EVP_aes_192_cbc())
                             : key.size() == 32 ? (ecb ? EVP_aes_256_ecb() : EVP_aes_256_cbc()) : nullptr;
  if (cipher == nullptr) return {};
  data = data.substr(0, data.size() / 16 * 16);
  std::string out(data.size() + 32, '\0');
  int made = 0;
  const auto bytes = [](std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); };
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  EVP_DecryptInit_ex(context.get(), cipher, nullptr, bytes(key), ecb ? nullptr : bytes(iv));
  EVP_CIPHER_CTX_set_padding(context.get(), 0);
  EVP_DecryptUpdate(context.get(), reinterpret_cast<unsigned char*>(out.data()), &made, bytes(data), static_cast<int>(data.size()));
  out.resize(static_cast<std::size_t>(made));
  return out;
}

std::string units(std::string_view utf8) {
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const Character c = is_valid_utf8(utf8) ? decode_utf8(utf8, at) : Character{static_cast<unsigned char>(utf8[at]), 1};
    const auto unit = [&](std::uint32_t u) { out += little_endian(u).substr(0, 2); };
    if (c.code >= 0x10000) {
      unit(0xd800 + ((c.code - 0x10000) >> 10));
      unit(0xdc00 + ((c.code - 0x10000) & 0x3ff));
    } else {
      unit(c.code);
    }
    at += c.length;
  }
  return out;
}

std::string spin(const EVP_MD* md, const EncryptionInfo& info, std::string_view password) {
  std::string value = hash(md, info.salt, units(password));
  for (std::uint32_t i = 0; i < info.spins; ++i) value = hash(md, little_endian(i), value);
  return value;
}

std::string base64(std::string_view text) {
  std::string out(text.size() / 4 * 3 + 3, '\0');
  const int made = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()), reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (made < 0) return {};
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  out.resize(static_cast<std::size_t>(made) - std::min<std::size_t>(padding, static_cast<std::size_t>(made)));
  return out;
}

// The attribute `name` of the first element that begins with `element` in this tiny, fixed XML.
std::string_view attribute(std::string_view xml, std::string_view element, std::string_view name) {
  const std::size_t begin = xml.find(element);
  if (begin == xml.npos) return {};
  const std::string_view tag = xml.substr(begin, xml.find('>', begin) - begin);
  const std::string key = " " + std::string(name) + "=\"";
  const std::size_t at = tag.find(key);
  if (at == tag.npos) return {};
  const std::string_view rest = tag.substr(at + key.size());
  return rest.substr(0, rest.find('"'));
}

std::uint32_t number(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char c : digits.substr(0, 9)) {
    if (c >= '0' && c <= '9') value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return static_cast<std::uint32_t>(value);
}

Result<EncryptionInfo> parse_agile(std::string_view xml) {
  EncryptionInfo info;
  info.agile = true;
  constexpr std::string_view key = ":encryptedKey ";
  info.package_salt = base64(attribute(xml, "<keyData ", "saltValue"));
  info.package_hash = attribute(xml, "<keyData ", "hashAlgorithm");
  info.salt = base64(attribute(xml, key, "saltValue"));
  info.hash = attribute(xml, key, "hashAlgorithm");
  info.spins = number(attribute(xml, key, "spinCount"));
  info.key_bits = number(attribute(xml, key, "keyBits"));
  info.hash_bytes = number(attribute(xml, key, "hashSize"));
  info.verifier = base64(attribute(xml, key, "encryptedVerifierHashInput"));
  info.verifier_hash = base64(attribute(xml, key, "encryptedVerifierHashValue"));
  info.encrypted_key = base64(attribute(xml, key, "encryptedKeyValue"));
  const bool aes = attribute(xml, key, "cipherAlgorithm") == "AES" && attribute(xml, key, "cipherChaining") == "ChainingModeCBC";
  if (!aes || digest_named(info.hash) == nullptr || digest_named(info.package_hash) == nullptr) {
    return Error{Code::unsupported, "the package is encrypted in a way that is not read here (no password, or another cipher than AES-CBC)"};
  }
  return info;
}

Result<EncryptionInfo> parse_standard(ByteReader in) {
  EncryptionInfo info;
  in.skip(4);
  const std::uint32_t size = in.u32le();
  ByteReader head(in.chars(size));
  head.skip(8);
  const std::uint32_t cipher = head.u32le();
  head.skip(4);
  info.key_bits = head.u32le();
  if (in.u32le() != 16) return Error{Code::corrupt, "the salt of the encryption has an impossible size"};
  info.salt = std::string(in.chars(16));
  info.verifier = std::string(in.chars(16));
  in.skip(4);
  info.verifier_hash = std::string(in.chars(32));
  if (!in.ok() || !head.ok()) return Error{Code::truncated, "the description of the encryption is cut"};
  if (cipher != 0x660e && cipher != 0x660f && cipher != 0x6610) return Error{Code::unsupported, "the package is encrypted with another cipher than AES"};
  return info;
}

}  // namespace

std::string md5(std::string_view a, std::string_view b) { return hash(EVP_md5(), a, b); }
std::string sha1(std::string_view a, std::string_view b) { return hash(EVP_sha1(), a, b); }
std::string password_units(std::string_view utf8) { return units(utf8); }

Result<EncryptionInfo> parse_encryption_info(std::string_view stream) {
  ByteReader in(stream);
  const unsigned major = in.u16le(), minor = in.u16le();
  if (!in.ok()) return Error{Code::truncated, "the description of the encryption is cut"};
  Result<EncryptionInfo> info = Error{Code::unsupported, "the package is encrypted in a way that is not read here"};
  if (major == 4 && minor == 4 && stream.size() > 8) info = parse_agile(stream.substr(8));
  if (minor == 2 && major >= 2 && major <= 4) info = parse_standard(in);
  if (info && (info->spins > most_spins || (info->key_bits != 128 && info->key_bits != 192 && info->key_bits != 256))) {
    return Error{Code::corrupt, "the description of the encryption has impossible numbers"};
  }
  return info;
}

std::optional<std::string> package_key(const EncryptionInfo& info, std::string_view password) {
  const std::size_t key_bytes = info.key_bits / 8;
  const EVP_MD* const md = info.agile ? digest_named(info.hash) : EVP_sha1();
  const std::string value = spin(md, info, password);
  if (!info.agile) {
    const std::string last = hash(md, value, little_endian(0));
    std::string inner(64, '\x36'), outer(64, '\x5c');
    for (std::size_t i = 0; i < last.size(); ++i) {
      inner[i] = static_cast<char>(inner[i] ^ last[i]);
      outer[i] = static_cast<char>(outer[i] ^ last[i]);
    }
    const std::string key = (hash(md, inner, "") + hash(md, outer, "")).substr(0, key_bytes);
    const bool right = hash(md, decrypt(key, "", info.verifier), "") == decrypt(key, "", info.verifier_hash).substr(0, 20);
    return right ? std::optional(key) : std::nullopt;
  }
  const auto opened = [&](std::string_view block, std::string_view data) {
    return decrypt(sized(hash(md, value, block), key_bytes, '\x36'), sized(info.salt, 16, '\x36'), data);
  };
  const std::string input = opened("\xfe\xa7\xd2\x76\x3b\x4b\x9e\x79", info.verifier).substr(0, info.salt.size());
  const std::string expected = opened("\xd7\xaa\x0f\x6d\x30\x61\x34\x4e", info.verifier_hash);
  const std::string got = hash(md, input, "");
  if (expected.size() < got.size() || expected.substr(0, got.size()) != got) return std::nullopt;
  return opened("\x14\x6e\x0b\xe7\xab\xac\xd0\xd6", info.encrypted_key).substr(0, key_bytes);
}

bool decrypt_package(const EncryptionInfo& info, std::string_view key, const Content& package, Spool& to) {
  const auto head = package.read({0, std::min<std::uint64_t>(8, package.size())});
  if (!head || head->size() < 8) return false;
  const std::uint64_t size = ByteReader(head->view()).u64le();
  const EVP_MD* const md = digest_named(info.package_hash);
  std::uint64_t done = 0;
  for (std::uint32_t segment = 0; done < size; ++segment) {
    const std::uint64_t begin = 8 + std::uint64_t{segment} * segment_bytes;
    if (begin >= package.size()) return false;
    const auto bytes = package.read({begin, std::min<std::uint64_t>(package.size(), begin + segment_bytes)});
    if (!bytes) return false;
    const std::string iv = info.agile ? sized(hash(md, info.package_salt, little_endian(segment)), 16, '\x36') : std::string();
    std::string plain = decrypt(key, iv, bytes->chars());
    if (plain.empty()) return false;
    if (plain.size() > size - done) plain.resize(static_cast<std::size_t>(size - done));
    done += plain.size();
    if (!to.append(as_bytes(plain))) return false;
  }
  return true;
}

}  // namespace evtriage::ole
