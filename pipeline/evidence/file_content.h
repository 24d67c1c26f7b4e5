// FileContent: the bytes of an open file, read with pread so that a failing disk gives Errors, not signals.
// Tested by tests/pipeline/evidence/file_content_test.cpp.
#pragma once
#include <optional>

#include <sys/stat.h>

#include "pipeline/core/content.h"
#include "pipeline/evidence/io_error.h"

namespace evtriage::evidence {

class FileContent final : public Content {  // constant after construction
 public:
  // `size` in bytes and `modified` as they are at opening.
  FileContent(Descriptor file, std::uint64_t size, timespec modified)
      : file_(std::move(file)), size_(size), modified_(modified) {}
  std::uint64_t size() const override { return size_; }
  Result<Blob> read(ByteRange range) const override;
  Result<void> read_to(ByteRange range, std::byte* out) const override;
  // True if size or time of modification are no longer as at opening (or cannot be told).
  bool has_moved() const;

 private:
  Descriptor file_;
  std::uint64_t size_;
  timespec modified_;
};

// Nanoseconds since 1970; nothing outside 1677 to 2262.
std::optional<std::int64_t> nanoseconds(timespec time);

// Size in bytes of a regular file or a block device, or nothing for all else.
std::optional<std::uint64_t> size_of(int fd, const struct stat& status);

}  // namespace evtriage::evidence
