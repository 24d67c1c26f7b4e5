// Opening below a root: the one place that decides the flags with which evidence is opened.
// Tested by tests/pipeline/evidence/open_beneath_test.cpp.
#include "pipeline/evidence/open_beneath.h"

#include <cerrno>
#include <chrono>
#include <climits>
#include <string>
#include <thread>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>

namespace evtriage::evidence {
namespace {

constexpr int kAlways = O_CLOEXEC | O_NOFOLLOW;
constexpr int kWhenReading = O_NONBLOCK | O_NOCTTY;  // a FIFO must not hang, a terminal must not become ours

int openat_nofollow(int folder, const char* name, int flags) {
  int fd = -1;
  do {
    fd = ::openat(folder, name, flags | kAlways);
  } while (fd < 0 && errno == EINTR);
  return fd;
}

int by_components(int folder, const std::string& path, int flags) {
  Descriptor held;
  std::size_t at = 0;
  for (;;) {
    const std::size_t slash = path.find('/', at);
    const std::string name = path.substr(at, slash - at);
    const int from = held ? held.get() : folder;
    if (slash == std::string::npos) return openat_nofollow(from, name.c_str(), flags);
    held = Descriptor(openat_nofollow(from, name.c_str(), O_PATH | O_DIRECTORY));
    if (!held) {
      if (errno == ENOTDIR) errno = ELOOP;  // a link stands where a folder was
      return -1;
    }
    at = slash + 1;
  }
}

// `path` is shorter than PATH_MAX.
int stretch(int folder, const std::string& path, int flags) {
  open_how how{};
  how.flags = static_cast<unsigned>(flags | kAlways);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  long fd = -1;
  do {
    fd = ::syscall(SYS_openat2, folder, path.c_str(), &how, sizeof how);
  } while (fd < 0 && (errno == EINTR || errno == EAGAIN));
  if (fd >= 0) return static_cast<int>(fd);
  // EPERM: container filters of before 2020 answer so to calls they do not know.
  if (errno == ENOSYS || (errno == EPERM && (flags & O_NOATIME) == 0)) return by_components(folder, path, flags);
  return -1;
}

int open_once(int folder, std::string_view path, int flags) {
  Descriptor held;
  while (path.size() >= PATH_MAX) {
    const std::size_t slash = path.rfind('/', PATH_MAX - 1);
    if (slash == std::string_view::npos || slash == 0) {
      errno = ENAMETOOLONG;
      return -1;
    }
    held = Descriptor(stretch(held ? held.get() : folder, std::string(path.substr(0, slash)), O_PATH | O_DIRECTORY));
    if (!held) return -1;
    path.remove_prefix(slash + 1);
  }
  return stretch(held ? held.get() : folder, std::string(path), flags);
}

// Calls `attempt(flags)`: first so that no time of access moves, then as the kernel allows.
template <class Attempt>
Descriptor persist(const Root& root, int flags, int& error_number, Attempt attempt) {
  constexpr int kWaits_ms[] = {10, 40, 160};
  const bool reading = (flags & O_PATH) == 0;
  if (reading) flags |= kWhenReading;
  const bool ask_noatime = reading && !root.read_only;
  for (std::size_t wait = 0;; ++wait) {
    int fd = attempt(flags | (ask_noatime ? O_NOATIME : 0));
    if (fd < 0 && errno == EPERM && ask_noatime) {
      fd = attempt(flags);
      if (fd >= 0) root.noatime_refused.store(true, std::memory_order_relaxed);
    }
    error_number = fd < 0 ? errno : 0;
    const bool table_full = fd < 0 && (error_number == EMFILE || error_number == ENFILE);
    if (!table_full || wait == std::size(kWaits_ms)) return Descriptor(fd);
    std::this_thread::sleep_for(std::chrono::milliseconds(kWaits_ms[wait]));
  }
}

}  // namespace

Descriptor open_beneath(const Root& root, std::string_view path, int flags, int& error_number) {
  return persist(root, flags, error_number,
                 [&](int with) { return open_once(root.folder.get(), path, with); });
}

Descriptor open_in(int folder, const char* name, const Root& root, int flags, int& error_number) {
  return persist(root, flags, error_number, [&](int with) { return openat_nofollow(folder, name, with); });
}

}  // namespace evtriage::evidence
