// The walk that looks for packed clusters reads only the tables, which the image holds one behind the other.
// Tested by tests/extractors/disk/clusters_test.cpp.
#include "extractors/disk/clusters.h"

#include <algorithm>

#include "extractors/disk/block_cache.h"
#include "pipeline/core/byte_reader.h"
#include "pipeline/core/runs_content.h"

namespace evtriage::disk {
namespace {

constexpr std::size_t runs_most = 1u << 20;
constexpr std::uint64_t cached_bytes = 64u << 20;
constexpr std::uint64_t large = std::uint64_t{64} << 30;

class ClusterMedia final : public Content {  // used from one thread
 public:
  ClusterMedia(const Content& image, const ClusterTable& table) : image_(image), table_(table), cache_(cached_bytes) {}
  std::uint64_t size() const override { return table_.media_bytes(); }
  Result<Blob> read(ByteRange range) const override {
    return read_blocks(range, size(), table_.cluster_bytes(), [this](std::uint64_t number) { return cluster(number); });
  }

 private:
  Result<Blob> cluster(std::uint64_t number) const {
    if (const Blob* const known = cache_.find(number)) return *known;
    const Result<Cluster> found = table_.find(number);
    if (!found) return found.error();
    const std::uint64_t size = std::min(table_.cluster_bytes(), size_left(number));
    if (found->kind == Cluster::Kind::zeros) return cache_.add(number, Blob::own(std::string(static_cast<std::size_t>(size), '\0')));
    if (found->kind == Cluster::Kind::plain) return image_.read({found->at, found->at + size});
    if (found->at > image_.size()) return Error{Code::truncated, "a packed cluster lies outside the image"};
    const Result<Blob> stored = image_.read({found->at, found->at + std::min(found->length, image_.size() - found->at)});
    if (!stored) return stored.error();
    auto bytes = inflate_block(stored->chars(), found->wrapping, static_cast<std::size_t>(table_.cluster_bytes()));
    if (!bytes) return bytes.error();
    if (bytes->size() < size) return Error{Code::corrupt, "a packed cluster is shorter than it should be"};
    return cache_.add(number, Blob::own(*std::move(bytes)));
  }
  std::uint64_t size_left(std::uint64_t number) const { return size() - number * table_.cluster_bytes(); }

  const Content& image_;
  const ClusterTable& table_;
  mutable BlockCache cache_;
};

// The medium as runs, or nothing if a cluster is packed or cannot be placed, or there are too many.
std::optional<std::vector<DataRun>> runs_of(const Content& image, const ClusterTable& table, const Emit& emit) {
  std::vector<DataRun> runs;
  const std::uint64_t size = table.media_bytes(), step = table.cluster_bytes();
  if (size > large && size / 1000 > image.size()) return std::nullopt;  // the engine refuses it
  for (std::uint64_t number = 0, at = 0; at < size; ++number, at += step) {
    const Result<Cluster> found = table.find(number);
    if (!found || found->kind == Cluster::Kind::packed || emit.stop_requested()) return std::nullopt;
    const std::uint64_t length = std::min(step, size - at);
    DataRun run{length, std::nullopt};
    if (found->kind == Cluster::Kind::plain) {
      if (found->at > image.size() || length > image.size() - found->at) return std::nullopt;
      run.begin = found->at;
    }
    const bool goes_on = !runs.empty() && (run.begin ? runs.back().begin && *runs.back().begin + runs.back().length == *run.begin : !runs.back().begin);
    if (goes_on) {
      runs.back().length += length;
    } else {
      if (runs.size() == runs_most) return std::nullopt;
      runs.push_back(run);
    }
    if (size - at <= step) break;
  }
  return runs;
}

}  // namespace

void emit_media(const Content& image, const ClusterTable& table, std::vector<Issue> issues, Emit& emit) {
  Child child;
  child.step = {StepKind::stream, 1, std::nullopt, "media"};
  child.kind = ItemKind::member;
  child.is_media = true;
  child.issues = std::move(issues);
  if (auto runs = runs_of(image, table, emit); runs) return emit.child(std::move(child), std::make_shared<RunsContent>(image, *std::move(runs)));
  emit.child(std::move(child), std::make_shared<ClusterMedia>(image, table));
}

Result<std::uint64_t> TableOfNumbers::get(std::uint64_t index) const {
  const std::uint64_t width = form_ == Form::u64be ? 8 : 4;
  if (index >= count_ || at_ > image_.size() || index > (image_.size() - at_) / width) return Error{Code::truncated, "an entry past the end of its table"};
  const std::uint64_t begin = at_ + index * width;
  if (image_.size() - begin < width) return Error{Code::truncated, "a table past the end of the image"};
  const Result<Blob> bytes = image_.read({begin, begin + width});
  if (!bytes) return bytes.error();
  ByteReader in(bytes->view());
  return form_ == Form::u64be ? in.u64be() : form_ == Form::u32be ? in.u32be() : std::uint64_t{in.u32le()};
}

}  // namespace evtriage::disk
