// Cryptographic Message Syntax (RFC 5652) as far as triage needs it: is it encrypted, or signed around readable bytes?
// Own reader of BER, definite and indefinite lengths, no recursion: nothing is verified or decrypted here.
// Tested by tests/extractors/cms_test.cpp, openssl as maker of the samples.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace evtriage {

enum class CmsKind : std::uint8_t { none, signed_data, enveloped, other };

struct CmsContent {
  CmsKind kind = CmsKind::none;
  std::string bytes;      // signed_data: what was signed; empty if it is detached
  bool whole = true;      // false: the structure ended early or has no sense; `bytes` is what was had
};

CmsContent cms_content(std::string_view ber);

}  // namespace evtriage
