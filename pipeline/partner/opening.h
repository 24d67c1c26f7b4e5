// Opening what was withheld: the secret of a package, and the proof that a value, or a whole row, is the one committed to.
//
// The secret lies in a file of its own (mode 0600) that never goes into a package.  Destroying it makes every commitment
// and pseudonym of that package unopenable for good.
// Tested by tests/whole/disclosure_test.py.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/partner/partner.h"

namespace evtriage {

struct OpeningSecret {
  std::string path, bytes;                     // 32 bytes
  bool stored = false;                         // it was in the file already
};
// Reads `path`, or makes 32 random bytes if there is no such file.  Writes nothing.
Result<OpeningSecret> find_or_make_secret(const std::string& path);
Result<void> store_secret(const OpeningSecret& secret, const std::string& disclosure_root);

}  // namespace evtriage
