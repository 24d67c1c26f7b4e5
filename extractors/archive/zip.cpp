// A zip from end to end: its directory, the agreement of the two headers of each member, the members, the comments.
// Tested by tests/extractors/archive/zip_test.cpp, zip_broken_test.cpp and zip_encrypted_test.cpp.
#include <algorithm>
#include <utility>

#include "extractors/archive/names.h"
#include "extractors/archive/walk.h"
#include "extractors/archive/zip_member.h"
#include "extractors/encoding.h"

namespace evtriage::archives {
namespace {

constexpr std::size_t comment_page = 64 << 10;     // of comments of members in one text
constexpr std::uint64_t most_link_bytes = 64 << 10;
constexpr std::uint64_t shortest_member = 30;      // APPNOTE 4.3.7: a header without name and data

std::string to_text(std::string_view bytes) {
  if (is_valid_utf8(bytes)) return std::string(bytes);
  const auto encoding = detect_encoding(bytes, {{}, true, false});
  return encoding ? decode(bytes, *encoding, 0).utf8 : printable(bytes);
}

// What the member's own header says otherwise than the directory; empty if they agree.
std::string disagreement(const ZipEntry& told, const ZipEntry& own) {
  std::string out;
  const auto add = [&](std::string_view what, const std::string& here, const std::string& there) {
    out += (out.empty() ? "" : "; ") + std::string(what) + " " + here + " in its own header, " + there + " in the directory";
  };
  if (own.name != told.name) add("name", "\"" + printable(own.name.substr(0, 200)) + "\"", "\"" + printable(told.name.substr(0, 200)) + "\"");
  if (own.method != told.method) add("method", std::to_string(own.method), std::to_string(told.method));
  if (own.is_encrypted() != told.is_encrypted()) add("encrypted", own.is_encrypted() ? "yes" : "no", told.is_encrypted() ? "yes" : "no");
  if ((own.flags & 8) != 0) return out;  // its sizes stand after the data
  const auto differ = [](std::uint64_t a, std::uint64_t b) { return a != b && a != 0 && a != 0xffffffff; };
  if (differ(own.packed, told.packed)) add("packed size", std::to_string(own.packed), std::to_string(told.packed));
  if (differ(own.size, told.size)) add("size", std::to_string(own.size), std::to_string(told.size));
  if (differ(own.crc, told.crc)) add("checksum", std::to_string(own.crc), std::to_string(told.crc));
  return out;
}

class ZipWalk {
 public:
  ZipWalk(const Content& content, const ExtractOptions& options, Emit& emit)
      : content_(content), emit_(emit), window_(content), members_(emit, content.size()), unpack_(content, options, emit) {}

  bool run() {
    if (!find_directory()) return false;
    emit_.property("archive.format", "ZIP");
    if (directory_.prefix > 0) emit_.property("archive.prefix-bytes", std::to_string(directory_.prefix));
    comment(directory_.comment, "comment of the archive");
    for (const ZipEntry& entry : directory_.entries) {
      if (emit_.stop_requested() || members_.full()) break;
      member(entry);
    }
    if (!scanned_ && !directory_.limited) unlisted();
    flush_comments();
    members_.finish();
    names_.finish(emit_, content_.size());
    return true;
  }

 private:
  bool find_directory() {
    std::optional<ZipDirectory> found = read_zip_directory(window_);
    if (found && found->whole) {
      directory_ = std::move(*found);
    } else {
      directory_ = scan_zip_members(window_, {0, content_.size()});
      if (directory_.entries.empty() && !found) return false;
      members_.trouble(found ? Code::corrupt : Code::truncated,
                       (found ? "the directory of the zip is broken" : "the zip has no directory") + std::string("; ") +
                           std::to_string(directory_.entries.size()) + " members were found by their own headers", {});
      scanned_ = true;
    }
    if (directory_.limited) {
      members_.trouble(Code::limit, "zip_directory=" + std::to_string(most_directory_bytes) + " bytes, members=" + std::to_string(most_members) +
                                        ": the rest of the directory was not read", {});
    }
    return true;
  }

  // Members that no line of the directory leads to: deleted in place, hidden, or of another zip in front of this one.
  void unlisted() {
    if (directory_.range.size() > 0) listed_.push_back(directory_.range);
    listed_.push_back({content_.size(), content_.size()});
    std::sort(listed_.begin(), listed_.end(), [](ByteRange a, ByteRange b) { return a.begin < b.begin; });
    std::uint64_t found = 0, first = 0, at = 0;
    scanned_ = true;
    for (const ByteRange taken : std::exchange(listed_, {})) {
      if (taken.begin >= at + shortest_member) {
        for (const ZipEntry& entry : scan_zip_members(window_, {at, taken.begin}).entries) {
          if (emit_.stop_requested() || members_.full()) return;
          if (found++ == 0) first = entry.header;
          member(entry, true);
        }
      }
      at = std::max(at, taken.end);
    }
    if (found == 0) return;
    members_.trouble(Code::corrupt, "the directory of the zip leaves out " + std::to_string(found) + " members that stand in it: deleted, hidden, or of another zip in front",
                     ByteRange{first, first + shortest_member});
  }

