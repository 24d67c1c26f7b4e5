// The walk: a stack of folders whose names are read and sorted, of which the deepest few are held open.
// Tested by tests/pipeline/evidence/walk_test.cpp.
#include "pipeline/evidence/walk.h"

#include <cerrno>
#include <optional>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "pipeline/evidence/file_content.h"
#include "pipeline/evidence/folder_names.h"
#include "pipeline/evidence/listing_record.h"
#include "pipeline/evidence/segments.h"

namespace evtriage::evidence {
namespace {

constexpr std::size_t kOpenFolders = 32;

struct Folder {
  FolderNames names;
  std::size_t next = 0;          // the name to be visited next
  std::size_t path_bytes = 0;    // length of its own path inside Walker::path_
  std::uint64_t ordinal = 0;
  dev_t device = 0;
  ino_t inode = 0;
  FileSystem file_system;
  Descriptor fd;                 // empty: closed to save descriptors
  bool lost = false;             // could not be opened again
};

Issue listing_issue(Code code, std::string detail, bool reproducible = true) {
  return {code, "list", std::move(detail), {}, reproducible};
}

ItemKind kind_by_hint(std::uint8_t type) {
  if (type == DT_DIR) return ItemKind::directory;
  if (type == DT_LNK) return ItemKind::symlink;
  return type == DT_REG || type == DT_UNKNOWN ? ItemKind::file : ItemKind::special;
}

std::string device_detail(std::string_view kind, dev_t device) {
  return std::string(kind) + " device " + std::to_string(gnu_dev_major(device)) + ":" + std::to_string(gnu_dev_minor(device));
}

void read_target(Entry& entry, const Folder& folder, const char* name) {
  if (folder.file_system.keeps_access_times) {
    entry.issues.push_back(listing_issue(
        Code::unsupported, "the link's target was not read: on this mount reading it would change its time of access", false));
    return;
  }
  char target[8192];  // the kernel keeps targets below 4096 bytes
  const ssize_t n = ::readlinkat(folder.fd.get(), name, target, sizeof target);
  if (n < 0) {
    entry.issues.push_back(listing_issue(Code::io_read, "the link's target cannot be read: " + error_text(errno)));
  } else {
    entry.detail.assign(target, static_cast<std::size_t>(n));
  }
}

void describe(Entry& entry, const struct stat& status, const Folder& folder, const char* name) {
  entry.modified_ns = nanoseconds(status.st_mtim);
  if (!entry.modified_ns) {
    entry.issues.push_back(listing_issue(Code::unsupported, "the time of modification, " + std::to_string(status.st_mtim.tv_sec) +
                                                                " s from 1970, lies outside 1677 to 2262"));
  }
  entry.kind = ItemKind::special;
  switch (status.st_mode & S_IFMT) {
    case S_IFREG:
      entry.kind = ItemKind::file;
      entry.size = static_cast<std::uint64_t>(status.st_size);
      break;
    case S_IFDIR: entry.kind = ItemKind::directory; break;
    case S_IFLNK:
      entry.kind = ItemKind::symlink;
      read_target(entry, folder, name);
      break;
    case S_IFIFO: entry.detail = "fifo"; break;
    case S_IFSOCK: entry.detail = "socket"; break;
    case S_IFCHR: entry.detail = device_detail("character", status.st_rdev); break;
    case S_IFBLK: entry.detail = device_detail("block", status.st_rdev); break;
    default: entry.detail = "unknown kind"; break;
  }
}

class Walker {
 public:
  Walker(ForbiddenFolder forbidden, const TakeEntry& take) : forbidden_(forbidden), take_(take) {}
  Result<void> exhibit(const Exhibit& exhibit, std::uint32_t number);

 private:
  Result<void> single_file(const Exhibit& exhibit);
  Result<void> further_segments();
  Result<void> folder_tree();
  Result<void> visit_next();
  void start_entry();
  // What is to be walked below the folder just described; problems become issues of entry_.
  Result<std::optional<Folder>> enter(const Folder& parent, const char* name);
  std::optional<std::string> reason_not_to_enter(const Folder& folder) const;
  Result<void> take_entry();
  void push(Folder folder);
  bool reopen();

