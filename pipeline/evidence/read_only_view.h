// A private read-only mount of a folder, seen by nobody else: reading through it cannot leave a trace.
//
// A descriptor opened O_RDONLY on a writable mount is not read-only: /proc/self/fd/N can be opened again
// for writing, and reading the target of a link moves its time of access whatever the flags.  Through
// a detached copy of the mount with MOUNT_ATTR_RDONLY the kernel refuses both, for root too.
// open_tree(2), mount_setattr(2), Linux 5.12; as an ordinary user in a user namespace of one short-lived
// child, where the machine allows that.  Tested by tests/pipeline/evidence/read_only_view_test.cpp.
#pragma once
#include <string>

#include "pipeline/evidence/io_error.h"

namespace evtriage::evidence {

// A descriptor (O_PATH) of the same folder in the private mount, its nested mounts with it; empty if the
// machine does not allow it.  `devices`: whether device nodes may be opened through it.
Descriptor read_only_view(const std::string& folder, bool devices);

}  // namespace evtriage::evidence
