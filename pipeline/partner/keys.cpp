// Keys from files.  A private key's bytes live in one buffer that is wiped, and in OpenSSL's object.
// Tested by tests/pipeline/partner/keys_test.cpp.
#include "pipeline/partner/keys.h"

#include <fcntl.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "pipeline/core/text.h"
#include "pipeline/custody/custody.h"

namespace evtriage {
namespace {

constexpr std::size_t key_file_limit = 1u << 16;
constexpr int rsa_bits_least = 3072;

Error refuse(const std::string& why) { return {Code::unsupported, why}; }

struct Wiped {  // text that does not stay in memory
  std::string text;
  Wiped() { text.reserve(key_file_limit + 1); }
  ~Wiped() { OPENSSL_cleanse(text.data(), text.capacity()); }
  Wiped(const Wiped&) = delete;
  Wiped& operator=(const Wiped&) = delete;
};

Result<void> check_private(int file, const std::string& path) {
  struct stat info{};
  if (::fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) return refuse("'" + path + "' is no plain file");
  if (info.st_uid != ::geteuid()) return refuse("'" + path + "' belongs to another user; it must be yours");
  if ((info.st_mode & 077) != 0) return refuse("others could read '" + path + "'; run: chmod 600 '" + path + "'");
  return {};
}

Result<void> read_whole(const std::string& path, bool is_private, std::string& out) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return refuse("cannot open '" + path + "': " + std::strerror(errno));
  Result<void> answer = is_private ? check_private(file, path) : Result<void>{};
  std::array<char, 4096> block{};
  while (answer) {
    const ssize_t got = ::read(file, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) answer = refuse("cannot read '" + path + "': " + std::strerror(errno));
    if (got <= 0) break;
    out.append(block.data(), static_cast<std::size_t>(got));
    if (out.size() > key_file_limit) answer = refuse("'" + path + "' is no key or certificate: larger than 64 KiB");
  }
  OPENSSL_cleanse(block.data(), block.size());
  ::close(file);
  return answer;
}

int give_pass_phrase(char* buffer, int size, int, void* given) {
  const auto& text = *static_cast<const std::string*>(given);
  if (text.empty() || text.size() > static_cast<std::size_t>(size)) return -1;
  std::memcpy(buffer, text.data(), text.size());
  return static_cast<int>(text.size());
}

Result<void> check_strength(const EVP_PKEY* key, const std::string& name) {
  const KeyKind kind = kind_of(key);
  if (kind == KeyKind::rsa && EVP_PKEY_get_bits(key) < rsa_bits_least) return refuse(name + ": an RSA key needs 3072 bits or more");
  if (kind == KeyKind::ec) {
    std::array<char, 64> group{};
    std::size_t length = 0;
    EVP_PKEY_get_group_name(key, group.data(), group.size(), &length);
    const std::string_view curve(group.data(), length);
    if (curve != "prime256v1" && curve != "secp384r1" && curve != "secp521r1") return refuse(name + ": of the curves only P-256, P-384 and P-521 are taken");
  }
  if (kind == KeyKind::other) return refuse(name + ": only Ed25519, RSA and P-256, P-384, P-521 keys are taken");
  return {};
}

std::string text_of(BIO* bio) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio, &bytes);
  return size > 0 ? std::string(bytes, static_cast<std::size_t>(size)) : std::string();
}

template <class T>
std::string der_digest(const T* object, int (*encode)(const T*, unsigned char**)) {
  unsigned char* der = nullptr;
  const int size = encode(object, &der);
  if (size <= 0) return {};
  const std::string digest = hex(sha256({reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)}));
  OPENSSL_free(der);
  return digest;
}

}  // namespace

KeyKind kind_of(const EVP_PKEY* key) {
  switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_ED25519: return KeyKind::ed25519;
    case EVP_PKEY_RSA: return KeyKind::rsa;
    case EVP_PKEY_EC: return KeyKind::ec;
    default: return KeyKind::other;
  }
}

Result<void> check_private_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return refuse("cannot open '" + path + "': " + std::strerror(errno));
  Result<void> answer = check_private(file, path);
  ::close(file);
  return answer;
}

