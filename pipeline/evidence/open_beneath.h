// Opens a path below a folder without ever following a link and without changing a time of access.
//
// openat2(2) with RESOLVE_BENEATH|RESOLVE_NO_SYMLINKS|RESOLVE_NO_MAGICLINKS where the kernel has it
// (5.6), else component by component with O_NOFOLLOW.  Paths may be longer than PATH_MAX: they are
// walked in stretches.  O_CLOEXEC, O_NOCTTY, O_NONBLOCK and O_NOFOLLOW are always added.
// Tested by tests/pipeline/evidence/open_beneath_test.cpp.
#pragma once
#include <atomic>
#include <string_view>

#include "pipeline/evidence/io_error.h"

namespace evtriage::evidence {

struct Root {                              // the folder that nothing leaves; one for each exhibit
  Descriptor folder;                       // may be O_PATH
  bool read_only = false;                  // a mount of our own that no read can leave a trace on
  mutable std::atomic<bool> noatime_refused = false;
};

// `path` is relative and has no empty, "." or ".." components ("." alone is the folder itself).
// On failure the Descriptor is empty and `error_number` holds errno (ELOOP for a link on the way).
Descriptor open_beneath(const Root& root, std::string_view path, int flags, int& error_number);

// The same for one name in an open folder.
Descriptor open_in(int folder, const char* name, const Root& root, int flags, int& error_number);

}  // namespace evtriage::evidence
