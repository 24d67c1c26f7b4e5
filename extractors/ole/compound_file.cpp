// MS-CFB: header, DIFAT, FAT, directory, mini FAT; then every stream's chain as byte ranges.
// Tested by tests/extractors/ole/compound_file_test.cpp.
#include "extractors/ole/compound_file.h"

#include <algorithm>

#include "pipeline/core/byte_reader.h"
#include "pipeline/core/text.h"

namespace evtriage::ole {
namespace {

constexpr std::string_view signature = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
constexpr std::uint64_t most_sectors = std::uint64_t{1} << 26;
constexpr std::size_t most_entries = 1u << 18;
constexpr std::size_t most_issues = 200;
constexpr std::uint32_t no_entry = 0xffffffff;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
std::string lowered(std::string_view name) {
  std::string out(name);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

struct DirectoryEntry {
  std::string name, class_id;
  std::uint8_t type = 0;  // 0 free, 1 storage, 2 stream, 5 root
  std::uint32_t left = no_entry, right = no_entry, child = no_entry, start = 0;
  std::uint64_t size = 0, created = 0, modified = 0;
};

std::string utf16_name(std::string_view bytes) {
  std::string out;
  ByteReader in(bytes);
  while (in.left() >= 2) {
    char32_t unit = in.u16le();
    if (unit == 0) break;
    if (unit >= 0xd800 && unit < 0xe000) unit = 0xfffd;
    append_utf8(out, unit);
  }
  return out;
}

DirectoryEntry parse_entry(std::string_view bytes, bool wide_size) {
  ByteReader in(bytes);
  DirectoryEntry entry;
  const std::string_view name = in.chars(64);
  const std::size_t length = in.u16le();
  entry.name = utf16_name(name.substr(0, length >= 2 && length <= 64 ? length - 2 : 64));
  entry.type = in.u8();
  in.skip(1);
  entry.left = in.u32le();
  entry.right = in.u32le();
  entry.child = in.u32le();
  entry.class_id = std::string(in.chars(16));
  in.skip(4);
  entry.created = in.u64le();
  entry.modified = in.u64le();
  entry.start = in.u32le();
  entry.size = in.u64le();
  if (!wide_size) entry.size &= 0xffffffff;
  return entry;
}

// A chain's sectors are claimed as they are followed: nobody walks them twice.
struct Chains {
  std::vector<std::uint32_t> next;
  std::vector<bool> claimed;
};

}  // namespace

class CompoundFileOpener {
 public:
  CompoundFileOpener(const Content& content, std::vector<Issue>& issues) : content_(content), issues_(issues) {}

  Result<CompoundFile> run() {
    if (const auto header = read_header(); !header) return header.error();
    read_fat();
    read_directory();
    if (directory_.empty() || std::none_of(directory_.begin(), directory_.end(), [](const auto& e) { return e.type != 0; })) {
      return Error{Code::corrupt, "the compound file has no directory that can be read"};
    }
    read_mini();
    file_.content_ = &content_;
    walk();
    return std::move(file_);
  }

 private:
  void tell(Code code, std::string detail, std::optional<ByteRange> where = {}) {
    if (issues_.size() < most_issues) issues_.push_back({code, "ole", std::move(detail), where, true});
  }

