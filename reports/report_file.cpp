// Writing by temporary name, fsync and rename: a report that has its name is whole, also after a power cut.
// Tested by tests/reports/report_file_test.cpp
#include "reports/report_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace evtriage::reports {
namespace {

constexpr std::size_t buffer_bytes = 256u << 10;
constexpr std::size_t line_limit = 16u << 20;

std::string because(int error) {
  char text[128];
  return strerror_r(error, text, sizeof text);
}

bool sync_folder(const std::string& dir) {
  const int folder = ::open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return false;
  const bool synced = ::fsync(folder) == 0;
  ::close(folder);
  return synced;
}

}  // namespace

ReportWriter::ReportWriter(const std::string& dir, std::string name)
    : dir_(dir), name_(std::move(name)), part_(dir + "/." + name_ + ".part") {
  ::unlink(part_.c_str());
  file_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  failed_ = file_ < 0;
  if (failed_) failure_ = "cannot create " + name_ + ": " + because(errno);
}

ReportWriter::~ReportWriter() {
  if (file_ < 0) return;
  ::close(file_);
  ::unlink(part_.c_str());
}

void ReportWriter::write(std::string_view bytes) {
  if (failed_) return;
  buffer_ += bytes;
  if (buffer_.size() >= buffer_bytes) flush();
}

void ReportWriter::flush() {
  std::string_view left = buffer_;
  while (!failed_ && !left.empty()) {
    const auto written = ::write(file_, left.data(), left.size());
    if (written >= 0) left.remove_prefix(static_cast<std::size_t>(written));
    else if (errno != EINTR) {
      failed_ = true;
      failure_ = "cannot write " + name_ + ": " + because(errno);
    }
  }
  buffer_.clear();
}

Result<std::string> ReportWriter::finish() {
  flush();
  const std::string path = dir_ + "/" + name_;
  if (!failed_ && (::fsync(file_) != 0 || ::rename(part_.c_str(), path.c_str()) != 0 || !sync_folder(dir_))) {
    failed_ = true;
    failure_ = "cannot finish " + name_ + ": " + because(errno);
  }
  if (failed_) return Error{Code::io_read, failure_};
  ::close(std::exchange(file_, -1));
  return path;
}

Result<void> each_file_line(const std::string& path, const std::function<bool(std::string_view)>& line) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return Error{Code::io_read, "cannot open " + path.substr(path.rfind('/') + 1) + ": " + because(errno)};
  std::string held, chunk(buffer_bytes, '\0');
  Result<void> answer;
  for (bool more = true; more;) {
    const auto got = ::read(file, chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) answer = Error{Code::io_read, "cannot read a line: " + because(errno)};
    if (got <= 0) break;
    held.append(chunk, 0, static_cast<std::size_t>(got));
    std::size_t at = 0;
    for (auto end = held.find('\n'); more && end != std::string::npos; end = held.find('\n', at)) {
      more = line(std::string_view(held).substr(at, end - at));
      at = end + 1;
    }
    held.erase(0, at);
    if (held.size() > line_limit) {
      answer = Error{Code::limit, "a line is longer than 16 MiB"};
      break;
    }
  }
  ::close(file);
  return answer;
}

}  // namespace evtriage::reports
