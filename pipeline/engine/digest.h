// Hasher: all digests of one stream in one pass.
//
// One Hasher belongs to one worker and is used for one file after the other: the algorithm objects are
// fetched once, because fetching them per file costs as much as hashing a small file and contends
// between threads (OpenSSL 3.0).  Not safe for two threads at once.
// MD5 RFC 1321, SHA-1 and SHA-2 FIPS 180-4.  Tested by tests/pipeline/engine/digest_test.cpp.
#pragma once
#include <memory>

#include "pipeline/core/content.h"
#include "pipeline/core/profile.h"
#include "pipeline/core/records.h"

namespace evtriage {

class Hasher {
 public:
  // Error (unsupported) if the cryptographic library does not offer an algorithm that is wanted.
  static Result<std::unique_ptr<Hasher>> make(const HashSelection& selection);
  ~Hasher();

  void start();                 // forgets what was fed before
  void update(ByteView bytes);
  Digests finish();             // after it, start() again

 private:
  struct State;
  explicit Hasher(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Lower-case hexadecimal.
std::string hex_text(ByteView bytes);

}  // namespace evtriage