  Result<void> read_header() {
    const auto head = content_.read({0, std::min<std::uint64_t>(content_.size(), 512)});
    if (!head) return head.error();
    if (!head->chars().starts_with(signature)) return Error{Code::corrupt, "no compound file begins here"};
    if (head->size() < 512) return Error{Code::truncated, "the header of the compound file is cut"};
    ByteReader in(head->view());
    in.skip(26);
    const unsigned major = in.u16le();
    in.skip(2);
    shift_ = in.u16le();
    in.skip(2 + 6 + 4);
    in.skip(4);  // number of FAT sectors: the DIFAT says it too
    directory_start_ = in.u32le();
    in.skip(4 + 4);
    mini_fat_start_ = in.u32le();
    in.skip(4);
    difat_start_ = in.u32le();
    in.skip(4);
    for (int i = 0; i < 109; ++i) difat_.push_back(in.u32le());
    if (shift_ != 9 && shift_ != 12) return Error{Code::corrupt, "the header declares an impossible sector size"};
    wide_size_ = major >= 4;
    const std::uint64_t sector = sector_bytes();
    const std::uint64_t body = content_.size() > sector ? content_.size() - sector : 0;
    sectors_ = std::min((body + sector - 1) / sector, most_sectors);
    if ((body + sector - 1) / sector > most_sectors) {
      tell(Code::limit, "sectors=67108864: the rest of the file was not read", ByteRange{(most_sectors + 1) << shift_, content_.size()});
    }
    return {};
  }

  std::uint64_t sector_bytes() const { return std::uint64_t{1} << shift_; }
  ByteRange sector_range(std::uint64_t sector) const {
    const std::uint64_t begin = (sector + 1) << shift_;
    return {std::min(begin, content_.size()), std::min(begin + sector_bytes(), content_.size())};
  }

  // A sector padded with zeros to its size; unreadable ones are told.
  std::string read_sector(std::uint64_t sector) {
    const ByteRange range = sector_range(sector);
    const auto bytes = content_.read(range);
    std::string out;
    if (bytes) {
      out = std::string(bytes->chars());
    } else {
      tell(bytes.error().code, bytes.error().detail, range);
    }
    out.resize(static_cast<std::size_t>(sector_bytes()));
    return out;
  }

  bool claim(std::uint64_t sector, Chains& chains, std::string_view who) {
    if (!chains.claimed[static_cast<std::size_t>(sector)]) {
      chains.claimed[static_cast<std::size_t>(sector)] = true;
      return true;
    }
    tell(Code::corrupt, std::string(who) + " reaches a sector that belongs to a chain already (a loop or a cross link); it ends there",
         &chains == &fat_ ? std::optional<ByteRange>(sector_range(sector)) : std::nullopt);
    return false;
  }

  void read_fat() {
    const auto count = static_cast<std::size_t>(sectors_);
    fat_.next.assign(count, no_entry);
    fat_.claimed.assign(count, false);
    const std::size_t per_sector = static_cast<std::size_t>(sector_bytes() / 4);
    const std::size_t wanted = (count + per_sector - 1) / per_sector;
    for (std::uint32_t at = difat_start_; at < sectors_ && difat_.size() < wanted;) {
      if (!claim(at, fat_, "the DIFAT")) break;
      const std::string bytes = read_sector(at);
      ByteReader in(bytes);
      for (std::size_t i = 0; i + 1 < per_sector; ++i) difat_.push_back(in.u32le());
      at = in.u32le();
    }
    for (std::size_t i = 0; i < std::min(wanted, difat_.size()); ++i) {
      if (difat_[i] >= sectors_) continue;
      if (!claim(difat_[i], fat_, "the FAT")) continue;
      const std::string bytes = read_sector(difat_[i]);
      ByteReader in(bytes);
      for (std::size_t k = i * per_sector; k < std::min(count, (i + 1) * per_sector); ++k) fat_.next[k] = in.u32le();
    }
  }

  // The chain from `start`, at most `most` bytes; where the sectors lie.
  ByteRuns follow(std::uint32_t start, std::uint64_t most, std::string_view who) {
    ByteRuns runs;
    for (std::uint32_t at = start; at < sectors_ && runs.size() < most; at = fat_.next[at]) {
      if (!claim(at, fat_, who)) break;
      ByteRange range = sector_range(at);
      range.end = range.begin + std::min(range.size(), most - runs.size());
      runs.append(range);
    }
    return runs;
  }

