// Signing and verifying.  The strict form of a CMS is assembled here from the parts that its signature covers and
// compared with the file: every byte of it is accounted for.
// Tested by tests/pipeline/partner/signature_test.cpp and tests/whole/package_test.py.
#include "pipeline/partner/signature.h"

#include <array>
#include <ctime>

#include "pipeline/core/time.h"

namespace evtriage {
namespace {

using Bytes = std::string;

constexpr unsigned int sign_flags = CMS_DETACHED | CMS_BINARY | CMS_PARTIAL | CMS_NOSMIMECAP | CMS_CADES | CMS_NOCERTS;

Error refuse(const std::string& why) { return {Code::corrupt, why}; }
const unsigned char* raw(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

BioPtr reading(std::string_view bytes) { return BioPtr(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size()))); }

template <class T>
Bytes der_of(const T* object, int (*encode)(const T*, unsigned char**)) {
  unsigned char* der = nullptr;
  const int size = encode(object, &der);
  if (size <= 0) return {};
  Bytes out(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return out;
}

Bytes tagged(unsigned char tag, const Bytes& content) {
  Bytes length;
  std::size_t size = content.size();
  if (size < 128) {
    length = static_cast<char>(size);
  } else {
    for (; size != 0; size >>= 8) length.insert(length.begin(), static_cast<char>(size & 255));
    length.insert(length.begin(), static_cast<char>(0x80 | length.size()));
  }
  return static_cast<char>(tag) + length + content;
}

constexpr unsigned char kSequence = 0x30, kSet = 0x31, kOctets = 0x04, kContext0 = 0xa0;
const Bytes& version_one() {
  static const Bytes one("\x02\x01\x01", 3);
  return one;
}
Bytes object_of(int nid) { return der_of<ASN1_OBJECT>(OBJ_nid2obj(nid), i2d_ASN1_OBJECT); }

// The one form: the identifier of the signer, the signed attributes and the signature come from the file, all else
// is written as sign_cms writes it.
Bytes strict_form(CMS_SignerInfo* signer, const X509* certificate) {
  X509_ALGOR *digest = nullptr, *algorithm = nullptr;
  CMS_SignerInfo_get0_algs(signer, nullptr, nullptr, &digest, &algorithm);
  const Bytes digest_der = tagged(kSequence, object_of(NID_sha256));
  const bool is_rsa = EVP_PKEY_get_base_id(X509_get0_pubkey(certificate)) == EVP_PKEY_RSA;
  const Bytes null("\x05\x00", 2);
  const Bytes algorithm_der = is_rsa ? tagged(kSequence, object_of(NID_rsaEncryption) + null) : tagged(kSequence, object_of(NID_ecdsa_with_SHA256));
  Bytes attributes;
  for (int i = 0; i < CMS_signed_get_attr_count(signer); ++i) attributes += der_of<X509_ATTRIBUTE>(CMS_signed_get_attr(signer, i), i2d_X509_ATTRIBUTE);
  const ASN1_OCTET_STRING* value = CMS_SignerInfo_get0_signature(signer);
  const Bytes signature(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)), static_cast<std::size_t>(ASN1_STRING_length(value)));
  const Bytes name = der_of<X509_NAME>(X509_get_issuer_name(certificate), i2d_X509_NAME);
  const Bytes serial = der_of<ASN1_INTEGER>(X509_get0_serialNumber(certificate), i2d_ASN1_INTEGER);
  const Bytes info = tagged(kSequence, version_one() + tagged(kSequence, name + serial) + digest_der + tagged(kContext0, attributes) + algorithm_der + tagged(kOctets, signature));
  const Bytes data = tagged(kSequence, version_one() + tagged(kSet, digest_der) + tagged(kSequence, object_of(NID_pkcs7_data)) + tagged(kSet, info));
  return tagged(kSequence, object_of(NID_pkcs7_signed) + tagged(kContext0, data));
}

std::string signing_time(CMS_SignerInfo* signer) {
  const auto* time = static_cast<const ASN1_TIME*>(CMS_signed_get0_data_by_OBJ(signer, OBJ_nid2obj(NID_pkcs9_signingTime), -3, V_ASN1_UTCTIME));
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return {};
  const std::int64_t days = days_from_civil(parts.tm_year + 1900, static_cast<unsigned>(parts.tm_mon + 1), static_cast<unsigned>(parts.tm_mday));
  return rfc3339(((days * 24 + parts.tm_hour) * 60 + parts.tm_min) * 60'000'000'000 + parts.tm_sec * std::int64_t{1'000'000'000});
}

}  // namespace

Result<std::string> sign_raw(EVP_PKEY* key, std::string_view bytes) {
  const DigestPtr context(EVP_MD_CTX_new());
  std::string signature(64, '\0');
  std::size_t size = signature.size();
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, raw(bytes), bytes.size()) != 1 || size != signature.size()) {
    return openssl_error("the Ed25519 signature could not be made");
  }
  return signature;
}

bool verify_raw(EVP_PKEY* key, std::string_view bytes, std::string_view signature) {
  const DigestPtr context(EVP_MD_CTX_new());
  const bool good = EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key) == 1 &&
                    EVP_DigestVerify(context.get(), raw(signature), signature.size(), raw(bytes), bytes.size()) == 1;
  ERR_clear_error();
  return good;
}

Result<std::string> sign_cms(EVP_PKEY* key, X509* certificate, std::string_view bytes, std::int64_t seconds) {
  const BioPtr content = reading(bytes);
  const CmsPtr cms(CMS_sign(nullptr, nullptr, nullptr, nullptr, sign_flags));
  CMS_SignerInfo* signer = cms ? CMS_add1_signer(cms.get(), certificate, key, EVP_sha256(), sign_flags) : nullptr;
  const std::unique_ptr<ASN1_UTCTIME, Releases<ASN1_UTCTIME_free>> time(ASN1_UTCTIME_set(nullptr, seconds));
  if (signer == nullptr || !time || CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_signingTime, V_ASN1_UTCTIME, time.get(), -1) != 1 ||
      CMS_final(cms.get(), content.get(), nullptr, sign_flags) != 1) {
    return openssl_error("the CMS signature could not be made");
  }
  Bytes der = der_of<CMS_ContentInfo>(cms.get(), i2d_CMS_ContentInfo);
  if (auto check = verify_cms(der, bytes, certificate); !check) return Error{Code::internal, "the CMS signature is not in the expected form: " + check.error().detail};
  return der;
}

Result<std::string> verify_cms(std::string_view der, std::string_view bytes, X509* certificate) {
  const unsigned char* at = raw(der);
  const CmsPtr cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  if (!cms || OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed) return refuse("is no CMS signature");
  auto* signers = CMS_get0_SignerInfos(cms.get());
  if (sk_CMS_SignerInfo_num(signers) != 1) return refuse("holds more or fewer than one signature");
  CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(signers, 0);
  if (CMS_SignerInfo_cert_cmp(signer, certificate) != 0) return refuse("was made by another signer than this certificate's");
  STACK_OF(X509)* pins = sk_X509_new_null();
  sk_X509_push(pins, certificate);
  const BioPtr content = reading(bytes);
  const int good = CMS_verify(cms.get(), pins, nullptr, content.get(), nullptr, CMS_BINARY | CMS_NOINTERN | CMS_NO_SIGNER_CERT_VERIFY);
  sk_X509_free(pins);
  ERR_clear_error();
  if (good != 1) return refuse("does not fit the manifest and the certificate");
  if (strict_form(signer, certificate) != der) return refuse("fits, but its file is not in the one form in which it was written");
  return signing_time(signer);
}

}  // namespace evtriage