  ForbiddenFolder forbidden_;
  const TakeEntry& take_;
  const Root* root_ = nullptr;
  std::vector<Folder> stack_;
  std::string path_;
  Entry entry_;
  std::uint32_t exhibit_ = 0;
  std::uint64_t ordinal_ = 0, number_ = 0;
  std::vector<Issue> of_root_;  // the exhibit's own folder has no entry: its issues go to the first one
};

Result<void> Walker::exhibit(const Exhibit& exhibit, std::uint32_t number) {
  exhibit_ = number;
  number_ = 0;
  root_ = exhibit.root.get();
  stack_.clear();
  path_.clear();
  return exhibit.file_name.empty() ? folder_tree() : single_file(exhibit);
}

void Walker::start_entry() {
  entry_.ordinal = ordinal_++;
  entry_.exhibit = exhibit_;
  entry_.number = ++number_;
  entry_.parent.reset();
  entry_.path = path_;
  entry_.kind = ItemKind::file;
  entry_.size = 0;
  entry_.modified_ns.reset();
  entry_.detail.clear();
  entry_.issues.clear();
  entry_.issues.swap(of_root_);
}

Result<void> Walker::take_entry() { return take_(entry_); }

Result<void> Walker::single_file(const Exhibit& exhibit) {
  path_ = exhibit.file_name;
  start_entry();
  int error_number = 0;
  const Descriptor file = open_beneath(*root_, path_, O_RDONLY, error_number);
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0) {
    return io_error("exhibit " + exhibit.info.label + " cannot be opened", file ? errno : error_number);
  }
  const auto size = size_of(file.get(), status);
  if (!size) return Error{Code::io_read, "the size of exhibit " + exhibit.info.label + " cannot be found"};
  entry_.size = *size;
  if (!exhibit.is_device) entry_.modified_ns = nanoseconds(status.st_mtim);
  if (auto taken = take_entry(); !taken || exhibit.is_device || !starts_segments(path_)) return taken;
  return further_segments();
}

// Of a split image the first file is typed; the others are part of the exhibit.
Result<void> Walker::further_segments() {
  for (path_ = next_segment(path_); !path_.empty(); path_ = next_segment(path_)) {
    int error_number = 0;
    const Descriptor file = open_beneath(*root_, path_, O_RDONLY, error_number);
    struct stat status {};
    if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
    start_entry();
    entry_.size = static_cast<std::uint64_t>(status.st_size);
    entry_.modified_ns = nanoseconds(status.st_mtim);
    if (auto taken = take_entry(); !taken) return taken;
  }
  return {};
}

Result<void> Walker::folder_tree() {
  Folder top;
  int error_number = 0;
  top.fd = open_in(root_->folder.get(), ".", *root_, O_RDONLY | O_DIRECTORY, error_number);
  struct stat status {};
  if (!top.fd || ::fstat(top.fd.get(), &status) != 0) {
    return io_error("exhibit " + std::to_string(exhibit_ + 1) + " cannot be listed", top.fd ? errno : error_number);
  }
  top.device = status.st_dev;
  top.inode = status.st_ino;
  top.file_system = file_system_of(top.fd.get());
  error_number = top.names.read(top.fd.get());
  if (error_number != 0 && top.names.size() == 0) {
    return io_error("exhibit " + std::to_string(exhibit_ + 1) + " cannot be listed", error_number);
  }
  if (error_number != 0) {
    of_root_.push_back(listing_issue(Code::io_read, "the exhibit's own folder cannot be listed in full: " + error_text(error_number)));
  }
  push(std::move(top));
  while (!stack_.empty()) {
    if (stack_.back().next == stack_.back().names.size()) {
      stack_.pop_back();
    } else if (auto visited = visit_next(); !visited) {
      return visited;
    }
  }
  return {};
}

Result<void> Walker::visit_next() {
  Folder& folder = stack_.back();
  const std::size_t place = folder.next++;
  const std::string_view name = folder.names.name(place);
  path_.resize(folder.path_bytes);
  if (!path_.empty()) path_ += '/';
  path_ += name;
  start_entry();
  if (stack_.size() > 1) entry_.parent = folder.ordinal;
  struct stat status {};
  std::optional<Folder> below;
  if (!folder.fd && !reopen()) {
    entry_.kind = kind_by_hint(folder.names.type_hint(place));
    entry_.issues.push_back(listing_issue(Code::io_read, "its folder was moved or closed while it was listed", false));
  } else if (::fstatat(folder.fd.get(), name.data(), &status, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT) != 0) {
    const int error_number = errno;
    entry_.kind = kind_by_hint(folder.names.type_hint(place));
    entry_.issues.push_back(
        listing_issue(Code::io_read, "cannot be examined: " + error_text(error_number), error_number != ENOENT));
  } else {
    describe(entry_, status, folder, name.data());
    if (entry_.kind == ItemKind::directory) {
      auto entered = enter(folder, name.data());
      if (!entered) return entered.error();
      below = *std::move(entered);
    }
  }
  if (auto taken = take_entry(); !taken) return taken;
  if (below) push(*std::move(below));
  return {};
}

Result<std::optional<Folder>> Walker::enter(const Folder& parent, const char* name) {
  std::optional<Folder> nothing;
  if (path_.size() > kLongestPath_bytes) {
    entry_.issues.push_back(listing_issue(Code::limit, "not entered: its path is longer than " + std::to_string(kLongestPath_bytes) + " bytes"));
    return nothing;
  }
  int error_number = 0;
  Folder folder;
  folder.fd = open_in(parent.fd.get(), name, *root_, O_RDONLY | O_DIRECTORY, error_number);
  struct stat status {};
  if (!folder.fd || ::fstat(folder.fd.get(), &status) != 0) {
    entry_.issues.push_back(listing_issue(Code::io_read, "the folder cannot be opened: " + error_text(folder.fd ? errno : error_number)));
    return nothing;
  }
  folder.device = status.st_dev;
  folder.inode = status.st_ino;
  folder.file_system = folder.device == parent.device ? parent.file_system : file_system_of(folder.fd.get());
  if (folder.device == forbidden_.device && folder.inode == forbidden_.inode) {
    return Error{Code::unsupported, "the case folder lies inside the evidence: choose another place for it"};
  }
  if (auto reason = reason_not_to_enter(folder)) {
    entry_.issues.push_back(listing_issue(Code::unsupported, *std::move(reason)));
    return nothing;
  }
  error_number = folder.names.read(folder.fd.get());
  if (error_number != 0) {
    entry_.issues.push_back(listing_issue(Code::io_read, "the folder cannot be listed in full: " + error_text(error_number)));
  }
  folder.ordinal = entry_.ordinal;
  folder.path_bytes = path_.size();
  return std::optional<Folder>(std::move(folder));
}

std::optional<std::string> Walker::reason_not_to_enter(const Folder& folder) const {
  if (folder.file_system.is_pseudo) return "pseudo file system not entered";
  for (const Folder& above : stack_) {
    if (above.device == folder.device && above.inode == folder.inode) return "loop not entered: the folder contains itself";
  }
  return std::nullopt;
}

void Walker::push(Folder folder) {
  stack_.push_back(std::move(folder));
  if (stack_.size() > kOpenFolders) stack_[stack_.size() - 1 - kOpenFolders].fd.reset();
}

// Opens the top folder and those above it again, as many as may be open, so that climbing out of a deep
// tree costs one descent for each kOpenFolders levels.
bool Walker::reopen() {
  if (stack_.back().lost) return false;
  const std::size_t first = stack_.size() > kOpenFolders ? stack_.size() - kOpenFolders : 0;
  int from = -1, error_number = 0;
  for (std::size_t level = first; level < stack_.size(); ++level) {
    Folder& folder = stack_[level];
    const std::string_view path = std::string_view(path_).substr(0, folder.path_bytes);
    if (level == 0) {
      folder.fd = open_in(root_->folder.get(), ".", *root_, O_PATH | O_DIRECTORY, error_number);
    } else if (level == first) {
      folder.fd = open_beneath(*root_, path, O_PATH | O_DIRECTORY, error_number);
    } else {
      const std::string name(path.substr(path.rfind('/') + 1));
      folder.fd = open_in(from, name.c_str(), *root_, O_PATH | O_DIRECTORY, error_number);
    }
    struct stat status {};
    const bool same = folder.fd && ::fstat(folder.fd.get(), &status) == 0 && status.st_dev == folder.device &&
                      status.st_ino == folder.inode;
    if (!same) {
      folder.fd.reset();
      stack_.back().lost = true;
      return false;
    }
    from = folder.fd.get();
  }
  return true;
}

}  // namespace

Result<void> walk(const std::vector<Exhibit>& exhibits, ForbiddenFolder forbidden, const TakeEntry& take) {
  Walker walker(forbidden, take);
  for (std::size_t i = 0; i < exhibits.size(); ++i) {
    if (auto walked = walker.exhibit(exhibits[i], static_cast<std::uint32_t>(i)); !walked) return walked;
  }
  return {};
}

}  // namespace evtriage::evidence
