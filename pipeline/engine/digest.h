// Hasher: all digests of one stream in one pass.
//
// One Hasher belongs to one worker and is used for one file after the other: the algorithm objects are
// fetched once, because fetching them per file costs as much as hashing a small file and contends
// between threads (OpenSSL 3.0).  Not safe for two threads at once.
//
// Where the processor allows, MD5, SHA-1 and SHA-256 run interleaved (stitch.h).  The interleaved kernel must agree
// with OpenSSL on 64 KiB before it is used, and then on one stream in every thousand; the first that does not
// is told, and OpenSSL's digests are used from that stream on.
// MD5 RFC 1321, SHA-1 and SHA-2 FIPS 180-4.  Tested by tests/pipeline/engine/digest_test.cpp.
#pragma once
#include <memory>

#include "pipeline/core/content.h"
#include "pipeline/core/profile.h"
#include "pipeline/core/records.h"
#include "pipeline/engine/stitch.h"

namespace evtriage {

class Hasher {
 public:
  // Error (unsupported) if the cryptographic library does not offer an algorithm that is wanted.
  // Null as kernel: OpenSSL alone.
  static Result<std::unique_ptr<Hasher>> make(const HashSelection& selection,
                                              StitchedKernel kernel = stitched_kernel());
  ~Hasher();

  void start();                 // forgets what was fed before
  void update(ByteView bytes);
  Digests finish();             // after it, start() again
  bool interleaved() const;     // the kernel is in use
  bool take_disagreement();     // true once after a finish() at which the audit failed; the digests are OpenSSL's

 private:
  struct State;
  explicit Hasher(std::unique_ptr<State> state);
  void self_test();
  std::unique_ptr<State> state_;
};

// Lower-case hexadecimal.
std::string hex_text(ByteView bytes);

}  // namespace evtriage
