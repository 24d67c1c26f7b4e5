// The custody log on disk: one writer (flock), append only, synced for each event.  What a crash leaves of a
// line is cut, and the cut is an event, so that nothing disappears without a trace.
// Tested by tests/pipeline/custody/log_test.cpp.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "pipeline/custody/custody.h"
#include "pipeline/custody/event_line.h"

namespace evtriage {
namespace {

Error log_error(const std::string& what) { return {Code::io_read, "custody.jsonl " + what + ": " + std::strerror(errno)}; }

class FileLog final : public CustodyLog {
 public:
  FileLog(int file, const Clock& clock) : file_(file), clock_(clock) {}
  ~FileLog() override { ::close(file_); }

  Result<void> append(const Event& event) override {
    if (failed_) return Error{Code::io_read, "custody.jsonl could not be written before; nothing more is added"};
    auto line = event_line(event, size_ + 1, head_, clock_.now_ns());
    if (!line) return line.error();
    const std::string next = hex(sha256(*line));
    *line += '\n';
    if (auto written = write_all(*line); !written) {
      failed_ = true;
      return written;
    }
    head_ = next;
    ++size_;
    return {};
  }
  std::string head() const override { return head_; }
  std::uint64_t size() const override { return size_; }

  Result<void> load() {
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
      return Error{Code::limit, "the case is in use by another process; wait until it has ended"};
    }
    auto text = read_all();
    if (!text) return text.error();
    const std::size_t whole = text->rfind('\n') == std::string::npos ? 0 : text->rfind('\n') + 1;
    for (std::size_t at = 0; at < whole;) {
      const std::size_t end = text->find('\n', at);
      const std::string_view line = std::string_view(*text).substr(at, end - at);
      if (auto checked = check_event_line(line, size_ + 1, head_); !checked) return checked.error();
      head_ = hex(sha256(line));
      ++size_;
      at = end + 1;
    }
    if (whole == text->size()) return {};
    if (::ftruncate(file_, static_cast<off_t>(whole)) != 0) return log_error("cannot be cut");
    return append({"recovered", {{"cut_bytes", std::to_string(text->size() - whole)},
                                 {"cut_sha256", hex(sha256(std::string_view(*text).substr(whole)))}}});
  }

 private:
  Result<std::string> read_all() const {
    struct stat info {};
    if (::fstat(file_, &info) != 0) return log_error("cannot be read");
    std::string text(static_cast<std::size_t>(info.st_size), '\0');
    for (std::size_t at = 0; at < text.size();) {
      const ssize_t n = ::pread(file_, text.data() + at, text.size() - at, static_cast<off_t>(at));
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return log_error("cannot be read");
      at += static_cast<std::size_t>(n);
    }
    return text;
  }

  Result<void> write_all(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::write(file_, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return log_error("cannot be written");
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    if (::fsync(file_) != 0) return log_error("cannot be synced");
    return {};
  }

  const int file_;
  const Clock& clock_;
  std::string head_{first_prev};
  std::uint64_t size_ = 0;
  bool failed_ = false;
};

}  // namespace

Result<std::unique_ptr<CustodyLog>> open_custody_log(const std::string& path, const Clock& clock) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return log_error("cannot be opened");
  auto log = std::make_unique<FileLog>(file, clock);
  if (auto loaded = log->load(); !loaded) return loaded.error();
  return std::unique_ptr<CustodyLog>(std::move(log));
}

}  // namespace evtriage
