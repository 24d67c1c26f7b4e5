// OpenSSL's objects with owners, and its errors as values.  Only this folder's files on keys, signatures and envelopes
// include it.
// Tested by tests/pipeline/partner/signature_test.cpp.
#pragma once
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

#include "pipeline/core/result.h"

namespace evtriage {

template <auto release>
struct Releases {
  template <class T>
  void operator()(T* object) const { release(object); }
};
using BioPtr = std::unique_ptr<BIO, Releases<BIO_free>>;
using CmsPtr = std::unique_ptr<CMS_ContentInfo, Releases<CMS_ContentInfo_free>>;
using DigestPtr = std::unique_ptr<EVP_MD_CTX, Releases<EVP_MD_CTX_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Releases<EVP_PKEY_free>>;
using CertificatePtr = std::unique_ptr<X509, Releases<X509_free>>;

// "WHAT: the reason that OpenSSL gives"; empties its queue of errors.
inline Error openssl_error(const std::string& what) {
  const unsigned long last = ERR_peek_last_error();
  const char* reason = last != 0 ? ERR_reason_error_string(last) : nullptr;
  ERR_clear_error();
  return {Code::unsupported, reason != nullptr ? what + ": " + reason : what};
}

inline BioPtr memory_bio(const std::string& bytes) {
  return BioPtr(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

}  // namespace evtriage