  void read_directory() {
    const ByteRuns runs = follow(directory_start_, most_entries * 128, "the directory");
    const StreamContent stream(content_, runs);
    for (std::uint64_t at = 0; at < runs.size(); at += 1 << 16) {
      const auto bytes = stream.read({at, std::min<std::uint64_t>(at + (1 << 16), runs.size())});
      if (!bytes) tell(bytes.error().code, bytes.error().detail, runs.place(at, 1 << 16));
      const std::size_t size = bytes ? static_cast<std::size_t>(bytes->size()) : std::size_t{1} << 16;
      for (std::size_t i = 0; i + 128 <= size; i += 128) {
        directory_.push_back(bytes ? parse_entry(bytes->chars().substr(i, 128), wide_size_) : DirectoryEntry{});
      }
    }
    if (runs.size() == most_entries * 128) tell(Code::limit, "directory entries=262144: the rest was not read");
  }

  void read_mini() {
    const DirectoryEntry& root = directory_[0];
    mini_stream_ = follow(root.start, std::min(root.size, content_.size()), "the mini stream");
    const std::uint64_t count = (mini_stream_.size() + 63) / 64;
    const ByteRuns runs = follow(mini_fat_start_, count * 4, "the mini FAT");
    mini_.next.assign(static_cast<std::size_t>(count), no_entry);
    mini_.claimed.assign(static_cast<std::size_t>(count), false);
    const auto bytes = StreamContent(content_, runs).read({0, runs.size()});
    if (!bytes) return tell(bytes.error().code, bytes.error().detail, runs.place(0, runs.size()));
    ByteReader in(bytes->view());
    for (std::size_t i = 0; i < count && in.left() >= 4; ++i) mini_.next[i] = in.u32le();
  }

  ByteRuns follow_mini(std::uint32_t start, std::uint64_t most, std::string_view who) {
    ByteRuns runs;
    for (std::uint32_t at = start; at < mini_.next.size() && runs.size() < most; at = mini_.next[at]) {
      if (!claim(at, mini_, who)) break;
      const ByteRuns piece = mini_stream_.cut(std::uint64_t{at} * 64, std::min<std::uint64_t>(64, most - runs.size()));
      for (const ByteRange& range : piece.runs()) runs.append(range);
    }
    return runs;
  }

  void add(std::uint32_t id, EntryId parent, bool orphan) {
    const DirectoryEntry& from = directory_[id];
    Entry entry;
    entry.parent = parent;
    entry.name = from.name;
    entry.is_storage = from.type != 2;
    entry.is_orphan = orphan;
    entry.class_id = from.class_id;
    entry.created_ns = filetime_ns(from.created);
    entry.modified_ns = filetime_ns(from.modified);
    if (!entry.is_storage && from.size != 0) {
      entry.declared = from.size;
      const std::string who = "stream \"" + printable(from.name) + "\"";
      entry.bytes = from.size < 4096 ? follow_mini(from.start, from.size, who) : follow(from.start, from.size, who);
      if (entry.bytes.size() < from.size) {
        tell(Code::truncated, who + ": " + std::to_string(entry.bytes.size()) + " of " + std::to_string(from.size) + " bytes exist");
      }
    }
    const auto own = static_cast<EntryId>(file_.entries_.size());
    file_.entries_.push_back(std::move(entry));
    file_.children_.emplace_back();
    if (own != 0) {
      file_.children_[parent].push_back(own);
      file_.names_.emplace(std::pair{parent, lowered(from.name)}, own);
    }
    if (from.type != 2) storages_.push_back({from.child, own});
  }

  // The entries of one storage: its tree in order, with a stack of our own.
  void walk_storage(std::uint32_t top, EntryId storage, bool orphan) {
    std::vector<std::uint32_t> stack;
    std::uint32_t at = top;
    while (true) {
      while (at < directory_.size()) {
        if (seen_[at] || directory_[at].type == 0) {
          if (seen_[at]) tell(Code::corrupt, "the directory's tree meets an entry twice; the second way was not followed");
          break;
        }
        seen_[at] = true;
        stack.push_back(at);
        at = directory_[at].left;
      }
      if (stack.empty()) return;
      const std::uint32_t id = stack.back();
      stack.pop_back();
      add(id, storage, orphan);
      at = directory_[id].right;
    }
  }