  void member(const ZipEntry& entry, bool unlisted = false) {
    Child child = members_.begin(entry.name);
    child.deleted = unlisted;
    names_.add(child.step.number, entry.name, entry.is_utf8() ? std::string() : entry.unicode_name);
    if (entry.host == 0 || entry.host == 10) names_.made_on_dos();
    comment_of(child.step.number, entry);
    const std::optional<ZipLocal> local = read_zip_local(window_, entry.header);
    times(entry, local, child);
    if (!local) {
      members_.trouble(Code::corrupt, label(child.step.number, entry.name) + ": its own header is not where the directory says", entry.record);
      return members_.whole(std::move(child), nullptr);
    }
    if (!scanned_) {
      listed_.push_back({entry.header, local->data + std::min(entry.packed, content_.size() - std::min(local->data, content_.size()))});
      const std::string odd = disagreement(entry, local->entry);
      if (!odd.empty()) members_.disagreement(label(child.step.number, entry.name) + ": " + odd);
    }
    if (is_directory(entry)) return members_.special(std::move(child), Special::directory, {});
    content(entry, local->data, std::move(child));
  }

  // A "directory" that holds bytes is read as a file: hidden things are the point.
  static bool is_directory(const ZipEntry& entry) {
    const bool empty = entry.size == 0 && (entry.packed == 0 || (entry.method == 8 && entry.packed == 2));
    if (!empty) return false;
    const bool dos = (entry.host == 0 || entry.host == 10) && (entry.external & 0x10) != 0;
    return entry.name.ends_with('/') || dos || (entry.unix_mode() & 0170000) == 0040000;
  }

  void times(const ZipEntry& entry, const std::optional<ZipLocal>& local, Child& child) {
    const auto best = [&](std::optional<std::int64_t> ZipEntry::*time) {
      return entry.*time ? entry.*time : local ? local->entry.*time : std::nullopt;
    };
    child.modified_ns = best(&ZipEntry::modified_ns);
    child.accessed_ns = best(&ZipEntry::accessed_ns);
    child.created_ns = best(&ZipEntry::created_ns);
    if (child.modified_ns) return;
    child.modified_ns = dos_time_ns(entry.dos_time);
    if (child.modified_ns) members_.local_time();
  }

  void content(const ZipEntry& entry, std::uint64_t data, Child child) {
    Unpacked bytes = unpack_.unpack(entry, data);
    if (bytes.locked) return members_.locked(std::move(child));
    if (bytes.spent) return members_.spent(std::move(child), bytes.bytes);
    if (!bytes.trouble.empty()) {
      members_.trouble(bytes.code, label(child.step.number, entry.name) + ": " + bytes.trouble + "; " + std::to_string(bytes.bytes) + " bytes of it were unpacked",
                       ByteRange{data, data + std::min(entry.packed, content_.size())});
    }
    const bool is_encrypted = entry.is_encrypted() && !bytes.false_flag;
    if (is_encrypted && bytes.content) members_.opened_encrypted();
    if (bytes.false_flag) members_.false_flag(child);
    if (bytes.content && (entry.unix_mode() & 0170000) == 0120000 && bytes.bytes <= most_link_bytes) {
      const Result<Blob> target = bytes.content->read({0, bytes.content->size()});
      return members_.special(std::move(child), Special::symlink, target ? target->chars() : std::string_view());
    }
    child.extent = bytes.extent;
    child.encrypted = is_encrypted;
    members_.whole(std::move(child), std::move(bytes.content));
  }

  void comment(ByteRange range, std::string place) {
    if (range.size() == 0) return;
    const Result<Blob> bytes = content_.read(range);
    if (!bytes) return;
    std::string text = to_text(bytes->chars());
    OffsetMap map = text == bytes->chars() ? OffsetMap::identity(text.size(), range.begin) : OffsetMap();
    if (map.text_size() == 0) map.append(text.size(), range, 0, 0);
    TextSegment segment = TextSegment::of(Blob::own(std::move(text)), std::move(map), "comment");
    segment.place = std::move(place);
    emit_.text(std::move(segment));
  }

  void comment_of(std::uint64_t number, const ZipEntry& entry) {
    if (entry.comment.size() == 0) return;
    const std::string line = "member " + std::to_string(number) + ": " + to_text(window_.at(entry.comment.begin, entry.comment.size())) + "\n";
    comments_ += line;
    comments_map_.append(line.size(), entry.comment, 0, 0);
    if (comments_.size() >= comment_page) flush_comments();
  }

  void flush_comments() {
    if (comments_.empty()) return;
    TextSegment segment = TextSegment::of(Blob::own(std::exchange(comments_, {})), std::exchange(comments_map_, {}), "comment");
    segment.place = "comments of members";
    emit_.text(std::move(segment));
  }

  const Content& content_;
  Emit& emit_;
  Window window_;
  Members members_;
  ZipMembers unpack_;
  Names names_;
  ZipDirectory directory_;
  std::string comments_;
  OffsetMap comments_map_;
  std::vector<ByteRange> listed_;  // headers and data of the directory's members
  bool scanned_ = false;
};

}  // namespace

bool walk_zip(const Content& content, const ExtractOptions& options, Emit& emit) { return ZipWalk(content, options, emit).run(); }

}  // namespace evtriage::archives
