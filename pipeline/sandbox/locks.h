// The locks of the cage, one function each; the zygote applies the first three once, each worker the last two.
//
// Each function does as much as the kernel allows and says whether that is the whole of it.  None of them can be
// undone.  What they are worth together is proved by the chaos tests, not here.
// Tested by tests/pipeline/sandbox/chaos_test.cpp.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "pipeline/core/result.h"

namespace evtriage::sandbox {

using Folders = std::span<const std::string_view>;

struct NewWorld {
  bool unshared = false;   // a fork is needed: the caller's next child is process 1 of its namespace
  bool empty_root = false;  // nothing of the file system is left but the folders, read only
};
// User, network, mount, process, IPC and host name namespaces; works as root and, where allowed, as anybody.
NewWorld enter_namespaces(Folders folders);

// No capabilities, no groups, user "nobody" if we were root; cannot be inspected; no new privileges.
bool drop_privileges();

// Denies everything of the file system but reading the folders, TCP ports, and signals to the outside, as far as the
// kernel's Landlock knows them.  Returns its ABI, 0 if there is none.
unsigned deny_files(Folders folders);

bool has_seccomp();  // with the action that kills the process

std::uint64_t used_address_space();  // bytes of this process; must be asked before the files are gone

// Memory (address space), stack, core: resource limits that hold with and without the other locks.
bool limit_memory(std::uint64_t address_space);
// No new processes, no files, few descriptors; then the list of system calls.  `reads_files`: open for reading.
bool lock_process(bool reads_files);

}  // namespace evtriage::sandbox
