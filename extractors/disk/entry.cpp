// What a name of the tree becomes.  A deleted name whose inode serves another file by now gets no bytes: they would be
// somebody else's.
// Tested by tests/extractors/disk/file_system_test.cpp.
#include "extractors/disk/entry.h"

#include <limits>
#include <string_view>

#include "pipeline/core/text.h"

namespace evtriage::disk {
namespace {

std::optional<std::int64_t> time_of(time_t seconds, std::uint32_t nano) {
  constexpr std::int64_t billion = 1'000'000'000, most = std::numeric_limits<std::int64_t>::max() / billion - 1;
  if ((seconds == 0 && nano == 0) || seconds > most || seconds < -most || nano >= billion) return std::nullopt;
  return static_cast<std::int64_t>(seconds) * billion + nano;
}

bool is_deleted(const Found& found) { return (found.file.name->flags & TSK_FS_NAME_FLAG_UNALLOC) != 0 || found.is_orphan; }

bool serves_another(const Found& found) {
  return !found.is_orphan && is_deleted(found) && found.file.meta != nullptr && (found.file.meta->flags & TSK_FS_META_FLAG_UNALLOC) == 0;
}

std::string_view special_word(TSK_FS_META_TYPE_ENUM type) {
  switch (type) {
    case TSK_FS_META_TYPE_FIFO: return "fifo";
    case TSK_FS_META_TYPE_CHR: return "character device";
    case TSK_FS_META_TYPE_BLK: return "block device";
    case TSK_FS_META_TYPE_SOCK: return "socket";
    case TSK_FS_META_TYPE_SHAD: return "shadow inode";
    case TSK_FS_META_TYPE_WHT: return "whiteout";
    default: return {};
  }
}

bool is_folder(const TSK_FS_FILE& file) {
  return file.meta != nullptr ? TSK_FS_IS_DIR_META(file.meta->type) : TSK_FS_IS_DIR_NAME(file.name->type);
}

Child child_of(const Found& found) {
  const TSK_FS_FILE& file = found.file;
  Child child;
  child.step = {StepKind::file, file.name->meta_addr, std::nullopt, found.path};
  child.kind = found.is_orphan ? ItemKind::orphan : is_deleted(found) ? ItemKind::deleted : ItemKind::file;
  child.deleted = is_deleted(found);
  if (is_folder(file)) {
    child.kind = ItemKind::directory;
    child.media_type = "inode/directory";
  }
  if (file.meta == nullptr || serves_another(found)) return child;
  const TSK_FS_META& meta = *file.meta;
  child.modified_ns = time_of(meta.mtime, meta.mtime_nano);
  child.accessed_ns = time_of(meta.atime, meta.atime_nano);
  child.changed_ns = time_of(meta.ctime, meta.ctime_nano);
  child.created_ns = time_of(meta.crtime, meta.crtime_nano);
  if (meta.type == TSK_FS_META_TYPE_LNK) {
    child.kind = ItemKind::symlink;
    child.media_type = "inode/symlink";
    child.properties.push_back({"target", meta.link != nullptr ? printable(meta.link) : std::string()});
  }
  if (const std::string_view word = special_word(meta.type); !word.empty()) {
    child.kind = ItemKind::special;
    child.properties.push_back({"special", std::string(word)});
  }
  return child;
}

bool has_own_bytes(const Child& child) {
  return child.kind == ItemKind::file || child.kind == ItemKind::deleted || child.kind == ItemKind::orphan;
}

// Which stream is the file itself, and what the others are called.
bool is_main(const TSK_FS_ATTR& stream) {
  if (stream.type == TSK_FS_ATTR_TYPE_DEFAULT || stream.type == TSK_FS_ATTR_TYPE_HFS_DATA) return true;
  return stream.type == TSK_FS_ATTR_TYPE_NTFS_DATA && (stream.name == nullptr || std::string_view(stream.name) == "$Data");
}
bool is_further(const TSK_FS_ATTR& stream) {
  return stream.type == TSK_FS_ATTR_TYPE_NTFS_DATA || stream.type == TSK_FS_ATTR_TYPE_HFS_RSRC || stream.type == TSK_FS_ATTR_TYPE_HFS_EXT_ATTR;
}
std::string stream_name(const TSK_FS_ATTR& stream) {
  if (stream.name != nullptr && stream.name[0] != '\0') return stream.name;
  return stream.type == TSK_FS_ATTR_TYPE_HFS_RSRC ? "rsrc" : std::to_string(stream.id);
}

void doubt(Piece& piece, const Space* space) {
  if (space == nullptr || !piece.child.deleted) return;
  std::uint64_t in_use = 0, contested = 0;
  for (const ByteRange& range : piece.used) {
    if (space->is_known && !space->free.covers(range)) ++in_use;
    if (space->contested.touches(range)) ++contested;
  }
  const auto say = [&](std::uint64_t count, std::string_view why) {
    if (count == 0) return;
    piece.child.issues.push_back({Code::corrupt, "", "recovered, but doubtful: " + std::to_string(count) + " of " + std::to_string(piece.used.size()) +
                                                         " places on the disk " + std::string(why), std::nullopt, true});
  };
  say(in_use, "are in use by other files now, and may hold their bytes");
  say(contested, "are claimed by another deleted file too");
}

void fill(Piece& piece, StreamBytes bytes, const Space* space) {
  if (bytes.is_hole && bytes.size > 0 && piece.child.step.kind == StepKind::stream) {  // $BadClus: as large as the volume
    piece.child.kind = ItemKind::special;
    piece.child.properties.push_back({"special", "nothing but a hole of " + std::to_string(bytes.size) + " bytes"});
    return;
  }
  piece.content = std::move(bytes.content);
  piece.used = std::move(bytes.used);
  piece.child.encrypted = bytes.encrypted;
  if (bytes.encrypted) bytes.issues.push_back({Code::encrypted, "", "encrypted by the file system (EFS)", std::nullopt, true});
  for (Issue& issue : bytes.issues) piece.child.issues.push_back(std::move(issue));
  doubt(piece, space);
}

std::string why_nothing(const Found& found) {
  if (serves_another(found)) return "only the name is left: its inode serves another file now";
  if (found.file.meta == nullptr) return "only the name is left";
  return "the file system does not say where its bytes lie";
}

}  // namespace

std::vector<Piece> pieces_of(const Found& found, const Content& volume, const Space* space) {
  std::vector<Piece> out(1);
  out[0].child = child_of(found);
  if (found.is_entered_before) {
    out[0].child.issues.push_back({Code::corrupt, "", "its entries stand elsewhere: another name leads to the same folder", std::nullopt, true});
  }
  bool has_main = false;
  if (found.file.meta != nullptr && !serves_another(found)) {
    const std::shared_ptr<TSK_FS_FILE> file(tsk_fs_file_open_meta(found.file.fs_info, nullptr, found.file.meta->addr), CloseTsk());
    const int count = file ? tsk_fs_file_attr_getsize(file.get()) : 0;
    for (int i = 0; i < count; ++i) {
      const TSK_FS_ATTR* const stream = tsk_fs_file_attr_get_idx(file.get(), i);
      if (stream == nullptr) continue;
      if (is_main(*stream) && has_own_bytes(out[0].child) && !has_main) {
        has_main = true;
        fill(out[0], bytes_of(file, *stream, volume), space);
      } else if (is_further(*stream) && (has_main || !is_main(*stream))) {
        Piece further;
        further.child = child_of(found);
        further.child.step = {StepKind::stream, found.file.meta->addr, std::nullopt, found.path + ':' + stream_name(*stream)};
        further.child.kind = found.is_orphan ? ItemKind::orphan : is_deleted(found) ? ItemKind::deleted : ItemKind::file;
        further.child.media_type.clear();
        fill(further, bytes_of(file, *stream, volume), space);
        out.push_back(std::move(further));
      }
    }
    if (!file || found.file.meta->attr_state == TSK_FS_META_ATTR_ERROR) tsk_error_reset();
    const bool is_empty = file && file->meta != nullptr && file->meta->size == 0 && file->meta->attr_state != TSK_FS_META_ATTR_ERROR;
    if (!has_main && has_own_bytes(out[0].child) && is_empty) {
      out[0].content = resident(std::string());
      has_main = true;
    }
  }
  if (!has_main && has_own_bytes(out[0].child)) {
    out[0].child.issues.push_back({Code::corrupt, "", why_nothing(found), std::nullopt, true});
  }
  return out;
}

}  // namespace evtriage::disk