  void walk() {
    seen_.assign(directory_.size(), false);
    seen_[0] = true;
    directory_[0].type = 5;
    add(0, 0, false);
    drain(false);
    for (std::uint32_t id = 1; id < directory_.size(); ++id) {
      if (seen_[id] || (directory_[id].type != 1 && directory_[id].type != 2)) continue;
      seen_[id] = true;
      add(id, 0, true);
      drain(true);
    }
  }
  void drain(bool orphan) {
    for (; walked_ < storages_.size(); ++walked_) walk_storage(storages_[walked_].first, storages_[walked_].second, orphan);
  }

  const Content& content_;
  std::vector<Issue>& issues_;
  CompoundFile file_;
  unsigned shift_ = 9;
  bool wide_size_ = false;
  std::uint64_t sectors_ = 0;
  std::uint32_t directory_start_ = 0, mini_fat_start_ = 0, difat_start_ = 0;
  std::vector<std::uint32_t> difat_;
  Chains fat_, mini_;
  std::vector<DirectoryEntry> directory_;
  std::vector<bool> seen_;
  ByteRuns mini_stream_;
  std::vector<std::pair<std::uint32_t, EntryId>> storages_;  // (top of its tree, the storage)
  std::size_t walked_ = 0;
};

Result<CompoundFile> CompoundFile::open(const Content& content, std::vector<Issue>& issues) {
  return CompoundFileOpener(content, issues).run();
}

std::optional<EntryId> CompoundFile::find(EntryId storage, std::string_view name) const {
  const auto found = names_.find({storage, lowered(name)});
  return found == names_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<EntryId> CompoundFile::children(EntryId storage) const { return children_[storage]; }

std::string CompoundFile::path(EntryId id) const {
  std::vector<EntryId> way;
  for (; id != 0 && way.size() < 64; id = entries_[id].parent) way.push_back(id);
  std::string out;
  for (auto step = way.rbegin(); step != way.rend(); ++step) out += (out.empty() ? "" : "/") + entries_[*step].name;
  return out;
}

StreamBytes CompoundFile::load(EntryId id, std::uint64_t most, std::vector<Issue>& issues) const {
  const ByteRuns& all = entries_[id].bytes;
  StreamBytes out;
  out.runs = all.cut(0, most);
  if (all.size() > most) {
    issues.push_back({Code::limit, "ole", "stream=" + std::to_string(most) + " bytes: the rest of \"" + printable(entries_[id].name) + "\" was not read",
                      all.place(most, all.size() - most), true});
  }
  if (out.runs.runs().size() == 1) {
    if (auto bytes = content_->read(out.runs.runs()[0])) {
      out.bytes = *bytes;
      return out;
    }
  }
  std::string bytes;
  bytes.reserve(static_cast<std::size_t>(out.runs.size()));
  for (const ByteRange& range : out.runs.runs()) {
    const auto part = content_->read(range);
    if (part) {
      bytes += part->chars();
    } else {
      issues.push_back({part.error().code, "ole", part.error().detail, range, true});
      bytes.append(static_cast<std::size_t>(range.size()), '\0');
    }
  }
  out.bytes = Blob::own(std::move(bytes));
  return out;
}

std::optional<std::int64_t> filetime_ns(std::uint64_t filetime) {
  constexpr std::uint64_t epoch = 116'444'736'000'000'000;  // 1970-01-01 in 100 ns since 1601
  constexpr std::uint64_t reach = 92'000'000'000'000'000;   // some 291 years on both sides
  if (filetime == 0 || filetime < epoch - reach || filetime > epoch + reach) return std::nullopt;
  return (static_cast<std::int64_t>(filetime) - static_cast<std::int64_t>(epoch)) * 100;
}

}  // namespace evtriage::ole
