// Namespaces and an empty root: what cannot be named cannot be reached.
//
// Root unshares directly and becomes "nobody" afterwards; anybody else needs a user namespace, in which he is nobody
// too.  The new root is a tiny tmpfs that holds the folders that the family reads, bound read only.
// Tested by tests/pipeline/sandbox/chaos_test.cpp.
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "pipeline/sandbox/mapping.h"
#include "pipeline/sandbox/locks.h"

namespace evtriage::sandbox {
namespace {

constexpr unsigned nobody = 65534;
constexpr const char* new_root = "/tmp";  // hidden under the tmpfs, in our own mount namespace only

bool write_file(const char* path, const std::string& text) {
  const Descriptor file(::open(path, O_WRONLY | O_CLOEXEC));
  return file && ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

bool unshare_as_nobody(int others) {
  const auto user = ::geteuid();
  const auto group = ::getegid();
  if (::unshare(CLONE_NEWUSER | others) != 0) return false;
  const std::string as = std::to_string(nobody) + " ";
  (void)write_file("/proc/self/setgroups", "deny");
  return write_file("/proc/self/uid_map", as + std::to_string(user) + " 1") &&
         write_file("/proc/self/gid_map", as + std::to_string(group) + " 1");
}

Descriptor read_only_copy(const std::string& folder) {
  Descriptor copy(::open_tree(AT_FDCWD, folder.c_str(), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE));
  mount_attr attributes{};
  attributes.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
  if (copy && ::mount_setattr(copy.get(), "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes, sizeof attributes) != 0) copy.reset();
  return copy;
}

bool attach(const Descriptor& copy, const std::string& folder) {
  std::string path = new_root;
  for (std::size_t at = 0; at < folder.size();) {
    const std::size_t end = std::min(folder.find('/', at + 1), folder.size());
    path += folder.substr(at, end - at);
    (void)::mkdir(path.c_str(), 0755);
    at = end;
  }
  return ::move_mount(copy.get(), "", AT_FDCWD, path.c_str(), MOVE_MOUNT_F_EMPTY_PATH) == 0;
}

bool empty_root(Folders folders) {
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
  std::vector<std::pair<std::string, Descriptor>> copies;
  for (const std::string_view name : folders) {
    const std::string folder(name);
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) continue;
    copies.emplace_back(folder, read_only_copy(folder));
    if (!copies.back().second) return false;
  }
  if (::mount("none", new_root, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=64k,mode=755") != 0) return false;
  for (const auto& [folder, copy] : copies) {
    if (!attach(copy, folder)) return false;
  }
  mount_attr attributes{};
  attributes.attr_set = MOUNT_ATTR_RDONLY;
  if (::mount_setattr(AT_FDCWD, new_root, 0, &attributes, sizeof attributes) != 0) return false;
  // The old root is stacked under the new one and taken away.
  return ::chdir(new_root) == 0 && ::syscall(SYS_pivot_root, ".", ".") == 0 && ::umount2(".", MNT_DETACH) == 0 && ::chdir("/") == 0;
}

}  // namespace

NewWorld enter_namespaces(Folders folders) {
  constexpr int others = CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS;
  NewWorld world;
  world.unshared = (::geteuid() == 0 && ::unshare(others) == 0) || unshare_as_nobody(others);
  world.empty_root = world.unshared && empty_root(folders);
  return world;
}

bool drop_privileges() {
  bool is_root = ::geteuid() == 0;
  for (int capability = 0; ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0;) ++capability;
  if (is_root) {
    (void)::setgroups(0, nullptr);
    is_root = ::setresgid(nobody, nobody, nobody) != 0 || ::setresuid(nobody, nobody, nobody) != 0;
  }
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {};
  const bool powerless = ::syscall(SYS_capset, &header, none) == 0;
  const bool sealed = ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  return sealed && (powerless || !is_root);
}

}  // namespace evtriage::sandbox
