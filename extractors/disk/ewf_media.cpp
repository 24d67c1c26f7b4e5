// A damaged chunk is an error for its range and for no other.  EnCase let segments grow past 2 GiB with offsets of 31
// bits: from the first chunk that would end beyond, offsets use all 32 bits and chunks are stored plain.
// Tested by tests/extractors/disk/ewf_test.cpp and tests/fuzz/fuzz_ewf.cpp.
#include "extractors/disk/ewf_media.h"

#include <algorithm>

#include "extractors/shared/inflate_block.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage::disk {
namespace {

constexpr std::uint64_t cached_bytes = 64u << 20;
constexpr std::size_t cached_tables = 8;
constexpr std::uint64_t table_entries_most = 1u << 20;
constexpr std::uint32_t top_bit = 0x80000000;

}  // namespace

EwfMedia::EwfMedia(const Content& image, const EwfMap& map) : image_(image), map_(map), cache_(cached_bytes) {
  const std::uint64_t most = (std::uint64_t{1} << 62) / map.chunk_bytes;
  size_ = std::min(map.media_bytes, std::min(map.chunks_here, most) * map.chunk_bytes);
}

Result<Blob> EwfMedia::read(ByteRange range) const {
  return read_blocks(range, size_, map_.chunk_bytes, [this](std::uint64_t number) { return chunk(number); });
}

Result<Blob> EwfMedia::chunk(std::uint64_t number) const {
  if (const Blob* const known = cache_.find(number)) return *known;
  const auto after = std::upper_bound(map_.tables.begin(), map_.tables.end(), number,
                                      [](std::uint64_t n, const EwfTable& t) { return n < t.first_chunk; });
  const auto index = static_cast<std::size_t>(after - map_.tables.begin()) - 1;
  const auto loaded = table(index);
  if (!loaded) return loaded.error();
  const std::uint64_t inside = number - map_.tables[index].first_chunk;
  if (inside >= (*loaded)->chunks.size()) return Error{Code::corrupt, "a chunk that no table places"};
  const std::uint64_t size = std::min(map_.chunk_bytes, size_ - number * map_.chunk_bytes);
  Result<Blob> bytes = decode((*loaded)->chunks[static_cast<std::size_t>(inside)], size);
  if (!bytes) return bytes.error();
  return cache_.add(number, *std::move(bytes));
}

Result<Blob> EwfMedia::decode(const Chunk& place, std::uint64_t size) const {
  if (place.begin >= place.end || place.end > image_.size()) return Error{Code::truncated, "a chunk lies outside the image"};
  const Result<Blob> stored = image_.read({place.begin, place.end});
  if (!stored) return stored.error();
  if (place.packed) {
    auto bytes = inflate_block(stored->chars(), BlockInflater::Wrapping::zlib, static_cast<std::size_t>(map_.chunk_bytes));
    if (!bytes) return bytes.error();
    if (bytes->size() < size) return Error{Code::corrupt, "a chunk is shorter than it should be"};
    return Blob::own(*std::move(bytes)).slice(0, size);
  }
  if (stored->size() < size + 4) return Error{Code::corrupt, "a chunk is shorter than it should be"};
  ByteReader sum(stored->slice(size, 4).view());
  if (sum.u32le() != fast_adler32(1, as_bytes(stored->chars().substr(0, static_cast<std::size_t>(size))))) return Error{Code::corrupt, "a chunk has a wrong check sum"};
  return stored->slice(0, size);
}

Result<const EwfMedia::LoadedTable*> EwfMedia::table(std::size_t number) const {
  const auto known = std::find_if(tables_.begin(), tables_.end(), [&](const LoadedTable& t) { return t.number == number; });
  if (known != tables_.end()) {
    tables_.splice(tables_.begin(), tables_, known);
    return &tables_.front();
  }
  const EwfTable& table = map_.tables[number];
  const std::uint64_t count = std::min(table.count, table_entries_most);
  const Result<Blob> bytes = image_.read({table.entries_at, table.entries_at + 4 * count});
  if (!bytes) return bytes.error();
  LoadedTable loaded{number, {}};
  loaded.chunks.reserve(static_cast<std::size_t>(count));
  ByteReader in(bytes->view());
  bool all_bits = false;
  const std::uint64_t largest = 2 * map_.chunk_bytes + 1024;  // what a compressed chunk may take
  for (std::uint32_t entry = in.u32le(); loaded.chunks.size() < count;) {
    const std::uint32_t following = in.left() >= 4 ? in.u32le() : 0;
    const bool is_last = loaded.chunks.size() + 1 == count;
    const std::uint64_t begin = all_bits ? entry : entry & ~top_bit;
    std::uint64_t end = is_last ? table.data_end - std::min(table.base, table.data_end) : all_bits ? following : following & ~top_bit;
    if (end < begin && !is_last) end = following;
    bool packed = !all_bits && (entry & top_bit) != 0;
    if (!all_bits && end > 0x7fffffff) {
      all_bits = true;
      packed = false;
    }
    end = std::min(end, begin + largest);
    loaded.chunks.push_back({table.base + begin, std::min(table.base + end, image_.size()), packed});
    entry = following;
  }
  if (tables_.size() == cached_tables) tables_.pop_back();
  tables_.push_front(std::move(loaded));
  return &tables_.front();
}

}  // namespace evtriage::disk
