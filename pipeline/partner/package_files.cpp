// What cannot be read is an error of that file, told when it is needed.
// Tested by tests/whole/package_verify_test.py.
#include "pipeline/partner/package_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>

#include "pipeline/core/descriptor.h"
#include "pipeline/core/range_content.h"
#include "pipeline/partner/staging.h"
#include "pipeline/partner/zip.h"

namespace evtriage {
namespace {

namespace fs = std::filesystem;

Error refuse(Code code, const std::string& why) { return {code, why}; }

class FileContent final : public Content {
 public:
  FileContent(Descriptor file, std::uint64_t size) : file_(std::move(file)), size_(size) {}
  std::uint64_t size() const override { return size_; }
  Result<Blob> read(ByteRange range) const override {
    if (range.begin > range.end || range.end > size_) return Error{Code::truncated, "read past the end"};
    std::string bytes(static_cast<std::size_t>(range.size()), '\0');
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t n = ::pread(file_.get(), bytes.data() + done, bytes.size() - done, static_cast<off_t>(range.begin + done));
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return Error{Code::io_read, n < 0 ? std::strerror(errno) : "the file became shorter"};
      done += static_cast<std::size_t>(n);
    }
    return Blob::own(std::move(bytes));
  }

 private:
  Descriptor file_;
  std::uint64_t size_;
};

// Opened for each reading, so that a package of many files needs no descriptor for each.
class NamedContent final : public Content {
 public:
  NamedContent(std::string path, std::uint64_t size) : path_(std::move(path)), size_(size) {}
  std::uint64_t size() const override { return size_; }
  Result<Blob> read(ByteRange range) const override {
    Descriptor file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file) return Error{Code::io_read, std::strerror(errno)};
    return FileContent(std::move(file), size_).read(range);
  }

 private:
  std::string path_;
  std::uint64_t size_;
};

Result<PackageFiles> from_zip(const std::string& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat info{};
  if (!file || ::fstat(file.get(), &info) != 0) return refuse(Code::unsupported, "cannot open '" + path + "': " + std::strerror(errno));
  const auto content = std::make_shared<FileContent>(std::move(file), static_cast<std::uint64_t>(info.st_size));
  const auto head = content->size() >= 4 ? content->read({0, 4}) : Result<Blob>(Blob());
  if (head && !head->empty() && head->chars()[0] == '0') {  // a DER SEQUENCE
    return refuse(Code::unsupported, "'" + path + "' is encrypted; open it first: openssl cms -decrypt -binary -inform DER -in FILE -recip CERT.pem -inkey KEY.pem -out package.zip");
  }
  if (!head || !head->chars().starts_with("PK")) return refuse(Code::unsupported, "'" + path + "' is no package and no case folder");
  const auto entries = read_zip(*content);
  if (!entries) return entries.error();
  PackageFiles files;
  const std::string top = entries->front().name.substr(0, entries->front().name.find('/') + 1);
  for (const ZipEntry& entry : *entries) {
    if (top.empty() || !entry.name.starts_with(top)) return refuse(Code::corrupt, "the ZIP holds more than one folder: " + entry.name);
    const std::string name = entry.name.substr(top.size());
    if (!is_bag_path(entry.name)) return refuse(Code::corrupt, "a name that no package holds: " + entry.name);
    files.emplace(name, std::make_shared<RangeContent>(content, entry.where));
  }
  return files;
}

Result<PackageFiles> from_folder(const std::string& folder) {
  PackageFiles files;
  std::error_code error;
  for (fs::recursive_directory_iterator walk(folder, error), end; !error && walk != end; walk.increment(error)) {
    std::error_code unreadable;
    const auto status = walk->symlink_status(unreadable);
    const std::string name = walk->path().string().substr(folder.size() + 1);
    if (fs::is_directory(status)) continue;
    if (!fs::is_regular_file(status)) return refuse(Code::corrupt, "is no plain file: " + name);
    if (!is_bag_path(name)) return refuse(Code::corrupt, "a name that no package holds: " + name);
    files.emplace(name, std::make_shared<NamedContent>(walk->path().string(), walk->file_size(unreadable)));
  }
  if (error) return refuse(Code::io_read, "the folder cannot be listed: " + error.message());
  return files;
}

}  // namespace

Result<PackageFiles> open_package_files(const std::string& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return from_zip(path);
  std::string folder = fs::path(path).lexically_normal().string();
  while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
  if (!fs::exists(folder + "/bagit.txt", error)) {  // unzip made one folder in it
    fs::directory_iterator first(folder, error);
    if (error || first == fs::directory_iterator() || !fs::exists(first->path() / "bagit.txt", error)) {
      return refuse(Code::unsupported, "'" + path + "' is no package and no case folder");
    }
    folder = first->path().string();
  }
  return from_folder(folder);
}

Result<void> each_block(const Content& content, const std::function<Result<void>(std::string_view)>& block) {
  constexpr std::uint64_t step = 1u << 20;
  for (std::uint64_t at = 0; at < content.size(); at += step) {
    const auto bytes = content.read({at, std::min(content.size(), at + step)});
    if (!bytes) return bytes.error();
    if (auto taken = block(bytes->chars()); !taken) return taken;
  }
  return {};
}

Result<void> each_line(const Content& content, const std::function<Result<void>(std::string_view)>& line) {
  constexpr std::size_t limit = 256u << 20;
  std::string held;
  const auto read = each_block(content, [&](std::string_view bytes) -> Result<void> {
    std::size_t at = 0, from = held.size();
    held += bytes;
    for (std::size_t end = held.find('\n', from); end != std::string::npos; end = held.find('\n', at)) {
      if (auto taken = line(std::string_view(held).substr(at, end - at)); !taken) return taken;
      at = end + 1;
    }
    held.erase(0, at);
    if (held.size() > limit) return refuse(Code::corrupt, "a line is longer than 256 MiB");
    return {};
  });
  if (!read) return read;
  if (!held.empty()) return refuse(Code::corrupt, "the last line has no end");
  return {};
}

std::optional<std::string> LineCursor::next() {
  constexpr std::uint64_t step = 1u << 18;
  constexpr std::size_t limit = 256u << 20;
  for (std::size_t searched = from_;;) {
    const std::size_t end = held_.find('\n', searched);
    if (end != std::string::npos) {
      std::string line = held_.substr(from_, end - from_);
      from_ = end + 1;
      return line;
    }
    held_.erase(0, from_);
    from_ = 0;
    searched = held_.size();
    if (at_ == content_.size() || held_.size() > limit) return std::nullopt;
    const auto bytes = content_.read({at_, std::min(content_.size(), at_ + step)});
    if (!bytes) return std::nullopt;
    held_ += bytes->chars();
    at_ += bytes->size();
  }
}

Result<std::string> whole_text(const PackageFiles& files, const std::string& path, std::uint64_t limit) {
  const auto file = files.find(path);
  if (file == files.end()) return refuse(Code::corrupt, path + ": is missing");
  if (file->second->size() > limit) return refuse(Code::corrupt, path + ": is larger than it can be");
  const auto bytes = file->second->read({0, file->second->size()});
  if (!bytes) return refuse(Code::io_read, path + ": " + bytes.error().detail);
  return std::string(bytes->chars());
}

}  // namespace evtriage
