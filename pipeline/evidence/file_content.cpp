// Reading evidence: full reads whatever the kernel hands out at a time.
// Tested by tests/pipeline/evidence/file_content_test.cpp.
#include "pipeline/evidence/file_content.h"

#include <cerrno>
#include <memory>

namespace evtriage::evidence {

std::optional<std::int64_t> nanoseconds(timespec time) {
  constexpr std::int64_t kPerSecond = 1'000'000'000;
  std::int64_t ns = 0;
  if (__builtin_mul_overflow(std::int64_t{time.tv_sec}, kPerSecond, &ns)) return std::nullopt;
  if (__builtin_add_overflow(ns, std::int64_t{time.tv_nsec}, &ns)) return std::nullopt;
  return ns;
}

std::optional<std::uint64_t> size_of(int fd, const struct stat& status) {
  if (S_ISREG(status.st_mode)) return static_cast<std::uint64_t>(status.st_size);
  if (!S_ISBLK(status.st_mode)) return std::nullopt;
  const off_t end = ::lseek(fd, 0, SEEK_END);
  if (end < 0) return std::nullopt;
  return static_cast<std::uint64_t>(end);
}

Result<void> FileContent::read_to(ByteRange range, std::byte* out) const {
  if (range.begin > range.end || range.end > size_) return Error{Code::truncated, "read past the end"};
  for (std::uint64_t at = range.begin; at < range.end;) {
    const ssize_t n = ::pread(file_.get(), out + (at - range.begin), static_cast<std::size_t>(range.end - at),
                              static_cast<off_t>(at));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return io_error("read error at byte " + std::to_string(at), errno);
    if (n == 0) return Error{Code::truncated, "the file ends at byte " + std::to_string(at)};
    at += static_cast<std::uint64_t>(n);
  }
  return {};
}

Result<Blob> FileContent::read(ByteRange range) const {
  if (range.begin > range.end || range.end > size_) return Error{Code::truncated, "read past the end"};
  const auto wanted = static_cast<std::size_t>(range.size());
  auto bytes = std::make_shared_for_overwrite<std::byte[]>(wanted);
  if (const Result<void> done = read_to(range, bytes.get()); !done) return done.error();
  const ByteView view(bytes.get(), wanted);
  return Blob::share(std::move(bytes), view);
}

bool FileContent::has_moved() const {
  struct stat now {};
  if (::fstat(file_.get(), &now) != 0) return true;
  const bool same_time = now.st_mtim.tv_sec == modified_.tv_sec && now.st_mtim.tv_nsec == modified_.tv_nsec;
  return size_of(file_.get(), now) != size_ || !same_time;
}

}  // namespace evtriage::evidence
