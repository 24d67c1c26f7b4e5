// Memory first, then a nameless file (O_TMPFILE; where a file system has none, a file unlinked at once).
// Tested by tests/pipeline/engine/spool_test.cpp.
#include "pipeline/engine/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "pipeline/core/descriptor.h"

namespace evtriage {
namespace {

class SpooledFile final : public Content {
 public:
  SpooledFile(std::shared_ptr<const Descriptor> file, std::uint64_t size) : file_(std::move(file)), size_(size) {}
  std::uint64_t size() const override { return size_; }
  Result<Blob> read(ByteRange range) const override {
    if (range.begin > range.end || range.end > size_) return Error{Code::truncated, "read past the end"};
    std::string bytes(static_cast<std::size_t>(range.size()), '\0');
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t n = pread(file_->get(), bytes.data() + done, bytes.size() - done, static_cast<off_t>(range.begin + done));
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return Error{Code::io_read, "an unpacked file cannot be read back"};
      done += static_cast<std::size_t>(n);
    }
    return Blob::own(std::move(bytes));
  }

 private:
  std::shared_ptr<const Descriptor> file_;
  std::uint64_t size_;
};

int open_nameless(const std::string& folder) {
  const int file = open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR)) return file;
  std::string name = folder + "/spool.XXXXXX";
  const int named = mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) unlink(name.c_str());
  return named;
}

class DiskSpool final : public Spool {
 public:
  DiskSpool(SpoolSpace& space, std::uint64_t most_bytes, std::function<void()> on_refused)
      : space_(space), most_bytes_(most_bytes), on_refused_(std::move(on_refused)) {}

  bool append(ByteView bytes) override {
    if (refused_) return false;
    if (bytes.size() > most_bytes_ - size_) {
      refused_ = true;
      on_refused_();
      return false;
    }
    size_ += bytes.size();
    if (!file_ && size_ <= space_.memory_bytes()) {
      memory_.append(as_chars(bytes));
      return true;
    }
    const bool written = (file_ || spill()) && write_all(as_chars(bytes));
    if (!written) refused_ = true;
    return written;
  }

  ContentPtr take() override {
    if (refused_) return nullptr;
    if (!file_) return resident(std::move(memory_));
    return std::make_shared<SpooledFile>(std::move(file_), size_);
  }

 private:
  bool spill() {
    const int file = open_nameless(space_.folder());
    if (file < 0) return fail("cannot create a temporary file in '" + space_.folder() + "'");
    file_ = std::make_shared<const Descriptor>(file);
    const bool written = write_all(memory_);
    memory_ = std::string();
    return written;
  }
  bool write_all(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t n = write(file_->get(), bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return fail("cannot write a temporary file in '" + space_.folder() + "'");
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  bool fail(const std::string& what) {
    space_.fail({Code::io_read, what + ": " + std::generic_category().message(errno) + "; make room and run the same command again"});
    return false;
  }

  SpoolSpace& space_;
  std::uint64_t most_bytes_, size_ = 0;
  std::function<void()> on_refused_;
  std::string memory_;
  std::shared_ptr<const Descriptor> file_;
  bool refused_ = false;
};

}  // namespace

std::unique_ptr<Spool> SpoolSpace::make(std::uint64_t most_bytes, std::function<void()> on_refused) {
  return std::make_unique<DiskSpool>(*this, most_bytes, std::move(on_refused));
}

Error SpoolSpace::failure() const {
  const std::lock_guard lock(mutex_);
  return *error_;
}

void SpoolSpace::fail(Error error) {
  const std::lock_guard lock(mutex_);
  if (!error_) error_ = std::move(error);
  failed_ = true;
}

}  // namespace evtriage
