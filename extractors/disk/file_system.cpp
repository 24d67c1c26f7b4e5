// A file system, start to end: what it is, where it is free, what deleted files claim, then every name, then free space.
// Exceptions of the standard library pass through; the library is C and throws nothing.
// Tested by tests/extractors/disk/file_system_test.cpp.
#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <unordered_set>

#include "extractors/disk/disk.h"
#include "extractors/disk/entry.h"
#include "extractors/disk/free_space.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace disk {
namespace {

constexpr std::string_view volume_prefix = "application/x-volume-";

struct Unread {
  std::string_view word, name;
  bool encrypted;
};
constexpr Unread unread[] = {
    {"xfs", "XFS", false},           {"btrfs", "btrfs", false},        {"f2fs", "F2FS", false},       {"apfs", "APFS", false},
    {"refs", "ReFS", false},         {"lvm", "an LVM physical volume", false}, {"swap", "swap space", false},
    {"bitlocker", "BitLocker", true}, {"luks", "LUKS", true},           {"filevault", "Core Storage (FileVault 2)", true},
};

// Never "detect": the library would try formats that look for files beside the image.
struct Readable {
  std::string_view word;
  TSK_FS_TYPE_ENUM type;
};
constexpr Readable readable[] = {
    {"ntfs", TSK_FS_TYPE_NTFS}, {"fat", TSK_FS_TYPE_FAT_DETECT}, {"exfat", TSK_FS_TYPE_EXFAT},
    {"ext", TSK_FS_TYPE_EXT_DETECT}, {"hfsplus", TSK_FS_TYPE_HFS}, {"ufs", TSK_FS_TYPE_FFS_DETECT},
};

class FileSystemRun {
 public:
  FileSystemRun(const Content& content, Emit& emit) : content_(content), emit_(emit), image_(content) {}

  void run(TSK_FS_TYPE_ENUM type) {
    system_.reset(tsk_fs_open_img(image_.get(), 0, type));
    if (!system_) return tell({Code::corrupt, "", "the file system cannot be opened: " + tsk_failure(), std::nullopt, true});
    describe();
    space_.is_known = find_free(*system_, content_.size(), space_.free, emit_);
    find_claims();
    const auto tell_it = [this](Issue issue) { tell(std::move(issue)); };
    walk_tree(*system_, [this](const Found& found) { return visit(found); }, tell_it);
    recovered_.settle();
    if (!emit_.stop_requested()) emit_free_space(content_, space_.free.without(recovered_), emit_);
    if (image_.lost_bytes() > 0) {
      tell({Code::io_read, "", "parts of the volume could not be read while its files were looked for (" + std::to_string(image_.lost_bytes()) +
                                   " bytes, read as zeros)", std::nullopt, true});
    }
    if (troubles_ > troubles_told) {
      emit_.issue({Code::corrupt, "", "in all " + std::to_string(troubles_) + " folders or entries could not be read", std::nullopt, true});
    }
  }

 private:
  static constexpr std::uint64_t troubles_told = 100;
  static constexpr std::size_t claims_most = 1u << 22;

  void tell(Issue issue) {
    if (++troubles_ <= troubles_told) emit_.issue(std::move(issue));
  }

  void describe() {
    const TSK_FS_TYPE_ENUM type = system_->ftype;
    emit_.property("disk:file-system", tsk_fs_type_toname(type));
    emit_.property("disk:block-bytes", std::to_string(system_->block_size));
    if (TSK_FS_TYPE_ISFAT(type)) {
      emit_.property("disk:times", "local times of the machine that wrote them, shown as if they were UTC; of the last access only the day");
    }
    const std::uint64_t claimed = static_cast<std::uint64_t>(system_->block_count) * system_->block_size;
    if (claimed > content_.size()) {
      tell({Code::truncated, "", "the file system is " + std::to_string(claimed) + " bytes long, of which " + std::to_string(content_.size()) + " are here",
            std::nullopt, true});
    }
  }

  // Which places are claimed by more than one deleted file: none of them can be called sound.
  void find_claims() {
    RangeSet claims;
    std::size_t count = 0;
    std::unordered_set<TSK_INUM_T> seen;
    const auto visit = [&](const Found& found) {
      const bool is_gone = (found.file.name->flags & TSK_FS_NAME_FLAG_UNALLOC) != 0 || found.is_orphan;
      if (is_gone && seen.insert(found.file.name->meta_addr).second) {
        for (const Piece& piece : pieces_of(found, content_, nullptr)) {
          for (const ByteRange& range : piece.used) claims.add(range);
          count += piece.used.size();
        }
      }
      return count < claims_most && !emit_.stop_requested();
    };
    walk_tree(*system_, visit, [](Issue) {});
    space_.contested = claims.doubled();
  }

  // NTFS keeps MFT entries 16 to 23 for itself; the library makes orphans of them.
  bool is_reserved(const Found& found) const {
    const TSK_INUM_T inode = found.file.name->meta_addr;
    return TSK_FS_TYPE_ISNTFS(system_->ftype) && found.is_orphan && inode >= 16 && inode <= 23 &&
           (found.file.meta == nullptr || found.file.meta->size == 0);
  }

  bool visit(const Found& found) {
    if (is_reserved(found)) return true;
    if (found.file.meta != nullptr && found.file.meta->type == TSK_FS_META_TYPE_VIRT) return true;  // areas that the library made files of
    for (Piece& piece : pieces_of(found, content_, &space_)) {
      if (emit_.stop_requested()) return false;
      if (piece.child.deleted && piece.child.issues.empty()) {
        for (const ByteRange& range : piece.used) recovered_.add(range);
      }
      emit_.child(std::move(piece.child), std::move(piece.content));
    }
    return true;
  }

  const Content& content_;
  Emit& emit_;
  TskImage image_;
  TskHandle<TSK_FS_INFO> system_;
  Space space_;
  RangeSet recovered_;  // read as deleted files already: not read again as free space
  std::uint64_t troubles_ = 0;
};

}  // namespace
}  // namespace disk

void prepare_disks() {
  ::setenv("TZ", "UTC0", 1);
  ::tzset();
}

void extract_file_system(const Content& content, const Identity& identity, const ExtractOptions&, Emit& emit) {
  const std::string_view word = identity.media_type.substr(std::min(identity.media_type.size(), disk::volume_prefix.size()));
  for (const disk::Unread& known : disk::unread) {
    if (word != known.word) continue;
    emit.property("disk:file-system", std::string(known.name));
    if (known.encrypted) emit.encrypted();
    emit.issue({known.encrypted ? Code::encrypted : Code::unsupported, "",
                std::string(known.name) + (known.encrypted ? ": encrypted, and not opened" : ": recognised, but its files are not read"), std::nullopt, true});
    return;
  }
  for (const disk::Readable& known : disk::readable) {
    if (word == known.word) return disk::FileSystemRun(content, emit).run(known.type);
  }
}

}  // namespace evtriage
