// The sealed envelope around a package: CMS AuthEnvelopedData, AES-256-GCM, RFC 5083 and 5084, one entry for each
// recipient.  Written as bytes come; `openssl cms -decrypt` reads it whole into memory and gives up above 2 GiB, which
// is why a package is cut into parts.
// Tested by tests/pipeline/partner/envelope_test.cpp and tests/whole/package_test.py (openssl decrypts).
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/partner/keys.h"

namespace evtriage {

class Envelope {
 public:
  virtual ~Envelope() = default;
  virtual Result<void> write(std::string_view bytes) = 0;
  // Finishes and syncs the file; gives the hex SHA-256 of what was written.
  virtual Result<std::string> finish() = 0;
};

// Creates `path` (must not exist), mode 0600.  RSA recipients: OAEP with SHA-256; curves: ECDH with a SHA-256 KDF.
Result<std::unique_ptr<Envelope>> open_envelope(const std::string& path, const std::vector<X509*>& recipients);

}  // namespace evtriage
