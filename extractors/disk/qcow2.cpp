// QCOW2, versions 2 and 3.
//
//   header   = "QFI" fb, version u32, backing-at u64, backing-bytes u32, cluster-bits u32, size u64, encrypted u32,
//              l1-entries u32, l1-at u64 ...; version 3: incompatible features u64 at 72, compression u8 at 104    big endian
//   l1 entry = bits 9..55 place of a table of cluster / 8 entries;  l2 entry = bits 9..55 place, bit 62 packed, bit 0 zeros
//   packed   = place in the lower 62 - (cluster-bits - 8) bits, above them the number of further sectors
// Source: QEMU, docs/interop/qcow2.txt.  Tested by tests/extractors/disk/clusters_test.cpp and tests/fuzz/fuzz_disk.cpp.
#include <algorithm>

#include "extractors/disk/clusters.h"
#include "extractors/disk/disk.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage {
namespace disk {
namespace {

constexpr std::uint64_t place_bits = 0x00fffffffffffe00, packed_bit = std::uint64_t{1} << 62;
constexpr std::uint64_t feature_corrupt = 2, feature_external = 4, feature_compression = 8, feature_sub_clusters = 16;

struct Header {
  std::uint32_t version = 0, cluster_bits = 0, encrypted = 0;
  std::uint64_t backing_at = 0, size = 0, l1_entries = 0, l1_at = 0, snapshots = 0, features = 0;
  std::uint8_t compression = 0;
};

Result<Header> read_header(const Content& image) {
  const Result<Blob> bytes = image.read({0, std::min<std::uint64_t>(image.size(), 112)});
  if (!bytes) return bytes.error();
  ByteReader in(bytes->view());
  Header header;
  in.skip(4);
  header.version = in.u32be();
  header.backing_at = in.u64be();
  in.skip(4);
  header.cluster_bits = in.u32be();
  header.size = in.u64be();
  header.encrypted = in.u32be();
  header.l1_entries = in.u32be();
  header.l1_at = in.u64be();
  in.skip(12);
  header.snapshots = in.u32be();
  in.skip(8);
  if (header.version >= 3) {
    header.features = in.u64be();
    in.skip(24);
    if ((header.features & feature_compression) != 0) header.compression = in.u8();
  }
  if (!in.ok()) return Error{Code::truncated, "the image ends within its header"};
  if (header.version != 2 && header.version != 3) return Error{Code::unsupported, "QCOW version " + std::to_string(header.version) + " is not read"};
  if (header.cluster_bits < 9 || header.cluster_bits > 21 || header.size > std::uint64_t{1} << 56) return Error{Code::corrupt, "the header is damaged"};
  if ((header.features & (feature_external | feature_sub_clusters)) != 0) {
    return Error{Code::unsupported, "it uses features that are not read (an external data file, or sub-clusters)"};
  }
  return header;
}

class QcowTable final : public ClusterTable {
 public:
  QcowTable(const Content& image, const Header& header)
      : image_(image), header_(header), l1_(image, header.l1_at, header.l1_entries, TableOfNumbers::Form::u64be) {}
  std::uint64_t cluster_bytes() const override { return std::uint64_t{1} << header_.cluster_bits; }
  std::uint64_t media_bytes() const override { return header_.size; }
  Result<Cluster> find(std::uint64_t number) const override {
    const std::uint64_t entries = cluster_bytes() / 8;
    const Result<std::uint64_t> table = l1_.get(number / entries);
    if (!table) return table.error();
    Cluster cluster;
    if ((*table & place_bits) == 0) return cluster;
    const Result<std::uint64_t> found = TableOfNumbers(image_, *table & place_bits, entries, TableOfNumbers::Form::u64be).get(number % entries);
    if (!found) return found.error();
    if ((*found & packed_bit) != 0) {
      const unsigned split = 62 - (header_.cluster_bits - 8);
      const std::uint64_t sectors = ((*found & (packed_bit - 1)) >> split) + 1;
      cluster.kind = Cluster::Kind::packed;
      cluster.at = *found & ((std::uint64_t{1} << split) - 1);
      cluster.length = sectors * 512 - cluster.at % 512;
      return cluster;
    }
    const bool is_zero = header_.version >= 3 && (*found & 1) != 0;
    if (is_zero || (*found & place_bits) == 0) return cluster;
    cluster.kind = Cluster::Kind::plain;
    cluster.at = *found & place_bits;
    return cluster;
  }

 private:
  const Content& image_;
  const Header& header_;
  TableOfNumbers l1_;
};

}  // namespace
}  // namespace disk

void extract_qcow2(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) {
  const Result<disk::Header> header = disk::read_header(content);
  if (!header) return emit.issue({header.error().code, "", header.error().detail, std::nullopt, true});
  const auto tell = [&](Code code, const char* what) { emit.issue({code, "", what, std::nullopt, true}); };
  if (header->encrypted != 0) {
    emit.encrypted();
    return tell(Code::encrypted, "the image is encrypted");
  }
  if (header->compression != 0) tell(Code::unsupported, "packed clusters are of a kind that is not read (zstd): they cannot be had");
  if (header->backing_at != 0) tell(Code::unsupported, "it is a layer over another image, which is not here: zeros stand for what only that holds");
  if (header->snapshots != 0) tell(Code::unsupported, "it holds snapshots of earlier states, which are not read");
  if ((header->features & disk::feature_corrupt) != 0) tell(Code::corrupt, "the image is marked as damaged by the program that wrote it");
  disk::emit_media(content, disk::QcowTable(content, *header), {}, emit);
}

}  // namespace evtriage
