// Runs of the library become runs of ours; what lies past the end of a cut image, or in runs that were never found, is
// zeros of the right length with an issue, so that what follows keeps its place.
// Tested by tests/extractors/disk/file_system_test.cpp.
#include "extractors/disk/attribute.h"

#include <algorithm>

namespace evtriage::disk {
namespace {

constexpr std::size_t runs_most = 1u << 20;
constexpr std::size_t issues_most = 20;

class DecodedStream final : public Content {  // compressed by NTFS or HFS+: the library decodes what is asked for
 public:
  DecodedStream(std::shared_ptr<TSK_FS_FILE> file, const TSK_FS_ATTR& stream)
      : file_(std::move(file)), stream_(stream), size_(static_cast<std::uint64_t>(stream.size)) {}
  std::uint64_t size() const override { return size_; }
  Result<Blob> read(ByteRange range) const override {
    if (range.begin > range.end || range.end > size_) return Error{Code::truncated, "read past the end"};
    std::string out(static_cast<std::size_t>(range.size()), '\0');
    const ssize_t n = tsk_fs_attr_read(&stream_, static_cast<TSK_OFF_T>(range.begin), out.data(), out.size(), TSK_FS_FILE_READ_FLAG_NONE);
    if (n != static_cast<ssize_t>(out.size())) return Error{Code::corrupt, "compressed bytes cannot be decoded: " + tsk_failure()};
    return Blob::own(std::move(out));
  }

 private:
  std::shared_ptr<TSK_FS_FILE> file_;
  const TSK_FS_ATTR& stream_;
  std::uint64_t size_;
};

class Runs {
 public:
  Runs(const TSK_FS_ATTR& stream, std::uint64_t block_bytes, const Content& volume)
      : stream_(stream), block_bytes_(block_bytes), volume_bytes_(volume.size()), left_(static_cast<std::uint64_t>(stream.size)),
        skip_(stream.nrd.skiplen) {
    const auto written = static_cast<std::uint64_t>(std::max<TSK_OFF_T>(0, stream.nrd.initsize));
    written_ = std::min(written, left_);
  }

  StreamBytes collect(const Content& volume) {
    for (const TSK_FS_ATTR_RUN* run = stream_.nrd.run; run != nullptr && left_ > 0; run = run->next) {
      if (runs_.size() >= runs_most) {
        lost({Code::limit, "", "data_runs=" + std::to_string(runs_most) + ": the rest of the file was not read", std::nullopt, true}, left_);
        break;
      }
      add(*run);
    }
    if (at_ >= written_) zeros(left_);  // never written
    if (left_ > 0) lost({Code::corrupt, "", "the file system does not say where these bytes lie", std::nullopt, true}, left_);
    out_.size = static_cast<std::uint64_t>(stream_.size);
    out_.is_hole = out_.used.empty() && out_.issues.empty();
    out_.content = std::make_shared<RunsContent>(volume, std::move(runs_));
    return std::move(out_);
  }

 private:
  void add(const TSK_FS_ATTR_RUN& run) {
    if (run.len > (std::uint64_t{1} << 62) / block_bytes_ || run.addr > (std::uint64_t{1} << 62) / block_bytes_) {
      return lost({Code::corrupt, "", "a run of impossible size", std::nullopt, true}, left_);
    }
    std::uint64_t length = run.len * block_bytes_, begin = run.addr * block_bytes_;
    const std::uint64_t skipped = std::min(skip_, length);
    skip_ -= skipped;
    begin += skipped;
    length = std::min(length - skipped, left_);
    if ((run.flags & TSK_FS_ATTR_RUN_FLAG_FILLER) != 0) {
      return lost({Code::corrupt, "", "a part of the file's list of places is lost; zeros stand for it", std::nullopt, true}, length);
    }
    if ((run.flags & TSK_FS_ATTR_RUN_FLAG_SPARSE) != 0) return zeros(length);
    const std::uint64_t meant = std::min(length, written_ - std::min(at_, written_));  // the rest was never written
    const std::uint64_t there = begin >= volume_bytes_ ? 0 : std::min(meant, volume_bytes_ - begin);
    if (there > 0) {
      runs_.push_back({there, begin});
      out_.used.push_back({begin, begin + there});
      advance(there);
    }
    if (there < meant) lost({Code::truncated, "", "these bytes lie past the end of the volume; zeros stand for them", std::nullopt, true}, meant - there);
    zeros(length - meant);
  }
  void zeros(std::uint64_t length) {
    if (length > 0) runs_.push_back({length, std::nullopt});
    advance(length);
  }
  void lost(Issue issue, std::uint64_t length) {
    issue.where = ByteRange{at_, at_ + length};
    if (out_.issues.size() < issues_most) out_.issues.push_back(std::move(issue));
    zeros(length);
  }
  void advance(std::uint64_t length) {
    at_ += length;
    left_ -= length;
  }

  const TSK_FS_ATTR& stream_;
  std::uint64_t block_bytes_, volume_bytes_, left_, skip_, written_ = 0, at_ = 0;
  std::vector<DataRun> runs_;
  StreamBytes out_;
};

}  // namespace

StreamBytes bytes_of(const std::shared_ptr<TSK_FS_FILE>& file, const TSK_FS_ATTR& stream, const Content& volume) {
  StreamBytes out;
  if (stream.size < 0) {
    out.issues.push_back({Code::corrupt, "", "a stream of negative size", std::nullopt, true});
    return out;
  }
  out.size = static_cast<std::uint64_t>(stream.size);
  if ((stream.flags & TSK_FS_ATTR_ENC) != 0) {
    out.encrypted = true;
    return out;
  }
  if ((stream.flags & TSK_FS_ATTR_RES) != 0) {
    const std::size_t length = std::min<std::size_t>(static_cast<std::size_t>(out.size), stream.rd.buf_size);
    out.content = resident(std::string(reinterpret_cast<const char*>(stream.rd.buf), stream.rd.buf == nullptr ? 0 : length));
    return out;
  }
  if ((stream.flags & TSK_FS_ATTR_COMP) != 0 || stream.r != nullptr) {
    for (const TSK_FS_ATTR_RUN* run = stream.nrd.run; run != nullptr && out.used.size() < runs_most; run = run->next) {
      if ((run->flags & (TSK_FS_ATTR_RUN_FLAG_SPARSE | TSK_FS_ATTR_RUN_FLAG_FILLER)) != 0) continue;
      const std::uint64_t block = file->fs_info->block_size, blocks = volume.size() / block;
      if (run->addr < blocks) out.used.push_back({run->addr * block, (run->addr + std::min(run->len, blocks - run->addr)) * block});
    }
    out.content = std::make_shared<DecodedStream>(file, stream);
    return out;
  }
  return Runs(stream, file->fs_info->block_size, volume).collect(volume);
}

}  // namespace evtriage::disk
