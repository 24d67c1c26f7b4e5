// Landlock by its system calls, with the rights of the ABI that the kernel has: a newer right would be refused.
// The constants are written out here because Debian 12's header is older than the kernels it may meet.
// Source: the kernel's Documentation/userspace-api/landlock.rst.  Tested by tests/pipeline/sandbox/chaos_test.cpp.
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <string>

#include "pipeline/sandbox/mapping.h"
#include "pipeline/sandbox/locks.h"

namespace evtriage::sandbox {
namespace {

struct Ruleset {
  std::uint64_t files, ports, scopes;
};

constexpr std::uint64_t bits(unsigned count) { return (std::uint64_t{1} << count) - 1; }

// Rights on files by ABI: 13 in the first, then rename across folders (2), truncate (3), device ioctl (5).
constexpr std::uint64_t file_rights(unsigned abi) { return bits(abi >= 5 ? 16 : abi >= 3 ? 15 : abi >= 2 ? 14 : 13); }

}  // namespace

unsigned deny_files(Folders folders) {
  const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version <= 0) return 0;
  const auto abi = static_cast<unsigned>(version);
  const Ruleset wanted{file_rights(abi), abi >= 4 ? bits(2) : 0, abi >= 6 ? bits(2) : 0};
  const std::size_t size = abi >= 6 ? sizeof wanted : abi >= 4 ? 16 : 8;
  const Descriptor rules(static_cast<int>(::syscall(SYS_landlock_create_ruleset, &wanted, size, 0)));
  if (!rules) return 0;
  for (const std::string_view name : folders) {
    const Descriptor folder(::open(std::string(name).c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!folder) continue;
    landlock_path_beneath_attr rule{};
    rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    rule.parent_fd = folder.get();
    if (::syscall(SYS_landlock_add_rule, rules.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) return 0;
  }
  return ::syscall(SYS_landlock_restrict_self, rules.get(), 0) == 0 ? abi : 0;
}

}  // namespace evtriage::sandbox
