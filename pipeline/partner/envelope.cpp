// OpenSSL pushes the envelope into a BIO of our own, which hashes and writes: the file is never read again.
// Tested by tests/pipeline/partner/envelope_test.cpp and tests/whole/package_test.py.
#include "pipeline/partner/envelope.h"

#include <fcntl.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "pipeline/custody/custody.h"

namespace evtriage {
namespace {

struct HashedFile {
  int file = -1;
  int error = 0;
  Sha256Stream digest;
  std::string buffer;                          // OpenSSL gives pieces of some KiB

  bool write(std::string_view bytes) {
    constexpr std::size_t buffer_bytes = 1u << 18;
    buffer += bytes;
    return buffer.size() < buffer_bytes || flush();
  }

  bool flush() {
    std::string_view bytes = buffer;
    digest.add(bytes);
    while (!bytes.empty()) {
      const ssize_t n = ::write(file, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) {
        error = n < 0 ? errno : EIO;
        return false;
      }
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    buffer.clear();
    return true;
  }
};

int bio_write(BIO* bio, const char* bytes, int size) {
  auto* out = static_cast<HashedFile*>(BIO_get_data(bio));
  return out->write({bytes, static_cast<std::size_t>(size)}) ? size : -1;
}
long bio_control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

using MethodPtr = std::unique_ptr<BIO_METHOD, Releases<BIO_meth_free>>;
MethodPtr sink_method() {
  MethodPtr method(BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "envelope"));
  if (method) {
    BIO_meth_set_write(method.get(), bio_write);
    BIO_meth_set_ctrl(method.get(), bio_control);
  }
  return method;
}

// OpenSSL 3.0 would take PKCS #1 v1.5 padding and a SHA-1 KDF.
bool strengthen(CMS_RecipientInfo* recipient) {
  EVP_PKEY_CTX* context = CMS_RecipientInfo_get0_pkey_ctx(recipient);
  if (context == nullptr) return false;
  if (CMS_RecipientInfo_type(recipient) == CMS_RECIPINFO_TRANS) {
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) > 0 && EVP_PKEY_CTX_set_rsa_oaep_md(context, EVP_sha256()) > 0 &&
           EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha256()) > 0;
  }
  return CMS_RecipientInfo_type(recipient) == CMS_RECIPINFO_AGREE && EVP_PKEY_CTX_set_ecdh_kdf_md(context, EVP_sha256()) > 0;
}

class CmsEnvelope final : public Envelope {
 public:
  ~CmsEnvelope() override {
    release();
    if (out_.file >= 0) ::close(out_.file);
  }

  Result<void> open(const std::string& path, const std::vector<X509*>& recipients) {
    path_ = path;
    out_.file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (out_.file < 0) return Error{Code::io_read, "cannot create '" + path + "': " + std::strerror(errno)};
    method_ = sink_method();
    cms_.reset(CMS_AuthEnvelopedData_create(EVP_aes_256_gcm()));
    if (!cms_ || !method_) return openssl_error("the envelope cannot be made");
    for (X509* certificate : recipients) {
      CMS_RecipientInfo* recipient = CMS_add1_recipient_cert(cms_.get(), certificate, CMS_KEY_PARAM);
      if (recipient == nullptr || !strengthen(recipient)) return openssl_error("the envelope cannot be addressed to " + subject_of(*certificate));
    }
    sink_.reset(BIO_new(method_.get()));
    BIO_set_data(sink_.get(), &out_);
    BIO_set_init(sink_.get(), 1);
    stream_ = BIO_new_CMS(sink_.get(), cms_.get());
    if (stream_ == nullptr) return openssl_error("the envelope cannot be made");
    return {};
  }

  Result<void> write(std::string_view bytes) override {
    constexpr std::size_t step = 1u << 20;
    while (!bytes.empty()) {
      const int size = static_cast<int>(std::min(step, bytes.size()));
      const int written = BIO_write(stream_, bytes.data(), size);
      if (written <= 0) return failed();
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
  }

  Result<std::string> finish() override {
    if (BIO_flush(stream_) != 1 || out_.error != 0) return failed();
    release();
    if (!out_.flush()) return failed();
    const bool kept = ::fsync(out_.file) == 0;
    if (!kept) out_.error = errno;
    ::close(std::exchange(out_.file, -1));
    if (!kept) return failed();
    return hex(out_.digest.finish());
  }

 private:
  Error failed() const {
    if (out_.error != 0) return {Code::io_read, "cannot write '" + path_ + "': " + std::strerror(out_.error)};
    return openssl_error("the envelope '" + path_ + "' cannot be written");
  }
  void release() {  // the chain that BIO_new_CMS put before the sink
    while (stream_ != nullptr && stream_ != sink_.get()) {
      BIO* next = BIO_pop(stream_);
      BIO_free(stream_);
      stream_ = next;
    }
    stream_ = nullptr;
  }

  std::string path_;
  HashedFile out_;
  MethodPtr method_;
  CmsPtr cms_;
  BioPtr sink_;
  BIO* stream_ = nullptr;
};

}  // namespace

Result<std::unique_ptr<Envelope>> open_envelope(const std::string& path, const std::vector<X509*>& recipients) {
  auto envelope = std::make_unique<CmsEnvelope>();
  if (auto opened = envelope->open(path, recipients); !opened) return opened.error();
  return std::unique_ptr<Envelope>(std::move(envelope));
}

}  // namespace evtriage
