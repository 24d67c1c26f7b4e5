// Signatures over the exact bytes of a manifest: raw Ed25519, and CMS (CAdES-BES, RFC 5652 and 5126) for openssl.
//
// An encoding that can be changed without breaking the signature is a place to hide in.  Ed25519 has one form.  A CMS
// is checked twice: the signature by OpenSSL, and the whole file against the one DER form in which sign_cms writes it.
// Tested by tests/pipeline/partner/signature_test.cpp (openssl as the other side) and tests/whole/package_test.py.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/partner/keys.h"

namespace evtriage {

// 64 bytes, RFC 8032.  The key is Ed25519.
Result<std::string> sign_raw(EVP_PKEY* key, std::string_view bytes);
bool verify_raw(EVP_PKEY* key, std::string_view bytes, std::string_view signature);

// Detached, DER, SHA-256, signing time `seconds` since 1970, signing-certificate-v2, no certificates inside.
// RSA (PKCS #1 v1.5) gives the same bytes each time, ECDSA does not.
Result<std::string> sign_cms(EVP_PKEY* key, X509* certificate, std::string_view bytes, std::int64_t seconds);

// Error (corrupt): why this is no signature by this certificate over these bytes in the form of sign_cms.
// The certificate is the pin: no chain, no validity is looked at.  Gives the signing time, RFC 3339.
Result<std::string> verify_cms(std::string_view der, std::string_view bytes, X509* certificate);

}  // namespace evtriage
