// The journal that workers append to.  One write for one frame under a lock; the disk is asked to keep
// what it has at least every two seconds or 64 MiB, outside the lock, so that nobody waits for the platter.
// After a failed write or sync nothing more is taken: the kernel may have dropped pages (fsync's error is
// told once only), so that going on could promise what is lost.
// Tested by tests/pipeline/store/journal_test.cpp.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <mutex>

#include "pipeline/store/codec.h"
#include "pipeline/store/compress.h"
#include "pipeline/store/journal_scan.h"
#include "pipeline/store/store.h"

namespace evtriage {
namespace {

namespace format = journal_format;
constexpr std::uint64_t sync_bytes = 64u << 20;
constexpr std::chrono::seconds sync_time{2};

Error write_error(int number) {
  if (number == ENOSPC || number == EDQUOT) {
    return {Code::io_read, "the case disk is full; free space and run the same command again"};
  }
  return {Code::io_read, "the journal cannot be written (" + std::string(std::strerror(number)) +
                             "); mend the case disk and run the same command again"};
}

class FileJournal final : public Journal {
 public:
  FileJournal(int file, JournalScan scan, std::uint64_t cut, KeepText keep_text)
      : file_(file), keep_text_(keep_text), cut_bytes_(cut), earlier_(scan.index), index_(std::move(scan.index)),
        end_(scan.good_end), synced_at_(std::chrono::steady_clock::now()) {}
  ~FileJournal() override { ::close(file_); }

  bool already_has(std::uint64_t ordinal) const override { return earlier_.has(ordinal); }
  bool has_whole(std::uint64_t ordinal) const override {
    const std::lock_guard lock(mutex_);
    return index_.has(ordinal);
  }
  std::uint64_t units() const override {
    const std::lock_guard lock(mutex_);
    return index_.units();
  }
  std::uint64_t cut_bytes() const override { return cut_bytes_; }

  std::string encode(const std::vector<UnitPart>& parts) const override {
    return encode_frame(parts, keep_text_, compressor_);
  }

  Result<void> append(std::string_view frame) override {
    bool due = false;
    {
      const std::lock_guard lock(mutex_);
      if (failure_) return *failure_;
      if (auto written = append_locked(frame); !written) return written;
      due = sync_due();
    }
    return due ? sync() : Result<void>{};
  }

  Result<void> sync() override {
    if (::fdatasync(file_) == 0) return {};
    const std::lock_guard lock(mutex_);
    failure_ = write_error(errno);
    return *failure_;
  }

  Result<void> begin(const JournalHeader& header) {
    const std::lock_guard lock(mutex_);
    return write_all(frame_of(header_payload(header)));
  }

 private:
  Result<void> append_locked(std::string_view frame) {
    if (frame.size() - format::frame_head_bytes > format::max_payload_bytes) {
      return Error{Code::limit, "one frame of the journal would be larger than 1 GiB"};
    }
    auto heads = decode_heads(frame.substr(format::frame_head_bytes));
    if (!heads) return heads.error();
    const std::uint64_t at = end_;
    if (auto written = write_all(frame); !written) return written;
    return index_.add(at, *heads);
  }

  Result<void> write_all(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::write(file_, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) {
        failure_ = write_error(n == 0 ? EIO : errno);
        // What was written of the frame is a torn tail; if it cannot be cut now, the next opening does.
        (void)!::ftruncate(file_, static_cast<off_t>(end_));
        return *failure_;
      }
      bytes.remove_prefix(static_cast<std::size_t>(n));
      torn_ += static_cast<std::uint64_t>(n);
    }
    end_ += torn_;
    unsynced_ += torn_;
    torn_ = 0;
    return {};
  }

  // True for one caller at a time: it resets the count before the others look.
  bool sync_due() {
    const auto now = std::chrono::steady_clock::now();
    if (unsynced_ < sync_bytes && now - synced_at_ < sync_time) return false;
    unsynced_ = 0;
    synced_at_ = now;
    return true;
  }

  const int file_;
  const KeepText keep_text_;
  const std::uint64_t cut_bytes_;
  const JournalIndex earlier_;            // constant: what the runs before have left
  mutable Compressor compressor_;         // any thread
  mutable std::mutex mutex_;              // guards all below
  JournalIndex index_;
  std::uint64_t end_, unsynced_ = 0, torn_ = 0;
  std::chrono::steady_clock::time_point synced_at_;
  std::optional<Error> failure_;
};

Result<void> sync_folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return write_error(errno);
  const int failed = ::fsync(file) == 0 ? 0 : errno;
  ::close(file);
  if (failed != 0) return write_error(failed);
  return {};
}

Result<void> check_header(const JournalHeader& found, const JournalHeader& wanted) {
  const std::string mend = "; give the same options and evidence, or another case folder";
  if (found.profile_digest != wanted.profile_digest) {
    return Error{Code::unsupported, "this case was begun with another profile" + mend};
  }
  if (found.listing_digest != wanted.listing_digest) {
    return Error{Code::unsupported, "this case was begun with another listing of the evidence" + mend};
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Journal>> open_journal(const std::string& path, const JournalHeader& header,
                                              KeepText keep_text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return write_error(errno);
  auto close_with = [&](Error error) {
    ::close(file);
    return error;
  };
  auto reading = JournalFile::open(path);
  if (!reading) return close_with(reading.error());
  auto scan = scan_journal(*reading);
  if (!scan) return close_with(scan.error());
  if (scan->has_header) {
    if (auto same = check_header(scan->header, header); !same) return close_with(same.error());
  }
  const std::uint64_t cut = reading->bytes() - scan->good_end;
  if (cut > 0 && ::ftruncate(file, static_cast<off_t>(scan->good_end)) != 0) return close_with(write_error(errno));
  const bool fresh = !scan->has_header;
  auto journal = std::make_unique<FileJournal>(file, std::move(*scan), cut, keep_text);
  if (fresh) {
    if (auto begun = journal->begin(header); !begun) return begun.error();
    if (auto kept = sync_folder_of(path); !kept) return kept.error();
  }
  if (auto kept = journal->sync(); !kept) return kept.error();
  return std::unique_ptr<Journal>(std::move(journal));
}

}  // namespace evtriage
