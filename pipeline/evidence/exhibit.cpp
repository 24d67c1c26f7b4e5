// Opening what was typed: resolved once, then only ever reached through the descriptor of its root.
// Tested by tests/pipeline/evidence/exhibit_test.cpp.
#include "pipeline/evidence/exhibit.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>

#include "pipeline/core/text.h"
#include "pipeline/evidence/read_only_view.h"

namespace evtriage::evidence {
namespace {

// Configfs and fusectl have no name in linux/magic.h; statfs(2) lists them.
constexpr unsigned long kPseudo[] = {
    PROC_SUPER_MAGIC, SYSFS_MAGIC,    DEVPTS_SUPER_MAGIC, CGROUP_SUPER_MAGIC, CGROUP2_SUPER_MAGIC, DEBUGFS_MAGIC,
    TRACEFS_MAGIC,    SECURITYFS_MAGIC, BPF_FS_MAGIC,     PSTOREFS_MAGIC,     EFIVARFS_MAGIC,      SELINUX_MAGIC,
    SMACK_MAGIC,      NSFS_MAGIC,     BINFMTFS_MAGIC,     0x62656570,         0x65735543,
};

bool same_file(int a, int b) {
  struct stat of_a {}, of_b {};
  return ::fstat(a, &of_a) == 0 && ::fstat(b, &of_b) == 0 && of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino;
}

// Opens `folder`, through a private read-only mount where the machine allows it.
Result<std::unique_ptr<Root>> open_root(const std::string& folder, bool devices, const std::string& what) {
  auto root = std::make_unique<Root>();
  root->folder = Descriptor(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!root->folder) return io_error(what, errno);
  Descriptor view = read_only_view(folder, devices);
  if (view && same_file(view.get(), root->folder.get())) {
    root->folder = std::move(view);
    root->read_only = true;
  }
  return root;
}

}  // namespace

FileSystem file_system_of(int fd) {
  struct statfs status {};
  if (::fstatfs(fd, &status) != 0) return {};
  const auto type = static_cast<unsigned long>(status.f_type) & 0xffffffffUL;
  const bool is_pseudo = std::find(std::begin(kPseudo), std::end(kPseudo), type) != std::end(kPseudo);
  return {is_pseudo, (static_cast<unsigned long>(status.f_flags) & (ST_RDONLY | ST_NOATIME)) == 0};
}

Result<Exhibit> open_exhibit(const ExhibitSpec& spec) {
  const std::string what = "exhibit " + spec.label + " (\"" + printable(spec.path) + "\") cannot be opened";
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(spec.path.c_str(), nullptr), &std::free);
  if (!real) return io_error(what, errno);
  const std::string path = real.get();
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return io_error(what, errno);
  const bool is_folder = S_ISDIR(status.st_mode);
  if (!is_folder && !S_ISREG(status.st_mode) && !S_ISBLK(status.st_mode)) {
    return Error{Code::unsupported, what + ": it is neither a folder nor a file nor a block device"};
  }
  Exhibit exhibit;
  exhibit.is_device = S_ISBLK(status.st_mode);
  const std::size_t slash = path.rfind('/');
  const std::string base = path.size() > 1 ? path.substr(slash + 1) : path;
  if (!is_folder) exhibit.file_name = base;
  auto root = open_root(is_folder ? path : path.substr(0, std::max<std::size_t>(slash, 1)), exhibit.is_device, what);
  if (!root) return root.error();
  exhibit.root = *std::move(root);
  if (is_folder && file_system_of(exhibit.root->folder.get()).is_pseudo) {
    return Error{Code::unsupported, what + ": it is a pseudo file system of this machine"};
  }
  struct statvfs mount {};
  const bool read_only = ::statvfs(path.c_str(), &mount) == 0 && (mount.f_flag & ST_RDONLY) != 0;
  exhibit.info = {spec.label, printable(base), is_folder ? "folder" : "file", path, 0, 0, read_only, exhibit.root->read_only};
  return exhibit;
}

}  // namespace evtriage::evidence
