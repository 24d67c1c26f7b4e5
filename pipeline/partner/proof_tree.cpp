// The levels follow each other in the file; the last one is the root.
// Tested by tests/pipeline/partner/proof_tree_test.cpp.
#include "pipeline/partner/proof_tree.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "pipeline/custody/merkle_proof.h"

namespace evtriage {
namespace {

constexpr std::size_t digest_bytes = 32, buffer_bytes = 1u << 16;

bool read_exactly(int file, char* out, std::size_t size, std::uint64_t at) {
  while (size > 0) {
    const ssize_t got = ::pread(file, out, size, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    out += got;
    at += static_cast<std::uint64_t>(got);
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

Error broken() { return {Code::io_read, "a temporary file of the package cannot be written or read: is the disk full?"}; }

}  // namespace

ProofTree::ProofTree(const std::string& path) : path_(path) {
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  failed_ = file_ < 0;
}

ProofTree::~ProofTree() {
  if (file_ < 0) return;
  ::close(file_);
  ::unlink(path_.c_str());
}

void ProofTree::add(const Sha256& leaf_hash) {
  buffer_.append(as_chars(leaf_hash));
  ++written_;
  if (buffer_.size() >= buffer_bytes) flush();
}

void ProofTree::flush() {
  std::string_view left = buffer_;
  while (!failed_ && !left.empty()) {
    const ssize_t n = ::write(file_, left.data(), left.size());
    if (n > 0) left.remove_prefix(static_cast<std::size_t>(n));
    if (n <= 0 && errno != EINTR) failed_ = true;
  }
  buffer_.clear();
}

Result<Sha256> ProofTree::read(std::uint64_t place) const {
  Sha256 digest{};
  if (failed_ || !read_exactly(file_, reinterpret_cast<char*>(digest.data()), digest_bytes, place * digest_bytes)) return broken();
  return digest;
}

Result<void> ProofTree::next_level(const Level& from) {
  std::string block(buffer_bytes, '\0');
  for (std::uint64_t at = 0; at < from.size;) {
    const std::uint64_t count = std::min<std::uint64_t>(from.size - at, buffer_bytes / digest_bytes);
    if (failed_ || !read_exactly(file_, block.data(), count * digest_bytes, (from.begin + at) * digest_bytes)) return broken();
    Sha256 left, right;
    for (std::uint64_t i = 0; i < count; i += 2) {
      std::memcpy(left.data(), block.data() + i * digest_bytes, digest_bytes);
      if (i + 1 < count) std::memcpy(right.data(), block.data() + (i + 1) * digest_bytes, digest_bytes);
      add(i + 1 < count ? node_hash(left, right) : left);
    }
    at += count;
  }
  flush();
  return {};
}

Result<Sha256> ProofTree::finish() {
  flush();
  levels_[0].size = written_;
  if (written_ == 0) return sha256({});
  while (levels_.back().size > 1) {
    const Level from = levels_.back();
    const std::uint64_t begin = written_;
    if (auto made = next_level(from); !made) return made.error();
    levels_.push_back({begin, written_ - begin});
  }
  return read(levels_.back().begin);
}

Result<std::vector<Sha256>> ProofTree::proof(std::uint64_t index) const {
  std::vector<Sha256> path;
  for (const Level& level : levels_) {
    const std::uint64_t sibling = index ^ 1;
    if (sibling < level.size) {
      const auto digest = read(level.begin + sibling);
      if (!digest) return digest.error();
      path.push_back(*digest);
    }
    index >>= 1;
  }
  return path;
}

}  // namespace evtriage
