// Depth first, in the order in which the library lists a folder.
// Tested by tests/extractors/disk/file_system_test.cpp.
#include "extractors/disk/tree.h"

#include <string_view>
#include <unordered_set>
#include <vector>

#include "pipeline/core/text.h"

namespace evtriage::disk {
namespace {

constexpr std::size_t depth_most = 1024;

struct Level {
  TskHandle<TSK_FS_DIR> folder;
  std::size_t next = 0, path_bytes = 0;
  bool of_orphans = false;
};

class Walk {
 public:
  Walk(TSK_FS_INFO& system, const std::function<bool(const Found&)>& visit, const std::function<void(Issue)>& tell)
      : system_(system), visit_(visit), tell_(tell) {}

  void run() {
    enter(system_.root_inum, false);
    while (!stack_.empty()) {
      Level& level = stack_.back();
      if (level.next == tsk_fs_dir_getsize(level.folder.get())) {
        stack_.pop_back();
      } else if (!step(level)) {
        return;
      }
    }
  }

 private:
  bool step(Level& level) {
    const bool of_orphans = level.of_orphans;
    const TskHandle<TSK_FS_FILE> file(tsk_fs_dir_get(level.folder.get(), level.next++));
    path_.resize(level.path_bytes);
    if (!file || file->name == nullptr || file->name->name == nullptr) {
      tell_({Code::corrupt, "", "an entry of folder \"" + printable(path_) + "\" cannot be read: " + tsk_failure(), std::nullopt, true});
      return true;
    }
    const std::string_view name = file->name->name;
    if (name.empty() || name == "." || name == "..") return true;
    if (!path_.empty()) path_ += '/';
    path_ += name;
    const bool is_folder = can_be_entered(*file);
    const bool again = is_folder && seen_.contains(file->meta->addr);
    if (!visit_({*file, path_, of_orphans, again})) return false;
    if (is_folder && !again) enter(file->meta->addr, of_orphans || file->name->type == TSK_FS_NAME_TYPE_VIRT_DIR);
    return true;
  }

  // A deleted name is followed only to an inode that is deleted too: else it is another folder's by now.
  static bool can_be_entered(const TSK_FS_FILE& file) {
    if (file.meta == nullptr || !TSK_FS_IS_DIR_META(file.meta->type)) return false;
    return (file.name->flags & TSK_FS_NAME_FLAG_ALLOC) != 0 || (file.meta->flags & TSK_FS_META_FLAG_UNALLOC) != 0;
  }

  void enter(TSK_INUM_T inode, bool of_orphans) {
    seen_.insert(inode);
    const std::string where = path_.empty() ? "the root folder" : "folder \"" + printable(path_) + "\"";
    if (stack_.size() >= depth_most) {
      tell_({Code::limit, "", "folder_depth=" + std::to_string(depth_most) + ": " + where + " was not entered", std::nullopt, true});
      return;
    }
    Level level{TskHandle<TSK_FS_DIR>(tsk_fs_dir_open_meta(&system_, inode)), 0, path_.size(), of_orphans};
    if (level.folder) {
      stack_.push_back(std::move(level));
    } else {
      tell_({Code::corrupt, "", where + " cannot be listed: " + tsk_failure(), std::nullopt, true});
    }
  }

  TSK_FS_INFO& system_;
  const std::function<bool(const Found&)>& visit_;
  const std::function<void(Issue)>& tell_;
  std::vector<Level> stack_;
  std::unordered_set<TSK_INUM_T> seen_;
  std::string path_;
};

}  // namespace

void walk_tree(TSK_FS_INFO& system, const std::function<bool(const Found&)>& visit, const std::function<void(Issue)>& tell) {
  Walk(system, visit, tell).run();
}

}  // namespace evtriage::disk