Result<KeyPtr> load_private_key(const std::string& path, const std::string& pass_phrase_file) {
  Wiped pem, pass;
  if (auto read = read_whole(path, true, pem.text); !read) return read.error();
  if (!pass_phrase_file.empty()) {
    if (auto read = read_whole(pass_phrase_file, true, pass.text); !read) return read.error();
    pass.text.resize(std::min(pass.text.size(), pass.text.find_first_of("\r\n")));
  }
  const BioPtr bio = memory_bio(pem.text);
  // Without a file OpenSSL's own reader asks at the terminal, without echo.
  KeyPtr key(PEM_read_bio_PrivateKey(bio.get(), nullptr, pass_phrase_file.empty() ? nullptr : give_pass_phrase,
                                     pass_phrase_file.empty() ? nullptr : &pass.text));
  if (!key) {
    return openssl_error("cannot open the private key '" + path + "' (a locked key needs its pass-phrase, from --pass-phrase-file or the terminal)");
  }
  if (auto strong = check_strength(key.get(), "'" + path + "'"); !strong) return strong.error();
  return key;
}

Result<Signatory> parse_signatory(const std::string& pem, const std::string& name) {
  const BioPtr bio = memory_bio(pem);
  Signatory signatory;
  signatory.certificate.reset(PEM_read_bio_X509(bio.get(), nullptr, give_pass_phrase, nullptr));
  if (signatory.certificate) {
    signatory.key.reset(X509_get_pubkey(signatory.certificate.get()));
  } else {
    const BioPtr again = memory_bio(pem);
    signatory.key.reset(PEM_read_bio_PUBKEY(again.get(), nullptr, nullptr, nullptr));
  }
  ERR_clear_error();
  if (!signatory.key) return refuse(name + " holds no certificate and no public key in PEM");
  if (auto strong = check_strength(signatory.key.get(), name); !strong) return strong.error();
  return signatory;
}

Result<Signatory> load_signatory(const std::string& path) {
  std::string pem;
  if (auto read = read_whole(path, false, pem); !read) return read.error();
  return parse_signatory(pem, "'" + path + "'");
}

Result<CertificatePtr> load_certificate(const std::string& path) {
  auto signatory = load_signatory(path);
  if (!signatory) return signatory.error();
  if (!signatory->certificate) return refuse("'" + path + "' is a public key; a certificate is needed");
  return std::move(signatory->certificate);
}

Result<void> check_validity(const X509& certificate, std::int64_t seconds, const std::string& name) {
  time_t now = seconds;
  if (X509_cmp_time(X509_get0_notBefore(&certificate), &now) > 0) return refuse(name + " is not valid yet");
  if (X509_cmp_time(X509_get0_notAfter(&certificate), &now) < 0) return refuse(name + " is no longer valid");
  return {};
}

bool same_key(const EVP_PKEY* a, const EVP_PKEY* b) {
  const bool same = EVP_PKEY_eq(a, b) == 1;
  ERR_clear_error();
  return same;
}

std::string certificate_fingerprint(const X509& certificate) { return der_digest<X509>(&certificate, i2d_X509); }
std::string key_fingerprint(const EVP_PKEY* key) { return der_digest<EVP_PKEY>(key, i2d_PUBKEY); }

std::string subject_of(const X509& certificate) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(out.get(), X509_get_subject_name(&certificate), 0, XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
  return printable(text_of(out.get()));
}

std::string common_name_of(const X509& certificate) {
  const X509_NAME* name = X509_get_subject_name(&certificate);
  const int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
  if (at < 0) return {};
  unsigned char* utf8 = nullptr;
  const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
  if (size < 0) return {};
  const std::string text(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size));
  OPENSSL_free(utf8);
  return printable(text);
}

std::string certificate_pem(const X509& certificate) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(out.get(), &certificate);
  return text_of(out.get());
}

std::string public_key_pem(const EVP_PKEY* key) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  PEM_write_bio_PUBKEY(out.get(), key);
  return text_of(out.get());
}

}  // namespace evtriage
