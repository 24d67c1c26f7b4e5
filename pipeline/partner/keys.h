// Keys and certificates from PEM files: private ones only from files that nobody else can read.
// Errors (unsupported) are one line that says what is wrong and how to mend it.
// Tested by tests/pipeline/partner/keys_test.cpp.
#pragma once
#include <cstdint>
#include <string>

#include "pipeline/partner/openssl_ptr.h"

namespace evtriage {

enum class KeyKind : std::uint8_t { ed25519, rsa, ec, other };
KeyKind kind_of(const EVP_PKEY* key);

// A plain file of this user with mode 0600 or less.  Looks at the file only; reads nothing of it.
Result<void> check_private_file(const std::string& path);

// A PKCS#8 or traditional private key.  A locked one takes its pass-phrase from the first line of
// `pass_phrase_file` (also 0600), or asks at the terminal where that name is empty.
// RSA below 3072 bits and curves other than P-256, P-384 and P-521 are refused.
Result<KeyPtr> load_private_key(const std::string& path, const std::string& pass_phrase_file);
Result<CertificatePtr> load_certificate(const std::string& path);

// A public key, or the key of a certificate.  For pinning a signer.
struct Signatory {
  KeyPtr key;
  CertificatePtr certificate;    // null if the file holds a bare public key
};
Result<Signatory> load_signatory(const std::string& path);
Result<Signatory> parse_signatory(const std::string& pem, const std::string& name);

// Valid at this time (seconds since 1970), or why not.
Result<void> check_validity(const X509& certificate, std::int64_t seconds, const std::string& name);
bool same_key(const EVP_PKEY* a, const EVP_PKEY* b);

std::string certificate_fingerprint(const X509& certificate);  // hex SHA-256 of the DER
std::string key_fingerprint(const EVP_PKEY* key);               // hex SHA-256 of the SubjectPublicKeyInfo
std::string subject_of(const X509& certificate);                // RFC 2253, UTF-8, controls escaped
std::string common_name_of(const X509& certificate);            // empty if there is none
std::string certificate_pem(const X509& certificate);
std::string public_key_pem(const EVP_PKEY* key);

}  // namespace evtriage
