// Files on their way into a bag.  Names are the program's own, so that no file system, no percent-encoding and no
// checksum tool can read them in two ways.
// Tested by tests/pipeline/partner/staging_test.cpp and tests/whole/package_test.py.
#include "pipeline/partner/staging.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "pipeline/custody/custody.h"
#include "pipeline/partner/zip.h"

namespace evtriage {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t buffer_bytes = 1u << 18;

Error trouble(const std::string& what, const std::string& path, int error) {
  return {Code::io_read, what + " '" + path + "': " + std::strerror(error)};
}

}  // namespace

Staging::Staging(const std::string& out) : path_(out + ".building") {
  if (::mkdir(path_.c_str(), 0700) != 0) {
    problem_ = errno == EEXIST ? "'" + path_ + "' is left over from a package that was not finished; remove it first"
                               : "cannot create '" + path_ + "': " + std::strerror(errno);
    return;
  }
  mine_ = true;
  if (::mkdir(bag().c_str(), 0700) != 0 || ::mkdir((bag() + "/data").c_str(), 0700) != 0 || ::mkdir(work().c_str(), 0700) != 0) {
    problem_ = "cannot create folders in '" + path_ + "': " + std::strerror(errno);
  }
}

Staging::~Staging() {
  std::error_code ignored;
  if (mine_) fs::remove_all(path_, ignored);
}

FileOut::FileOut(const std::string& path) : path_(path) {
  std::error_code ignored;
  fs::create_directories(fs::path(path).parent_path(), ignored);
  file_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file_ < 0) error_ = errno;
}

FileOut::~FileOut() {
  if (file_ >= 0) ::close(file_);
}

void FileOut::write(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() >= buffer_bytes) flush();
}

void FileOut::flush() {
  std::string_view left = buffer_;
  while (error_ == 0 && !left.empty()) {
    const ssize_t n = ::write(file_, left.data(), left.size());
    if (n > 0) left.remove_prefix(static_cast<std::size_t>(n));
    if (n <= 0 && errno != EINTR) error_ = errno;
  }
  buffer_.clear();
}

Result<void> FileOut::finish(bool durable) {
  flush();
  if (durable && error_ == 0 && ::fsync(file_) != 0) error_ = errno;
  if (error_ != 0) return trouble("cannot write", path_, error_);
  return {};
}

Result<void> put_file(const std::string& path, std::string_view bytes, bool durable) {
  FileOut out(path);
  out.write(bytes);
  return out.finish(durable);
}

Result<void> each_block(const std::string& path, const std::function<Result<void>(std::string_view)>& block) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return trouble("cannot open", path, errno);
  std::string buffer(buffer_bytes, '\0');
  Result<void> answer;
  while (answer) {
    const ssize_t n = ::read(file, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) answer = trouble("cannot read", path, errno);
    if (n <= 0) break;
    answer = block(std::string_view(buffer).substr(0, static_cast<std::size_t>(n)));
  }
  ::close(file);
  return answer;
}

Result<std::string> small_file(const std::string& path, std::size_t limit) {
  std::string text;
  const auto read = each_block(path, [&](std::string_view bytes) -> Result<void> {
    text += bytes;
    if (text.size() > limit) return Error{Code::limit, "'" + path + "' is larger than it can be"};
    return {};
  });
  if (!read) return read.error();
  return text;
}

bool is_bag_path(std::string_view path) {
  bool begins = true;  // of a part
  for (const char c : path) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (!letter && (begins || (c != '.' && c != '/'))) return false;
    begins = c == '/';
  }
  return !begins;
}

Result<BagFile> measure(const std::string& bag, const std::string& path) {
  BagFile file{path, {}, 0, 0};
  Sha256Stream digest;
  const auto read = each_block(bag + "/" + path, [&](std::string_view bytes) -> Result<void> {
    digest.add(bytes);
    file.crc = crc32_of(file.crc, bytes);
    file.size += bytes.size();
    return {};
  });
  if (!read) return read.error();
  file.sha256 = hex(digest.finish());
  return file;
}

Result<std::vector<BagFile>> list_bag(const std::string& bag, const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (fs::recursive_directory_iterator walk(bag + "/" + folder, error), end; !error && walk != end; walk.increment(error)) {
    if (!walk->is_directory()) paths.push_back(walk->path().string().substr(bag.size() + 1));
  }
  if (error) return Error{Code::io_read, "the folder of the package cannot be listed: " + error.message()};
  std::sort(paths.begin(), paths.end());
  std::vector<BagFile> files;
  for (const std::string& path : paths) {
    if (!is_bag_path(path)) return Error{Code::internal, "a package cannot hold a file named '" + path + "'"};
    auto file = measure(bag, path);
    if (!file) return file.error();
    files.push_back(*std::move(file));
  }
  return files;
}

std::string manifest_text(const std::vector<BagFile>& files) {
  std::string text;
  for (const BagFile& file : files) text += file.sha256 + "  " + file.path + "\n";
  return text;
}

}  // namespace evtriage
