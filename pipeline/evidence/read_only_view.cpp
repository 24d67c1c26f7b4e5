// The private read-only mount: tried directly, then from a child that shares our memory and descriptors.
// Tested by tests/pipeline/evidence/read_only_view_test.cpp.
#include "pipeline/evidence/read_only_view.h"

#include <cerrno>
#include <cstddef>
#include <csignal>
#include <vector>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>

namespace evtriage::evidence {
namespace {

struct Wish {
  const char* folder;
  bool devices;
  int fd = -1;
};

void detach(Wish& wish) {
  Descriptor copy(::open_tree(AT_FDCWD, wish.folder, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE));
  if (!copy) return;
  mount_attr attributes{};
  attributes.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;
  if (!wish.devices) attributes.attr_set |= MOUNT_ATTR_NODEV;
  if (::mount_setattr(copy.get(), "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes, sizeof attributes) != 0) return;
  wish.fd = copy.release();
}

int in_child(void* wish) {
  detach(*static_cast<Wish*>(wish));
  return 0;
}

}  // namespace

Descriptor read_only_view(const std::string& folder, bool devices) {
  Wish wish{folder.c_str(), devices};
  detach(wish);
  if (wish.fd >= 0) return Descriptor(wish.fd);
  // CLONE_VFORK: we stand still until the child has ended; CLONE_FILES: what it opens is ours.
  constexpr std::size_t kStackBytes = 256 * 1024;
  std::vector<std::max_align_t> stack(kStackBytes / sizeof(std::max_align_t));
  const int child = ::clone(in_child, stack.data() + stack.size(),
                            CLONE_VM | CLONE_VFORK | CLONE_FILES | CLONE_NEWUSER | CLONE_NEWNS | SIGCHLD, &wish);
  if (child < 0) return Descriptor();
  while (::waitpid(child, nullptr, __WALL) < 0 && errno == EINTR) {
  }
  return Descriptor(wish.fd);
}

}  // namespace evtriage::evidence
