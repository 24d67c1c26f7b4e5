// Frames in, index out.  A torn tail is what a crash leaves and is cut by the caller; damage before a good
// frame is something else and stops the run, because cutting there would throw away good results.
// Tested by tests/pipeline/store/journal_test.cpp.
#include "pipeline/store/journal_scan.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "pipeline/store/crc32c.h"

namespace evtriage {
namespace {

namespace format = journal_format;

Result<void> read_exactly(int file, std::uint64_t offset, char* to, std::size_t n) {
  while (n > 0) {
    const ssize_t got = ::pread(file, to, n, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Error{Code::io_read, std::string("the journal cannot be read: ") + std::strerror(errno)};
    if (got == 0) return Error{Code::truncated, "the journal ends inside a frame"};
    to += got;
    offset += static_cast<std::uint64_t>(got);
    n -= static_cast<std::size_t>(got);
  }
  return {};
}

}  // namespace

Result<JournalFile> JournalFile::open(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return Error{Code::io_read, "the journal cannot be opened: " + std::string(std::strerror(errno))};
  struct stat info {};
  if (::fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
    ::close(file);
    return Error{Code::io_read, "the journal is no regular file"};
  }
  return JournalFile(file, static_cast<std::uint64_t>(info.st_size));
}

JournalFile::~JournalFile() {
  if (file_ >= 0) ::close(file_);
}

Result<void> JournalFile::read_frame(std::uint64_t offset, bool check, std::string& payload) const {
  if (offset > bytes_ || bytes_ - offset < format::frame_head_bytes) {
    return Error{Code::truncated, "the journal ends inside a frame"};
  }
  char head[format::frame_head_bytes];
  if (auto read = read_exactly(file_, offset, head, sizeof head); !read) return read;
  ByteReader reader(std::string_view(head, sizeof head));
  const std::uint32_t size = reader.u32le();
  const std::uint32_t crc = reader.u32le();
  if (size > bytes_ - offset - format::frame_head_bytes) {
    return Error{Code::truncated, "the journal ends inside a frame"};
  }
  payload.resize(size);
  if (auto read = read_exactly(file_, offset + format::frame_head_bytes, payload.data(), size); !read) return read;
  if (check && (size == 0 || crc32c(payload) != crc)) return Error{Code::corrupt, "a frame's CRC differs"};
  return {};
}

void JournalIndex::mark(std::uint64_t ordinal) {
  if (ordinal / 64 >= whole_.size()) whole_.resize(ordinal / 64 + 1);
  whole_[ordinal / 64] |= std::uint64_t{1} << (ordinal % 64);
  ++units_;
}

Result<void> JournalIndex::add_part(std::uint64_t frame, std::uint32_t part, const PartHead& head) {
  if (head.ordinal >= 1ull << 40) return Error{Code::corrupt, "a unit's number cannot be"};
  if (has(head.ordinal)) return {};
  if (head.tells_names) naming_.push_back(head.ordinal);
  if (head.number == 0 && head.last) {
    large_.erase(head.ordinal);
    mark(head.ordinal);
    const bool goes_on = !runs_.empty() && runs_.back().frame == frame &&
                         runs_.back().first + runs_.back().count == head.ordinal &&
                         runs_.back().first_part + runs_.back().count == part;
    if (goes_on) {
      ++runs_.back().count;
    } else {
      runs_.push_back({head.ordinal, 1, part, frame});
    }
    return {};
  }
  auto& places = large_[head.ordinal];
  if (head.number == 0) places.clear();
  if (head.number != places.size()) return Error{Code::corrupt, "the parts of a unit are out of order"};
  places.push_back({frame, part});
  if (head.last) mark(head.ordinal);
  return {};
}

Result<void> JournalIndex::add(std::uint64_t frame, const std::vector<PartHead>& heads) {
  for (std::size_t i = 0; i < heads.size(); ++i) {
    if (auto added = add_part(frame, static_cast<std::uint32_t>(i), heads[i]); !added) return added;
  }
  return {};
}

void JournalIndex::sort() {
  std::sort(runs_.begin(), runs_.end(), [](const UnitRun& a, const UnitRun& b) { return a.first < b.first; });
  std::sort(naming_.begin(), naming_.end());
  naming_.erase(std::unique(naming_.begin(), naming_.end()), naming_.end());
}

std::vector<PartPlace> JournalIndex::find(std::uint64_t ordinal) const {
  if (!has(ordinal)) return {};
  if (const auto large = large_.find(ordinal); large != large_.end()) return large->second;
  auto run = std::upper_bound(runs_.begin(), runs_.end(), ordinal,
                              [](std::uint64_t wanted, const UnitRun& r) { return wanted < r.first; });
  if (run == runs_.begin()) return {};
  --run;
  return {{run->frame, run->first_part + static_cast<std::uint32_t>(ordinal - run->first)}};
}

std::string header_payload(const JournalHeader& header) {
  std::string payload;
  append_chars(payload, format::magic);
  append_varint(payload, format::version);
  append_chars(payload, header.profile_digest);
  append_chars(payload, header.listing_digest);
  return payload;
}

Result<JournalHeader> decode_header(std::string_view payload) {
  ByteReader reader(payload);
  const bool known = read_chars(reader) == format::magic && reader.varint() == format::version;
  JournalHeader header;
  header.profile_digest.assign(read_chars(reader));
  header.listing_digest.assign(read_chars(reader));
  if (!known || !reader.ok() || reader.left() != 0) {
    return Error{Code::unsupported, "the journal is not of this program's version"};
  }
  return header;
}

Result<JournalScan> scan_journal(const JournalFile& file) {
  JournalScan scan;
  std::string payload;
  std::uint64_t frames = 0;
  const auto damaged = [&](const std::string& what) {
    return Error{Code::corrupt, "the journal is damaged in frame " + std::to_string(frames) + " at byte " +
                                    std::to_string(scan.good_end) + ": " + what};
  };
  while (scan.good_end < file.bytes()) {
    if (auto read = file.read_frame(scan.good_end, true, payload); !read) {
      if (read.error().code == Code::io_read) return read.error();
      if (read.error().code == Code::truncated) break;
      std::string next;
      const std::uint64_t after = scan.good_end + format::frame_head_bytes + payload.size();
      if (!payload.empty() && file.read_frame(after, true, next)) return damaged(read.error().detail);
      break;
    }
    if (!scan.has_header) {
      auto header = decode_header(payload);
      if (!header) return header.error();
      scan.header = std::move(*header);
      scan.has_header = true;
    } else {
      auto heads = decode_heads(payload);
      if (!heads) return damaged(heads.error().detail);
      if (auto added = scan.index.add(scan.good_end, *heads); !added) return damaged(added.error().detail);
    }
    scan.good_end += format::frame_head_bytes + payload.size();
    ++frames;
  }
  return scan;
}

}  // namespace evtriage
